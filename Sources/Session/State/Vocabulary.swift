import Selector
import Simulator

/// Label keys and values in use, counted, for completion: kept up with every change, so that Tab never has to look through a
/// world.
struct Vocabulary: Sendable {
  /// How often each value of each key is in use; a tag is a key with an empty value.
  private(set) var values: [ByteString: [ByteString: Int]] = [:]

  init(_ resources: [Resource]) {
    for resource in resources { count(resource, 1) }
  }

  mutating func apply(_ change: ResourceChange) {
    if let before = change.before { count(before, -1) }
    if let after = change.after { count(after, 1) }
  }

  private mutating func count(_ resource: Resource, _ number: Int) {
    switch resource {
    case .hostEndpoint(let endpoint): count(endpoint.labels, number)
    case .workloadEndpoint(let endpoint): count(endpoint.labels, number)
    case .profile(let profile):
      count(profile.labels, number)
      for tag in profile.tags { count(tag, "", number) }
    case .policy, .node, .ipPool, .bgpPeer, .host: break
    }
  }

  private mutating func count(_ labels: LabelSet, _ number: Int) {
    for label in labels.sorted { count(label.key, label.value, number) }
  }

  private mutating func count(_ key: ByteString, _ value: ByteString, _ number: Int) {
    let total = (values[key]?[value] ?? 0) + number
    values[key, default: [:]][value] = total > 0 ? total : nil
    if values[key]?.isEmpty == true { values[key] = nil }
  }
}
