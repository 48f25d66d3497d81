import Selector
import Simulator

/// All resources of a session by identity, in the order of the input: what a file that is written holds.
///
/// A world knows only what decides packets; the catalog knows nodes, pools and peers too. An identity keeps its place once it
/// has one, so that what was deleted and comes back stands where it stood.
struct Catalog: Sendable {
  private var resources: [ResourceID: Resource] = [:]
  private var places: [ResourceID: Int] = [:]

  /// Of several resources with one identity the last counts.
  init(_ list: [Resource] = []) {
    for resource in list { apply(ResourceChange(resource.id, from: resources[resource.id], to: resource)) }
  }

  subscript(id: ResourceID) -> Resource? { resources[id] }

  var count: Int { resources.count }

  mutating func apply(_ change: ResourceChange) {
    resources[change.id] = change.after
    if change.after != nil, places[change.id] == nil { places[change.id] = places.count }
  }

  /// - Complexity: O(*n* log *n*).
  var inOrder: [Resource] {
    resources.keys.sorted { places[$0, default: 0] < places[$1, default: 0] }.compactMap { resources[$0] }
  }

  /// The identities of a kind, byte-wise by name.
  func names(of kind: ResourceKind) -> [ResourceID] {
    resources.keys.filter { $0.kind == kind }.sorted { $0.name < $1.name }
  }

  func count(of kind: ResourceKind) -> Int { resources.keys.count { $0.kind == kind } }

  var ids: some Sequence<ResourceID> { resources.keys }

  /// What leads from this catalog to another, by the places in either; resources that differ only in where they were read
  /// from are the same.
  func changes(to other: Catalog) -> [ResourceChange] {
    var changes: [(place: Int, change: ResourceChange)] = []
    for (id, before) in resources {
      let after = other.resources[id]
      guard before != after, before.withoutLocations != after?.withoutLocations else { continue }
      changes.append((places[id, default: 0], ResourceChange(id, from: before, to: after)))
    }
    for (id, after) in other.resources where resources[id] == nil {
      changes.append((places.count + other.places[id, default: 0], ResourceChange(id, from: nil, to: after)))
    }
    return changes.sorted { $0.place < $1.place }.map(\.change)
  }
}
