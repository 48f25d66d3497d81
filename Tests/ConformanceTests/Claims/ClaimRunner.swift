import Manifests
import Reports
import Selector
import Simulator

/// Loads a claim's world and holds its packets against it.
struct ClaimRunner {
  private let claim: Claim
  private let world: World
  private let diagnostics: [Diagnostic]

  init(_ claim: Claim) throws {
    self.claim = claim
    let loaded = try Self.load(claim, .lenient)
    world = World(loaded.flatMap(\.resources))
    diagnostics = loaded.flatMap(\.diagnostics)
  }

  private static func load(_ claim: Claim, _ strictness: Strictness) throws -> [LoadedManifests] {
    try claim.world.flatMap { try $0.files() }.map { decodeManifests($0, strictness: strictness) }
  }

  /// Everything in which the world and its packets differ from what the claim expects, one line each.
  func problems() throws -> [String] {
    var problems = try loadingProblems()
    for check in claim.checks {
      for semantics in Semantics.all {
        let found: [String]
        do throws(CheckError) {
          found = try self.problems(of: check, under: semantics)
        } catch {
          found = [error.message]
        }
        problems += found.map { "\(check.flow) [\(semantics.name)]: \($0)" }
      }
    }
    return problems
  }

  // MARK: Reading

  private func loadingProblems() throws -> [String] {
    var problems: [String] = []
    let errors = diagnostics.filter { $0.severity == .error }
    let isAsExpected =
      errors.count == claim.errors.count
      && zip(errors, claim.errors).allSatisfy { error, expected in
        guard let colon = expected.firstRange(of: ": ") else { return error.id == expected }
        return error.id == expected[..<colon.lowerBound] && error.message.contains(expected[colon.upperBound...])
      }
    if !isAsExpected {
      problems.append("reading gave \(errors.map { "\($0.id): \($0.message)" }), expected \(claim.errors)")
    }
    let warnings = Set(allWarnings().map(\.id))
    for id in claim.warnings where !warnings.contains(id) {
      problems.append("there is no warning \(id), only \(warnings.sorted())")
    }
    if let expected = claim.strictErrors {
      let strict = try Self.load(claim, .strict).flatMap(\.diagnostics).filter { $0.severity == .error }.map(\.id)
      if strict != expected { problems.append("strict reading gave \(strict), expected \(expected)") }
    }
    return problems
  }

  private func allWarnings() -> [Diagnostic] {
    let hosts = world.nodes.flatMap { Walker(world: world, node: $0, semantics: .documented).topology.warnings }
    return (diagnostics + world.warnings() + hosts).filter { $0.severity == .warning }
  }

  // MARK: Packets

  /// Why a flow could not be judged at all.
  private struct CheckError: Error {
    var message: String
  }

  private func problems(of check: Check, under semantics: Semantics) throws(CheckError) -> [String] {
    let (trace, walker) = try trace(check.flow, semantics)
    let expected = check.outcome(under: semantics)
    var problems: [String] = []
    let path = trace.forward.judgement.path
    if path != check.path { problems.append("path \(path.rawValue), expected \(check.path.rawValue)") }
    problems += compare("the packet", trace.forward.judgement, expected.forward, walker)
    problems += compare("the reply", trace.reply?.judgement, expected.reply, walker)
    if let error = trace.replyError { problems.append("the reply cannot be judged: \(error.message(walker))") }
    if semantics == .documented {
      if let out = check.out, Self.text(trace.forward.judgement.exit, walker) != out {
        problems.append("left by \(Self.text(trace.forward.judgement.exit, walker) ?? "nothing"), expected \(out)")
      }
      problems += gateProblems(check, trace, walker)
      problems += noteProblems(check, trace)
    }
    return problems
  }

  private func trace(_ flow: String, _ semantics: Semantics) throws(CheckError) -> (Trace, Walker) {
    let walker: Walker
    let resolved: Flow
    do throws(FlowTextErrors) {
      let text = try FlowText(flow)
      let node = try FlowResolver.node(of: text, source: flow, in: world)
      walker = Walker(world: world, node: node, semantics: semantics)
      resolved = try FlowResolver(text, source: flow, on: walker).resolve()
    } catch {
      throw CheckError(message: error.errors.map { "\($0.message); \($0.help)" }.joined(separator: ", "))
    }
    let calico = Walker(world: world, node: walker.topology.node, semantics: .calico24)
    do throws(FlowError) {
      return (try walker.trace(resolved, comparedWith: semantics == .documented ? calico : nil), walker)
    } catch {
      throw CheckError(message: error.message(walker))
    }
  }

  private func compare(
    _ what: String,
    _ judgement: Judgement?,
    _ expected: Check.Answer?,
    _ walker: Walker
  ) -> [String] {
    guard let judgement else { return expected.map { ["there is no \(what), expected \($0)"] } ?? [] }
    let by = Self.text(judgement.decidedBy, walker)
    let found = "\(judgement.isAllowed ? "allow" : "deny") by \(by)"
    guard let expected else { return ["\(what) should not be: \(found)"] }
    let isSame =
      judgement.isAllowed == expected.isAllowed && (by == expected.by || by.hasSuffix(": \(expected.by)"))
    return isSame ? [] : ["\(what): \(found), expected \(expected.isAllowed ? "allow" : "deny") by \(expected.by)"]
  }

  private func gateProblems(_ check: Check, _ trace: Trace, _ walker: Walker) -> [String] {
    let steps = trace.forward.steps.map { Self.text($0, walker) }
    return check.gates.filter { !steps.contains($0) }.map { "no step \"\($0)\" among \(steps)" }
  }

  private func noteProblems(_ check: Check, _ trace: Trace) -> [String] {
    var names: [String] = []
    var isDisputed = false
    for note in trace.notes {
      switch note {
      case .otherSemantics: isDisputed = true
      case .untrackedToWorkload: names.append("untracked-to-workload")
      case .untrackedOneWay: names.append("untracked-one-way")
      case .replyUntracked: names.append("reply-untracked")
      case .dnatLost: names.append("dnat-lost")
      case .foreignSource: names.append("foreign-source")
      case .inferredNetwork: break
      }
    }
    var problems = names.sorted() == check.notes.sorted() ? [] : ["notes \(names), expected \(check.notes)"]
    if isDisputed != check.isDisputed {
      problems.append("the trace \(isDisputed ? "says" : "does not say") that calico-2.4 decides otherwise")
    }
    return problems
  }
}
