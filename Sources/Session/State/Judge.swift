import Selector
import Simulator

/// Judges flows in one world under one set of semantics. Hosts are compiled when they are first asked about, and what an edit
/// leaves alone is taken over from the world before.
struct Judge: Sendable {
  let world: World
  let semantics: Semantics
  private var simulation: Simulation?
  /// An earlier world that was compiled, and what changed since.
  private var origin: (simulation: Simulation, changes: [ResourceChange])?

  init(world: World, semantics: Semantics) {
    self.world = world
    self.semantics = semantics
  }

  /// A judge of the world after some changes.
  func after(_ changes: [ResourceChange], _ world: World) -> Judge {
    var next = Judge(world: world, semantics: semantics)
    if let simulation {
      next.origin = (simulation, changes)
    } else if let origin {
      next.origin = (origin.simulation, origin.changes + changes)
    }
    return next
  }

  /// A judge of the same world by other semantics.
  mutating func under(_ semantics: Semantics) -> Judge {
    var other = Judge(world: world, semantics: semantics)
    other.simulation = compiled().under(semantics)
    return other
  }

  private mutating func compiled() -> Simulation {
    if let simulation { return simulation }
    let made =
      origin.map { Simulation(world: world, after: $0.simulation, $0.changes) }
      ?? Simulation(world: world, semantics: semantics, isForMany: false)
    simulation = made
    origin = nil
    return made
  }

  mutating func walker(node: ByteString) -> Walker? {
    _ = compiled()
    return simulation?.walker(node: node)
  }

  /// Looks up what a flow's text names.
  mutating func resolve(_ source: String) throws(FlowTextErrors) -> (walker: Walker, flow: Flow) {
    let text = try FlowText(source)
    let node = try FlowResolver.node(of: text, source: source, in: world)
    guard let walker = walker(node: node) else {
      throw FlowTextErrors(text: source, errors: [FlowTextError(0..<0, "there is no host \"\(node)\"", help: "name another")])
    }
    return (walker, try FlowResolver(text, source: source, on: walker).resolve())
  }
}
