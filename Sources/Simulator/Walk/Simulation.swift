package import Selector

/// A world under one set of semantics, all its hosts: their rules are compiled once, and each host when it is first
/// asked for.
package struct Simulation: Sendable {
  package let world: World
  package let semantics: Semantics
  let book: RuleBook
  private var places: [ByteString: Int] = [:]
  private var walkers: [Walker] = []
  /// The endpoints of each node, by index in the world, ascending.
  private let endpointsOfNode: [ByteString: [Int]]
  /// Networks of hosts that are known from the world before.
  private var knownTopologies: [ByteString: Topology] = [:]

  /// - Parameter isForMany: are many flows judged? Then rules are filtered, which takes longer to prepare than a few hundred
  ///   flows take to judge.
  package init(world: World, semantics: Semantics, isForMany: Bool = true) {
    self.world = world
    self.semantics = semantics
    book = RuleBook(world: world, semantics: semantics, isFiltered: isForMany)
    endpointsOfNode = Self.endpointsOfNode(world)
  }

  private static func endpointsOfNode(_ world: World) -> [ByteString: [Int]] {
    Dictionary(grouping: world.endpoints.indices) { world.endpoints[$0].node }
  }

  /// The place of a host's walker; `nil` if the world has no such host.
  package mutating func place(ofNode node: ByteString) -> Int? {
    if let known = places[node] { return known }
    guard world.nodes.contains(node) else { return nil }
    places[node] = walkers.count
    let firstInterface = walkers.last.map { $0.firstInterface + $0.topology.interfaces.count } ?? 0
    walkers.append(
      Walker(world: world, semantics: semantics, book: book, topology: topology(node), firstInterface: firstInterface))
    return walkers.count - 1
  }

  private func topology(_ node: ByteString) -> Topology {
    knownTopologies[node]
      ?? TopologyBuilder(world: world, node: node, semantics: semantics, local: endpointsOfNode[node] ?? []).build()
  }

  /// The walker at a place that `place(ofNode:)` gave.
  package func walker(at place: Int) -> Walker { walkers[place] }

  /// Judges a flow, without copying the walker, into a verdict that has been used before.
  package func judge(_ flow: Flow, at place: Int, into verdict: inout Verdict) throws(FlowError) {
    try walkers[place].judge(flow, into: &verdict)
  }

  /// The walker of a host.
  package mutating func walker(node: ByteString) -> Walker? {
    place(ofNode: node).map { walkers[$0] }
  }
}

// MARK: - What one simulation takes over from another

extension Simulation {
  /// A simulation, for few flows, of the world after some changes: what they leave alone is not compiled anew.
  ///
  /// - Parameter changes: all that lead from the world of `previous`, which has the same semantics, to `world`.
  package init(world: World, after previous: Simulation, _ changes: [ResourceChange]) {
    self.world = world
    semantics = previous.semantics
    book = RuleBook(
      world: world, semantics: semantics, isFiltered: false,
      selections: previous.book.selections?.following(changes, world))
    guard changes.allSatisfy(\.leavesNetworkAlone) else {
      endpointsOfNode = Self.endpointsOfNode(world)
      return
    }
    endpointsOfNode = previous.endpointsOfNode
    knownTopologies = previous.knownTopologies
    for walker in previous.walkers { knownTopologies[walker.topology.node] = walker.topology }
  }

  /// The same world under other semantics; rules are compiled anew only where these treat some as missing (D16).
  package func under(_ semantics: Semantics) -> Simulation {
    Simulation(
      world: world, semantics: semantics,
      book: book.isSame(under: semantics, world)
        ? book : RuleBook(world: world, semantics: semantics, isFiltered: false, selections: book.selections),
      endpointsOfNode: endpointsOfNode)
  }

  private init(world: World, semantics: Semantics, book: RuleBook, endpointsOfNode: [ByteString: [Int]]) {
    self.world = world
    self.semantics = semantics
    self.book = book
    self.endpointsOfNode = endpointsOfNode
  }
}
