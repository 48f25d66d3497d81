package import Selector
package import Simulator

/// What the rules look at: the whole world, with what several of them ask worked out once.
package struct LintContext: Sendable {
  /// Everything that was read, nodes, pools and peers included; of several with one identity the last.
  package let resources: [Resource]
  package let world: World
  package let semantics: Semantics
  /// What reading the manifests has said.
  package let diagnostics: [Diagnostic]
  /// Every host, in the order of the world's nodes.
  package let topologies: [Topology]
  /// The endpoints that each policy selects, by index in the world; none for a policy that counts as missing.
  package let selected: [Bitset]

  /// - Complexity: one set operation per policy, and linear in the endpoints.
  package init(resources: [Resource], diagnostics: [Diagnostic] = [], semantics: Semantics = .documented) {
    self.resources = resources
    self.diagnostics = diagnostics
    self.semantics = semantics
    let world = World(resources)
    self.world = world
    topologies = Topology.ofEachNode(in: world, semantics: semantics)
    selected = world.policies.map { policy in
      policy.isDisabled || semantics.countsAsMissing(policy) ? Bitset() : world.labels.endpoints(matching: policy.selector)
    }
  }
}
