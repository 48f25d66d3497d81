package import Selector

/// One immutable snapshot of everything that decides packets: resources, numbered, with their labels indexed.
///
/// Policies stand in the order in which they are asked. Policies, profiles and endpoints are named by their index here
/// wherever a packet is judged. A change makes a new world that shares what it did not touch (`applying`).
package struct World: Sendable {
  /// Sorted: `order` ascending, none last, ties by name byte-wise (S27).
  package internal(set) var policies: [Policy] = []
  /// In no order that matters.
  package private(set) var profiles: [Profile] = []
  /// In no order that matters.
  package private(set) var endpoints: [Endpoint] = []
  /// The host documents.
  package private(set) var hosts: [Host] = []
  /// Every node that has an endpoint or a host document, sorted.
  package private(set) var nodes: [ByteString] = []
  /// The labels of the endpoints, inherited ones included, by index in `endpoints`.
  package private(set) var labels = LabelIndex()

  private var profileIndex: [ByteString: Int] = [:]
  private var endpointIndex: [ResourceID: Int] = [:]
  /// Endpoints by the name that people use.
  private var shortNames: [ByteString: [Int]] = [:]

  /// Makes a world. Of several resources with one identity the last counts, as `calicoctl apply` has it.
  ///
  /// - Complexity: O(*n* log *n*) in the number of resources, plus the labels.
  package init(_ resources: [Resource]) {
    for (id, resource) in Self.lastOfEach(resources) {
      switch resource {
      case .policy(let policy): policies.append(policy)
      case .profile(let profile): add(profile)
      case .hostEndpoint(let endpoint): add(.host(endpoint), id)
      case .workloadEndpoint(let endpoint): add(.workload(endpoint), id)
      case .host(let host): hosts.append(host)
      case .node, .ipPool, .bgpPeer: break
      }
    }
    policies.sort(by: Self.isBefore)
    findNodes()
  }

  /// The index of a profile; `nil` if no such profile exists.
  package func profile(named name: ByteString) -> Int? {
    profileIndex[name]
  }

  /// The index of an endpoint by its identity; `nil` if there is none.
  package func endpoint(_ id: ResourceID) -> Int? {
    endpointIndex[id]
  }

  /// The indices of the endpoints that people call so, ascending.
  package func endpoints(shortNamed name: ByteString) -> [Int] {
    shortNames[name] ?? []
  }

  /// The host document of a node, if it has one.
  package func host(named name: ByteString) -> Host? {
    hosts.first { $0.name == name }
  }

  /// The node that a flow is judged on if it names none: the only one there is, or the only one with a host document.
  package var defaultNode: ByteString? {
    if nodes.count == 1 { return nodes[0] }
    return hosts.count == 1 ? hosts[0].name : nil
  }

  /// Is `left` asked before `right`?
  package static func isBefore(_ left: Policy, _ right: Policy) -> Bool {
    let orders = (left.order ?? .infinity, right.order ?? .infinity)
    return orders.0 != orders.1 ? orders.0 < orders.1 : left.name < right.name
  }

  private static func lastOfEach(_ resources: [Resource]) -> [(ResourceID, Resource)] {
    let ids = resources.map(\.id)
    var last: [ResourceID: Int] = [:]
    last.reserveCapacity(ids.count)
    for (index, id) in ids.enumerated() { last[id] = index }
    // Hardly ever does one replace another.
    if last.count == ids.count { return Array(zip(ids, resources)) }
    return resources.indices.filter { last[ids[$0]] == $0 }.map { (ids[$0], resources[$0]) }
  }
}

// MARK: - Changes

/// A resource that comes, goes or becomes another with the same identity.
package struct ResourceChange: Hashable, Sendable {
  package var id: ResourceID
  /// `nil`: it comes.
  package var before: Resource?
  /// `nil`: it goes.
  package var after: Resource?

  /// - Precondition: what is given has this identity.
  package init(_ id: ResourceID, from before: Resource?, to after: Resource?) {
    precondition(before.map { $0.id == id } ?? true && after.map { $0.id == id } ?? true, "a change keeps the identity")
    self.id = id
    self.before = before
    self.after = after
  }

  /// The change that takes this one back.
  package var inverse: ResourceChange { ResourceChange(id, from: after, to: before) }
}

