package import Selector
package import Simulator

/// Labels together with where each comes from.
///
/// An endpoint has its own labels, then those of each of its profiles in order, of a profile its labels before its tags; the
/// first one with a key counts (SEMANTICS section 7).
package struct LabelOrigins: Sendable {
  package enum Origin: Hashable, Sendable {
    /// The endpoint's own label.
    case own
    /// A label of the profile with this name.
    case profile(ByteString)
    /// A tag of the profile with this name; its value is empty.
    case tag(ByteString)
    /// Typed in, of no endpoint.
    case given
  }

  /// All labels that count.
  package let labels: LabelSet
  private let endpoint: Endpoint?
  private let profiles: [Profile]

  /// The labels of an endpoint of a world, by its index.
  package init(of endpoint: Int, in world: World) {
    labels = world.labels.labels(of: endpoint)
    self.endpoint = world.endpoints[endpoint]
    profiles = world.endpoints[endpoint].profiles.compactMap { name in
      world.profile(named: name).map { world.profiles[$0] }
    }
  }

  /// Labels that somebody typed in.
  package init(_ labels: LabelSet) {
    self.labels = labels
    endpoint = nil
    profiles = []
  }

  /// The value of a label and where it comes from; `nil` where there is none.
  package subscript(key: ByteString) -> (value: ByteString, origin: Origin)? {
    guard let endpoint else { return labels[key].map { ($0, .given) } }
    if let value = endpoint.labels[key] { return (value, .own) }
    for profile in profiles {
      if let value = profile.labels[key] { return (value, .profile(profile.name)) }
      if profile.tags.contains(key) { return ("", .tag(profile.name)) }
    }
    return nil
  }
}
