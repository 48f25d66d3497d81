import Reports
import Selector
import Session
import Simulator

/// Tries the flows that an invariant speaks of.
struct InvariantRun {
  /// How many flows are tried at most on one host.
  static let limit = 200_000
  /// How many deciding rules are shown.
  private static let mostShown = 3

  private let invariant: Invariant
  private var tried = 0
  private var total = 0
  private var violations = 0
  /// The first violation by each decision, in the order met.
  private var failures: [TestFailure] = []
  private var seen: Set<String> = []
  private var missing: String?

  init(_ invariant: Invariant, in session: inout Session) {
    self.invariant = invariant
    let nodes = self.nodes(in: session.world)
    missing = unknownName(in: session.world)
    guard missing == nil else { return }
    let values = BoundaryValues(session.world, session.semantics)
    for node in nodes {
      guard let walker = session.walker(node: node) else { continue }
      run(on: walker, values)
    }
  }

  private mutating func run(on walker: Walker, _ values: BoundaryValues) {
    var generator = InvariantFlows(invariant, on: walker, values)
    let (flows, total) = generator.flows(atMost: Self.limit)
    self.total += total
    var verdict = Verdict()
    for flow in flows {
      do throws(FlowError) {
        try walker.judge(flow, into: &verdict)
        tried += 1
        let isViolated = verdict.forward.isAllowed == (invariant.demand == .never)
        if isViolated { note(flow, verdict, walker) }
      } catch {
        // Where no way leads, nothing gets through.
        guard invariant.demand == .always else { continue }
        tried += 1
        fail(flow, walker, got: "error", because: "\(error.message(walker)); \(error.help(walker))", at: nil)
      }
    }
  }

  private mutating func note(_ flow: Flow, _ verdict: Verdict, _ walker: Walker) {
    let text = DecisionText(verdict.forward.decidedBy, on: walker, style: .plain)
    let pattern = DecisionPattern(verdict.forward.decidedBy, on: walker)
    let word = verdict.forward.isAllowed ? "allow" : "deny"
    fail(flow, walker, got: "\(word) by \(pattern.fullText)", because: text.why, at: text.location)
  }

  private mutating func fail(
    _ flow: Flow, _ walker: Walker, got: String, because: String?, at location: SourceLocation?
  ) {
    violations += 1
    guard failures.count < Self.mostShown, seen.insert(got).inserted else { return }
    let text = "\(flow.packet.text) \(Self.entry(flow.entry, walker)) on \(walker.topology.node)"
    failures.append(
      TestFailure(
        "flow", expected: "\(invariant.demand == .never ? "deny" : "allow") \(text)", got: got, because: because,
        decidedAt: location))
  }

  /// So that the flow can be typed again.
  private static func entry(_ entry: Flow.Entry, _ walker: Walker) -> String {
    guard case .interface(let place) = entry, walker.topology.interfaces[place].isWorkload else {
      return entry.text(on: walker)
    }
    return "in \(walker.topology.interfaces[place].name)"
  }

  var testCase: TestCase {
    let outcome: TestCase.Outcome
    if let missing {
      outcome = .broken(missing, help: "name an endpoint, a node, an address or a network of the scenario's world")
    } else if tried == 0 {
      outcome = .broken(
        "no flow is as the invariant says", help: "check that \"from\" can reach \"to\" by an interface of the host")
    } else {
      outcome = failures.isEmpty ? .passed : .failed(failures)
    }
    return TestCase(
      name: invariant.description, location: invariant.location, outcome: outcome, note: missing == nil ? note : nil)
  }

  private var note: String {
    let flows = total > tried && tried >= Self.limit ? "\(tried) of \(total) flows tried" : "\(tried) flows tried"
    return violations == 0 ? flows : "\(flows), \(violations) \(violations == 1 ? "is" : "are") otherwise"
  }

  // MARK: Where

  /// The nodes on which it is tried: those of its ends, else the one that a flow is judged on, else all.
  private func nodes(in world: World) -> [ByteString] {
    if let node = invariant.node { return [node] }
    let named = Self.nodes(of: invariant.to, in: world) ?? Self.nodes(of: invariant.from, in: world)
    return named ?? world.defaultNode.map { [$0] } ?? world.nodes
  }

  /// `nil` where an end may be anywhere.
  private static func nodes(of ends: [Invariant.End], in world: World) -> [ByteString]? {
    var nodes: [ByteString] = []
    for end in ends {
      guard case .name(let name) = end else { return nil }
      if world.nodes.contains(name) { nodes.append(name) }
      nodes += world.endpoints(named: name).map { world.endpoints[$0].node }
    }
    return Set(nodes).sorted()
  }

  private func unknownName(in world: World) -> String? {
    if let node = invariant.node, !world.nodes.contains(node) { return "there is no host \"\(node)\"" }
    for end in invariant.from + invariant.to {
      guard case .name(let name) = end, !world.nodes.contains(name), world.endpoints(named: name).isEmpty else { continue }
      let known = world.nodes.map(\.text) + world.endpoints.prefix(10_000).map(\.shortName.text)
      let close = closestName(to: name.text, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
      return "there is no endpoint and no node \"\(name)\"\(close)"
    }
    if let interface = invariant.interface, !world.hasInterface(interface) {
      return "no host has an interface \"\(interface)\""
    }
    return nil
  }
}

extension World {
  /// The endpoints with this short or full name.
  func endpoints(named name: ByteString) -> [Int] {
    let short = endpoints(shortNamed: name)
    return short.isEmpty ? endpoints.indices.filter { endpoints[$0].name == name } : short
  }

  fileprivate func hasInterface(_ name: ByteString) -> Bool {
    hosts.contains { $0.interfaces.contains { $0.name == name } } || endpoints.contains { $0.interfaceName == name }
  }
}
