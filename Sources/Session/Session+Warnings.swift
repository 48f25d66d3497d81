import Simulator

extension Session {
  /// Hosts beyond these are not looked at: nobody reads so much.
  private static let mostHosts = 60

  /// What is doubtful about the world as it is now.
  var warnings: [Diagnostic] {
    standingLoadWarnings + now.world.warnings()
      + now.world.nodes.prefix(Self.mostHosts).flatMap { Topology(of: $0, in: now.world, semantics: semantics).warnings }
  }

  /// Warnings of the files whose resources are still as the files have them.
  private var standingLoadWarnings: [Diagnostic] {
    guard !loadWarnings.isEmpty else { return [] }
    let places = files.catalog.ids.compactMap { id in files.catalog[id]?.location.map { (location: $0, id: id) } }
      .sorted { $0.location < $1.location }
    return loadWarnings.filter { warning in
      guard let place = warning.location else { return true }
      // The resource that begins last before it.
      guard let owner = places.last(where: { $0.location.file == place.file && $0.location <= place })?.id else { return true }
      return files.catalog[owner] == now.catalog[owner]
    }
  }
}
