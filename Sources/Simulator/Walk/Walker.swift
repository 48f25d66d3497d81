package import Selector

/// Judges packets on one host under one set of semantics.
///
/// Making one resolves host endpoints, orders policies and compiles rules; after that a packet costs no allocation
/// beyond what is reported of it. It never changes; a class so that handing it on costs one reference.
package final class Walker: Sendable {
  package let world: World
  package let topology: Topology
  package let semantics: Semantics

  /// The number of the host's first interface, where those of all hosts of a simulation are counted.
  package let firstInterface: Int

  let book: RuleBook
  let plan: GatePlan
  /// All gates of the semantics, and for the walk each without its texts.
  let gates: [Gate]
  private let codes: [GateCode]
  /// Runs of `codes` by origin (before routing) and by path (after).
  private let before: [Range<Int>]
  private let after: [Range<Int>]

  /// - Complexity: linear in the rules, and in the matches of policies and endpoints.
  package convenience init(world: World, node: ByteString, semantics: Semantics) {
    self.init(
      world: world, semantics: semantics, book: RuleBook(world: world, semantics: semantics),
      topology: Topology(of: node, in: world, semantics: semantics), firstInterface: 0)
  }

  /// Shares compiled rules between the hosts of one world.
  ///
  /// - Parameter topology: the host's network in this world.
  init(world: World, semantics: Semantics, book: RuleBook, topology: Topology, firstInterface: Int) {
    self.firstInterface = firstInterface
    self.world = world
    self.semantics = semantics
    self.book = book
    self.topology = topology
    plan = GatePlan(world: world, topology: topology, book: book)
    var gates: [Gate] = []
    func add(_ more: [Gate]) -> Range<Int> {
      gates += more
      return (gates.count - more.count)..<gates.count
    }
    before = Path.Origin.allCases.map { add(semantics.gatesBeforeRouting(from: $0)) }
    after = Path.allCases.map { add(semantics.gatesAfterRouting(on: $0)) }
    self.gates = gates
    codes = gates.enumerated().map { GateCode($1, number: $0) }
  }

  /// A gate as the walk needs it: a few bytes, nothing counted.
  struct GateCode: Sendable {
    var number: Int32
    var stage: Stage
    var side: Gate.Side
    var direction: Direction
    var skippedAfter: Gate.EarlyAccepts
    var isNever: Bool

    init(_ gate: Gate, number: Int) {
      self.number = Int32(number)
      stage = gate.stage
      side = gate.side
      direction = gate.direction
      skippedAfter = gate.skippedAfter
      isNever = gate.neverBecause != nil
    }
  }

  @inline(__always)
  func gatesBeforeRouting(_ origin: Path.Origin) -> Range<Int> {
    switch origin {
    case .hostInterface: before[0]
    case .host: before[1]
    case .workload: before[2]
    }
  }

  @inline(__always)
  func gatesAfterRouting(_ path: Path) -> Range<Int> {
    switch path {
    case .toWorkload: after[0]
    case .toHost: after[1]
    case .forwarded: after[2]
    case .fromHost: after[3]
    case .fromWorkload: after[4]
    case .workloadToWorkload: after[5]
    case .hostToWorkload: after[6]
    case .workloadToHost: after[7]
    }
  }

  /// How many rules the world has.
  package var ruleCount: Int { book.rules.count }

  /// The number, below `ruleCount`, of the rule of a policy or profile that took a decision: the same on all hosts of a
  /// simulation.
  package func ruleNumber(of decision: Decision) -> Int {
    let subject = Int(decision.subject)
    if decision.kind == .policy { return Int(book.policies[subject].rules(decision.direction).lowerBound + decision.rule) }
    return Int(book.profiles[subject].rules(decision.direction).lowerBound + decision.rule)
  }

  @inline(__always)
  func code(_ gate: Int) -> GateCode { codes[gate] }
}
