import Selector
import Simulator

/// Judges flows in one world under one set of semantics. Hosts are compiled when they are first asked about.
struct Judge: Sendable {
  let world: World
  let semantics: Semantics
  private var simulation: Simulation?

  init(world: World, semantics: Semantics) {
    self.world = world
    self.semantics = semantics
  }

  mutating func walker(node: ByteString) -> Walker? {
    if simulation == nil { simulation = Simulation(world: world, semantics: semantics, isForMany: false) }
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
