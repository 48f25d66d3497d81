extension LabelIndex {
  /// Adds a profile or replaces its labels and tags; only its endpoints are looked at.
  ///
  /// - Complexity: O(*e* (*l* + *s*)), *e* endpoints with the profile, *l* labels of each, *s* selectors touched.
  package mutating func setProfile(_ name: ByteString, labels: LabelSet, tags: [ByteString]) {
    var all = labels
    for tag in tags where all[tag] == nil { all[tag] = "" }
    let numbers = symbols.intern(all)
    growPostings()
    setProfile(profiles.number(of: name), labels: numbers)
  }

  /// Takes a profile out; endpoints that name it lose what it gave.
  package mutating func removeProfile(_ name: ByteString) {
    guard let profile = profiles.existing(name) else { return }
    setProfile(profile, labels: nil)
  }

  private mutating func setProfile(_ profile: Int, labels: [LabelNumber]?) {
    profiles.setLabels(labels, of: profile)
    for id in profiles.endpoints(of: profile) {
      guard var record = records[id] else { continue }
      let labels = effective(record)
      guard labels != record.effective else { continue }
      record.effective = labels
      replace(id, with: record)
    }
  }
}

/// Profiles by number, with the endpoints that name them. A profile has a number as soon as it is named.
struct ProfileTable: Sendable {
  private struct Profile: Sendable {
    /// Labels, then tags; sorted by key, each key once. `nil` while the profile does not exist.
    var labels: [LabelNumber]?
    var endpoints = EndpointSet()
  }

  private var numbers = ShardedDictionary<ByteString, Int>()
  private var profiles = ChunkedArray<Profile>()

  func existing(_ name: ByteString) -> Int? { numbers[name] }

  mutating func number(of name: ByteString) -> Int {
    if let number = numbers[name] { return number }
    let number = profiles.count
    numbers[name] = number
    profiles.append(Profile())
    return number
  }

  func labels(of profile: Int) -> [LabelNumber]? { profiles[profile].labels }

  mutating func setLabels(_ labels: [LabelNumber]?, of profile: Int) {
    profiles[profile].labels = labels
  }

  /// The endpoints that name a profile.
  func endpoints(of profile: Int) -> Bitset { profiles[profile].endpoints.bitset }

  /// Notes that an endpoint names other profiles than before.
  mutating func move(_ endpoint: UInt32, from old: [Int], to new: [Int]) {
    guard old != new else { return }
    for profile in old { profiles[profile].endpoints.remove(endpoint) }
    for profile in new { profiles[profile].endpoints.insert(endpoint) }
  }
}
