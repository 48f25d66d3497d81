import ArgumentParser
import Manifests
import Pictures
import Reports
import Selector
import Simulator

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "What happens to one packet and its reply, step by step.",
    discussion: """
      A flow reads PROTOCOL SOURCE[:PORT] -> DESTINATION[:PORT], then where it enters if the source does not tell: \
      'in INTERFACE', 'from host' or 'from WORKLOAD'; and, if wanted, 'out INTERFACE', 'on HOST', 'type N', 'code N'. \
      Names of endpoints stand for their addresses.

      Examples:
        gatewalk trace 'tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0' -f cluster/
        gatewalk trace 'icmp w1 -> 10.0.0.2' -f cluster.yaml --semantics calico-2.4 --all
        gatewalk trace 'icmp w1 -> 10.0.0.2' -f cluster.yaml --output diagram
      """)

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, diagram, svg, html, markdown, mermaid
  }

  @Argument(help: "The flow, in quotes.")
  var flow: String?

  @OptionGroup var input: InputOptions
  @OptionGroup var semantics: SemanticsOption

  @Option(
    help: ArgumentHelp(
      "How to print the answer: text; json for programs; or drawn: diagram in the terminal, svg, html, markdown, mermaid."))
  var output = OutputFormat.text

  @Flag(help: "Draw the diagram with signs of ASCII alone.")
  var ascii = false

  @Flag(help: "Show also the rules that did not match, and why.")
  var all = false

  /// `-f` takes all words that follow it, the flow too if it comes last; no file has an arrow in its name.
  mutating func validate() throws {
    if flow == nil, let last = input.files.last, last.contains("->") { flow = input.files.removeLast() }
    if flow == nil {
      throw ValidationError("Which flow? Write it in quotes, such as 'tcp 203.0.113.9 -> 10.0.0.1:80 in eth0'.")
    }
    if ascii, output != .diagram { throw ValidationError("'--ascii' is for '--output diagram'.") }
  }

  func run() throws {
    guard let text = flow else { return }
    let chosen = try semantics.resolve()
    let loaded = try input.load()
    let world = World(loaded.resources)
    let (walker, flow) = try resolve(text, in: world, chosen)
    Console.error.report(world.warnings() + walker.topology.warnings, sources: [])
    let trace = try trace(flow, on: walker)
    print(trace, on: walker, sources: loaded.sources)
  }

  private func print(_ trace: Trace, on walker: Walker, sources: [SourceText]) {
    func picture() -> PathPicture { PathPicture(trace, on: walker) }
    switch output {
    case .text:
      Console.standard.say(TraceText(trace, on: walker, style: Console.standard.style, showsAll: all).lines)
    case .json:
      var json = JSONWriter()
      TraceJSON(trace, on: walker).write(to: &json)
      Output.standard.write(json.bytes)
    case .diagram:
      let canvas = Canvas.of(.standard, isASCII: ascii)
      Console.standard.say(DiagramText(picture(), on: canvas, style: Console.standard.style).lines)
    case .svg: Output.standard.write(PathSVG(picture()).text)
    case .html: Output.standard.write(PathHTML(picture(), sources: sources).text)
    case .markdown: Output.standard.write(PathMarkdown(picture()).text)
    case .mermaid: Output.standard.write(PathMermaid(picture()).text)
    }
  }

  /// Under the documented semantics what Felix 2.4 would decide is found out too.
  private func trace(_ flow: Flow, on walker: Walker) throws -> Trace {
    let isDocumented = walker.semantics == .documented
    let other =
      isDocumented ? Walker(world: walker.world, node: walker.topology.node, semantics: .calico24) : nil
    do throws(FlowError) {
      return try walker.trace(flow, comparedWith: other)
    } catch {
      Console.error.say("error: \(error.message(walker)); \(error.help(walker))")
      throw ExitStatus.failed
    }
  }

  private func resolve(_ source: String, in world: World, _ semantics: Semantics) throws -> (Walker, Flow) {
    do throws(FlowTextErrors) {
      let text = try FlowText(source)
      let node = try FlowResolver.node(of: text, source: source, in: world)
      let walker = Walker(world: world, node: node, semantics: semantics)
      return (walker, try FlowResolver(text, source: source, on: walker).resolve())
    } catch {
      Console.error.report(
        "flow", error.text, error.errors.map { ($0.range, $0.message, $0.help) })
      throw ExitStatus.failed
    }
  }
}
