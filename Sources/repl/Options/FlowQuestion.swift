import ArgumentParser
import Reports
import Selector
import Simulator

/// A flow that was given on the command line, to be judged in a world: what trace and explain have in common.
struct FlowQuestion {
  let text: String
  let world: World
  let semantics: Semantics

  /// `-f` takes all words that follow it, the flow too if it comes last; no file has an arrow in its name.
  static func text(_ flow: String?, orLastOf files: inout [String]) throws -> String {
    if let flow { return flow }
    if let last = files.last, last.contains("->") { return files.removeLast() }
    throw ValidationError("Which flow? Write it in quotes, such as 'tcp 203.0.113.9 -> 10.0.0.1:80 in eth0'.")
  }

  /// The trace; under the documented semantics compared with what Felix 2.4 would decide. What is doubtful in the world is said on
  /// standard error.
  ///
  /// - Throws: `ExitStatus.failed` if the flow cannot be judged, which has been said.
  func trace() throws -> (trace: Trace, walker: Walker) {
    let (walker, flow) = try resolve()
    Console.error.report(world.warnings() + walker.topology.warnings, sources: [])
    let other =
      semantics == .documented ? Walker(world: world, node: walker.topology.node, semantics: .calico24) : nil
    do throws(FlowError) {
      return (try walker.trace(flow, comparedWith: other), walker)
    } catch {
      Console.error.say("error: \(error.message(walker)); \(error.help(walker))")
      throw ExitStatus.failed
    }
  }

  private func resolve() throws -> (Walker, Flow) {
    do throws(FlowTextErrors) {
      let flow = try FlowText(text)
      let node = try FlowResolver.node(of: flow, source: text, in: world)
      let walker = Walker(world: world, node: node, semantics: semantics)
      return (walker, try FlowResolver(flow, source: text, on: walker).resolve())
    } catch {
      Console.error.report("flow", error.text, error.errors.map { ($0.range, $0.message, $0.help) })
      throw ExitStatus.failed
    }
  }
}
