package import Selector

/// A world under one set of semantics, all its hosts: their rules are compiled once, and each host when it is first
/// asked for.
package struct Simulation: Sendable {
  package let world: World
  package let semantics: Semantics
  private let book: RuleBook
  private var places: [ByteString: Int] = [:]
  private var walkers: [Walker] = []
  /// The endpoints of each node, by index in the world, ascending.
  private let endpointsOfNode: [ByteString: [Int]]

  /// - Parameter isForMany: are many flows judged? Then rules are filtered, which takes longer to prepare than a few hundred
  ///   flows take to judge.
  package init(world: World, semantics: Semantics, isForMany: Bool = true) {
    self.world = world
    self.semantics = semantics
    book = RuleBook(world: world, semantics: semantics, isFiltered: isForMany)
    endpointsOfNode = Dictionary(grouping: world.endpoints.indices) { world.endpoints[$0].node }
  }

  /// The place of a host's walker; `nil` if the world has no such host.
  package mutating func place(ofNode node: ByteString) -> Int? {
    if let known = places[node] { return known }
    guard world.nodes.contains(node) else { return nil }
    places[node] = walkers.count
    let firstInterface = walkers.last.map { $0.firstInterface + $0.topology.interfaces.count } ?? 0
    walkers.append(
      Walker(
        world: world, node: node, semantics: semantics, book: book, local: endpointsOfNode[node] ?? [],
        firstInterface: firstInterface))
    return walkers.count - 1
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
