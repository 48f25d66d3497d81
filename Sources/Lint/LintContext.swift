package import Manifests
package import Selector
package import Simulator

/// What the rules look at: the whole world, with what several of them ask worked out once.
///
/// Endpoints and policies are named by their index in the world. Sets of endpoints are bitsets, so that what holds for many
/// policies and many endpoints is found by set algebra rather than pair by pair.
package struct LintContext: Sendable {
  /// Everything that was read, nodes, pools and peers included; of several with one identity the last.
  package let resources: [Resource]
  package let world: World
  package let semantics: Semantics
  /// What reading the manifests has said.
  package let diagnostics: [Diagnostic]
  /// What was left out of the world because something in it is wrong.
  package let rejected: [RejectedResource]
  /// The deprecated fields that the manifests use.
  package let deprecatedFields: [DeprecatedField]
  /// What a later resource with the same identity has replaced.
  package let replaced: [ReplacedResource]
  /// Every host, in the order of the world's nodes.
  package let topologies: [Topology]
  /// The endpoints that each policy selects, by index in the world; none for a policy that counts as missing.
  package let selected: [Bitset]
  /// Of those the ones at which the policy can be felt: that govern an interface and, for untracked and pre-DNAT policy, are
  /// host endpoints (D15).
  package let governed: [Bitset]
  package let hostEndpoints: Bitset
  package let workloadEndpoints: Bitset
  /// The endpoints that govern an interface.
  package let governing: Bitset
  /// The compiled rules, and the hosts to walk packets through.
  package let simulation: Simulation
  /// What DNAT does, by port.
  let services: ServiceIndex
  /// The workloads that govern an interface, by address.
  let workloads: WorkloadAddresses
  /// The endpoints that each selector of a rule matches, tags included.
  private let matches: [Selector: Bitset]
  private let topologyOfNode: [ByteString: Int]

  /// - Complexity: one set operation per policy and per different selector, and linear in the endpoints and rules.
  package init(
    resources: [Resource], diagnostics: [Diagnostic] = [], rejected: [RejectedResource] = [],
    deprecatedFields: [DeprecatedField] = [], replaced: [ReplacedResource] = [], semantics: Semantics = .documented
  ) {
    self.resources = resources
    self.diagnostics = diagnostics
    self.rejected = rejected
    self.deprecatedFields = deprecatedFields
    self.replaced = replaced
    self.semantics = semantics
    let world = World(resources)
    self.world = world
    topologies = Topology.ofEachNode(in: world, semantics: semantics)
    topologyOfNode = Dictionary(uniqueKeysWithValues: zip(topologies.map(\.node), topologies.indices))
    selected = world.policies.map { policy in
      policy.isDisabled || semantics.countsAsMissing(policy) ? Bitset() : world.labels.endpoints(matching: policy.selector)
    }
    let hostEndpoints = Bitset(world.endpoints.indices.lazy.filter { world.endpoints[$0].isHost })
    workloadEndpoints = Bitset(below: world.endpoints.count).subtracting(hostEndpoints)
    self.hostEndpoints = hostEndpoints
    let governing = Bitset(topologies.lazy.flatMap(\.interfaces).compactMap(\.endpoint))
    self.governing = governing
    let guarded = governing.intersection(hostEndpoints)
    governed = zip(world.policies, selected).map { policy, selected in
      selected.intersection(policy.kind == .normal ? governing : guarded)
    }
    simulation = Simulation(world: world, semantics: semantics, isForMany: false)
    services = ServiceIndex(topologies)
    workloads = WorkloadAddresses(world, governing.intersection(workloadEndpoints))
    matches = Self.matches(of: world)
  }

  private static func matches(of world: World) -> [Selector: Bitset] {
    var matches: [Selector: Bitset] = [:]
    let lists = world.policies.map { [$0.ingress, $0.egress] } + world.profiles.map { [$0.ingress, $0.egress] }
    for entity in lists.joined().joined().flatMap({ [$0.source, $0.destination] }) {
      let tags = [entity.tag, entity.notTag].compactMap { $0.map(Selector.has) }
      for selector in [entity.selector, entity.notSelector].compactMap(\.self) + tags where matches[selector] == nil {
        matches[selector] = world.labels.endpoints(matching: selector)
      }
    }
    return matches
  }

  /// The endpoints that a selector matches, whether they govern an interface or not.
  ///
  /// - Complexity: O(1) for a selector of a rule; else a set operation.
  package func endpoints(matching selector: Selector) -> Bitset {
    matches[selector] ?? world.labels.endpoints(matching: selector)
  }

  /// The network of the host that enforces an endpoint.
  package func topology(ofEndpoint endpoint: Int) -> Topology? {
    topologyOfNode[world.endpoints[endpoint].node].map { topologies[$0] }
  }

  /// The hosts that enforce some endpoints, each once, by index in `topologies`.
  func hosts(of endpoints: Bitset) -> Set<Int> {
    Set(endpoints.lazy.compactMap { topologyOfNode[world.endpoints[$0].node] })
  }
}
