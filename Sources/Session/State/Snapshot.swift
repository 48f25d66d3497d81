import Simulator

/// What decides packets at one moment of a session. It shares what it has in common with other moments.
struct Snapshot: Sendable {
  private(set) var catalog: Catalog
  private(set) var world: World

  init(_ resources: [Resource]) {
    catalog = Catalog(resources)
    world = World(resources)
  }

  mutating func apply(_ changes: [ResourceChange]) {
    for change in changes { catalog.apply(change) }
    world = world.applying(changes)
  }
}
