package import Selector

/// A world under one set of semantics, all its hosts: their rules are compiled once, and each host when it is first
/// asked for.
package struct Simulation: Sendable {
  package let world: World
  package let semantics: Semantics
  private let book: RuleBook
  private var places: [ByteString: Int] = [:]
  private var walkers: [Walker] = []

  package init(world: World, semantics: Semantics) {
    self.world = world
    self.semantics = semantics
    book = RuleBook(world: world, semantics: semantics)
  }

  /// The place of a host's walker; `nil` if the world has no such host.
  package mutating func place(ofNode node: ByteString) -> Int? {
    if let known = places[node] { return known }
    guard world.nodes.contains(node) else { return nil }
    places[node] = walkers.count
    walkers.append(Walker(world: world, node: node, semantics: semantics, book: book))
    return walkers.count - 1
  }

  /// The walker at a place that `place(ofNode:)` gave.
  package func walker(at place: Int) -> Walker { walkers[place] }

  /// Judges a flow without copying the walker.
  package func judge(_ flow: Flow, at place: Int) throws(FlowError) -> Verdict {
    try walkers[place].judge(flow)
  }

  /// The walker of a host.
  package mutating func walker(node: ByteString) -> Walker? {
    place(ofNode: node).map { walkers[$0] }
  }
}
