import Selector
import Simulator

extension LintRule {
  static let peerOnWrongSide = LintRule(
    id: "GW117", name: "peer-on-wrong-side", severity: .warning,
    summary: "ingress rule with the peer in destination, or egress rule with it in source: it never matches",
    claims: ["S80", "S65", "S11"],
    basis: """
      an ingress rule sees packets for the endpoint, so destination is the endpoint's own side and source the peer's; egress the \
      other way round (SEMANTICS sections 4 and 7)
      """,
    explanation: """
      An ingress rule names its peer in `destination`, or an egress rule in `source`. That side is the endpoint itself, so the
      rule never matches and what it should allow or deny falls through to the next rule.

      ```yaml
      apiVersion: v1
      kind: policy
      metadata: {name: database}
      spec:
        selector: role == "database"
        ingress:
        - {action: allow, protocol: tcp, destination: {selector: role == "frontend", ports: [5432]}}
      ```

      Put the peer on the other side, and leave the endpoint's own port where it is:

      ```yaml
        ingress:
        - {action: allow, protocol: tcp, source: {selector: role == "frontend"}, destination: {ports: [5432]}}
      ```

      Of host endpoints this is said only where no forwarded packet can be meant: of a host with one interface, whose addresses
      a Host document lists.
      """
  ) { context in
    var sides = OwnSides(context)
    return context.world.policies.indices.flatMap { index in
      let policy = context.world.policies[index]
      let rules = context.governed[index].isEmpty ? [] : policy.placedRules
      return rules.filter { sides.excludesAll($0, of: index) }.map { rule in
        finding(rule, policy, isForHosts: !context.governed[index].isDisjoint(with: context.hostEndpoints))
      }
    }
  }

  /// - Parameter isForHosts: then a packet that goes back out by the interface on which it came is another matter (S97).
  private static func finding(_ site: PlacedRule, _ policy: Policy, isForHosts: Bool) -> Finding {
    let isIngress = site.place.direction == .ingress
    let (own, peer) = isIngress ? ("destination", "source") : ("source", "destination")
    let ofHost = isForHosts ? " a packet that the host itself \(isIngress ? "gets" : "sends")" : ""
    return Finding(
      "GW117", .warning, at: site.rule.location,
      "\(own) of \(site.words) excludes every endpoint that \(policy.selector.text.quoted) selects: the rule never matches\(ofHost)",
      help: "\(own) of an \(site.place.direction.rawValue) rule is the endpoint itself; name the other end in \(peer)",
      subject: site.subject(field: [own]))
  }
}

/// The addresses that the endpoint's own side of a packet can have.
private struct OwnSides {
  private let context: LintContext
  private var addresses: KnownAddresses
  private var ofPolicy: [Key: Bitset?] = [:]
  private var ofHost: [ByteString: Bitset?] = [:]

  /// Policies of one kind and selector see the same.
  private struct Key: Hashable {
    var selector: Selector
    var kind: PolicyKind
    var direction: Direction
  }

  init(_ context: LintContext) {
    self.context = context
    addresses = KnownAddresses(context)
  }

  /// Is the rule's own side known, and excluded at every endpoint that the policy selects?
  mutating func excludesAll(_ site: PlacedRule, of policy: Int) -> Bool {
    let entity = site.place.direction == .ingress ? site.rule.destination : site.rule.source
    guard !entity.nets.isEmpty || !entity.notNets.isEmpty || !entity.selectorUses.isEmpty else { return false }
    // A selector that matches nothing is another finding (GW118).
    if entity.selectorUses.contains(where: { !$0.isNegated && context.endpoints(matching: $0.selector).isEmpty }) {
      return false
    }
    // Broadcast, multicast, link-local and unspecified addresses belong to every interface.
    if entity.nets.contains(where: \.mayBelongToAnyInterface) { return false }
    guard let own = own(policy, site.place.direction) else { return false }
    return addresses.satisfying(entity).isDisjoint(with: own)
  }

  /// `nil` where some endpoint's traffic may have any address there.
  private mutating func own(_ index: Int, _ direction: Direction) -> Bitset? {
    let policy = context.world.policies[index]
    let key = Key(selector: policy.selector, kind: policy.kind, direction: direction)
    if let known = ofPolicy[key] { return known }
    var all: Bitset? = Bitset()
    for endpoint in context.governed[index] {
      guard let some = own(ofEndpoint: endpoint, policy.kind, direction) else {
        all = nil
        break
      }
      all?.formUnion(some)
    }
    ofPolicy[key] = .some(all)
    return all
  }

  private mutating func own(ofEndpoint endpoint: Int, _ kind: PolicyKind, _ direction: Direction) -> Bitset? {
    guard let topology = context.topology(ofEndpoint: endpoint) else { return nil }
    if context.hostEndpoints.contains(endpoint) { return own(of: topology, kind, direction) }
    let numbers = addresses.numbers(ofEndpoint: endpoint)
    guard !numbers.isEmpty, !isRouter(endpoint, topology) else { return nil }
    return Bitset(numbers)
  }

  /// Does a listed route lead further networks to the workload?
  private func isRouter(_ endpoint: Int, _ topology: Topology) -> Bool {
    guard let routes = topology.document?.routes, let name = context.world.endpoints[endpoint].interfaceName else {
      return false
    }
    return routes.contains { $0.interface == name }
  }

  // MARK: Host endpoints

  /// What a host endpoint sees on the host's side; `nil` where it may be anything: forwarded packets, or hosts that no document
  /// describes.
  private mutating func own(of topology: Topology, _ kind: PolicyKind, _ direction: Direction) -> Bitset? {
    let interfaces = topology.interfaces.filter { !$0.isWorkload && $0.name != "lo" }
    guard topology.document != nil, !interfaces.isEmpty, interfaces.allSatisfy({ !$0.addresses.isEmpty }) else { return nil }
    let isForHostAlone = kind == .untracked && direction == .egress
    // Untracked egress sees only what the host itself sends (S65); all else may be forwarded to another interface (S11).
    guard isForHostAlone || interfaces.count == 1 else { return nil }
    if let known = ofHost[topology.node], !isForHostAlone { return known }
    var own = addresses.numbers(of: topology.ownAddresses + topology.broadcastAddresses)
    if !isForHostAlone {
      // What DNAT leads elsewhere may come back out; before DNAT workloads are in sight, too.
      own.formUnion(addresses.numbers(of: topology.dnatRules.flatMap { [$0.address, $0.toAddress] }))
      for interface in topology.interfaces where interface.isWorkload {
        if let endpoint = interface.endpoint { own.formUnion(Bitset(addresses.numbers(ofEndpoint: endpoint))) }
      }
      ofHost[topology.node] = .some(own)
    }
    return own
  }
}

extension IPNetwork {
  /// Does it hold addresses that no document lists for an interface: broadcast, multicast, unspecified, link-local, loopback?
  fileprivate var mayBelongToAnyInterface: Bool {
    let special = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::/127", "fe80::/10", "ff00::/8"]
    return special.compactMap { IPNetwork($0) }.contains { $0.contains(address) || contains($0.address) }
  }
}