extension World {
  /// The world after some changes; what they do not touch is shared with this one.
  ///
  /// - Complexity: about the size of the lists that hold the changed resources, and of the labels that change.
  package func applying(_ changes: [ResourceChange]) -> World {
    var world = self
    let ofPolicies = changes.count { $0.id.kind == .policy }
    // Each policy that is put in its place alone costs a pass through the list.
    if ofPolicies > 4 { world.applyAtOnce(changes.filter { $0.id.kind == .policy }) }
    for change in changes where ofPolicies <= 4 || change.id.kind != .policy { world.apply(change) }
    world.findNodes()
    return world
  }

  /// Many changes of policies; of several that concern the same one the last counts.
  private mutating func applyAtOnce(_ changes: [ResourceChange]) {
    var last: [ByteString: Policy?] = [:]
    for change in changes {
      if case .policy(let policy) = change.after {
        last[change.id.name] = .some(policy)
      } else {
        last[change.id.name] = .some(nil)
      }
    }
    policies.removeAll { last[$0.name] != nil }
    policies += last.values.compactMap { $0 }
    policies.sort(by: Self.isBefore)
  }

  private mutating func apply(_ change: ResourceChange) {
    switch change.id.kind {
    case .policy:
      policies.removeAll { $0.name == change.id.name }
      if case .policy(let policy) = change.after {
        policies.insert(policy, at: policies.firstIndex { Self.isBefore(policy, $0) } ?? policies.count)
      }
    case .profile:
      if case .profile(let profile) = change.after { add(profile) } else { removeProfile(change.id.name) }
    case .hostEndpoint, .workloadEndpoint:
      switch change.after {
      case .hostEndpoint(let endpoint): add(.host(endpoint), change.id)
      case .workloadEndpoint(let endpoint): add(.workload(endpoint), change.id)
      default: removeEndpoint(change.id)
      }
    case .host:
      hosts.removeAll { $0.name == change.id.name }
      if case .host(let host) = change.after { hosts.append(host) }
    case .node, .ipPool, .bgpPeer: break
    }
  }

  private mutating func findNodes() {
    nodes = Set(hosts.map(\.name) + endpoints.map(\.node)).sorted()
  }

  private mutating func add(_ profile: Profile) {
    labels.setProfile(profile.name, labels: profile.labels, tags: profile.tags)
    if let known = profileIndex[profile.name] {
      profiles[known] = profile
    } else {
      profileIndex[profile.name] = profiles.count
      profiles.append(profile)
    }
  }

  /// The last profile takes the place of the one that goes.
  private mutating func removeProfile(_ name: ByteString) {
    guard let place = profileIndex.removeValue(forKey: name) else { return }
    labels.removeProfile(name)
    let last = profiles.removeLast()
    guard place < profiles.count else { return }
    profiles[place] = last
    profileIndex[last.name] = place
  }

  private mutating func add(_ endpoint: Endpoint, _ id: ResourceID) {
    let place = endpointIndex[id] ?? endpoints.count
    if place == endpoints.count {
      endpoints.append(endpoint)
      name(endpoint, place)
    } else {
      endpoints[place] = endpoint
    }
    endpointIndex[id] = place
    labels.setEndpoint(place, labels: endpoint.labels, profiles: endpoint.profiles)
  }

  /// The last endpoint takes the place of the one that goes.
  private mutating func removeEndpoint(_ id: ResourceID) {
    guard let place = endpointIndex.removeValue(forKey: id) else { return }
    let last = endpoints.removeLast()
    labels.removeEndpoint(endpoints.count)
    unname(place < endpoints.count ? endpoints[place] : last, place)
    guard place < endpoints.count else { return }
    unname(last, endpoints.count)
    name(last, place)
    endpoints[place] = last
    endpointIndex[last.resource.id] = place
    labels.setEndpoint(place, labels: last.labels, profiles: last.profiles)
  }

  /// One identity has one short name, so an endpoint that takes another's place keeps it.
  private mutating func name(_ endpoint: Endpoint, _ place: Int) {
    let known = shortNames[endpoint.shortName] ?? []
    // While a world is made, each place is beyond those before it.
    let index = known.last.map { $0 < place } ?? true ? known.count : known.firstIndex { $0 > place } ?? known.count
    shortNames[endpoint.shortName, default: []].insert(place, at: index)
  }

  private mutating func unname(_ endpoint: Endpoint, _ place: Int) {
    shortNames[endpoint.shortName]?.removeAll { $0 == place }
    if shortNames[endpoint.shortName]?.isEmpty == true { shortNames[endpoint.shortName] = nil }
  }
}
