import Simulator

/// What can be wrong with an endpoint, a node, a pool, a peer or a host as a whole.
enum EndpointProblem: Error {
  case endpointSelectsNothing
  case slashInProfileName(String)
  case networkOfManyAddresses(IPNetwork)
  case wrongFamily(IPAddress, what: String, expected: IPFamily)
  case natFamiliesDiffer
  case natOutsideNetworks(IPAddress)
  case bgpWithoutAddress
  case poolTooSmall(IPNetwork)
  case poolNotMasked(IPNetwork)
  case poolIsLinkLocal(IPNetwork)
  case ipipNeedsIPv4
  case globalPeerWithNode
  case duplicateInterface(String, firstLine: Int)
  case portsWithoutPortProtocol
}

extension EndpointProblem {
  var wording: Wording {
    switch self {
    case .endpointSelectsNothing:
      return Wording(
        "endpoint-selects-nothing",
        "a hostEndpoint needs \"interfaceName\" or \"expectedIPs\"",
        help: "say which interface it stands for"
      )
    case .slashInProfileName(let name):
      return Wording(
        "slash-in-profile-name",
        "Felix 2.4 ignores a hostEndpoint with \"/\" in a profile name: its interface is not policed",
        help: "calicoctl accepts \"\(name)\"; give the profile a name without \"/\""
      )
    case .networkOfManyAddresses(let network):
      return Wording(
        "network-too-wide",
        "\"\(network)\" is more than one address",
        help: "a workload's networks are single addresses: /\(network.family.bits)"
      )
    case .wrongFamily(let address, let what, let expected):
      return Wording(
        "family-mismatch",
        "\"\(address)\" is no IPv\(expected.rawValue) address",
        help: "\(what) takes no other"
      )
    case .natFamiliesDiffer:
      return Wording("family-mismatch", "an address is translated to one of the same IP version only")
    case .natOutsideNetworks(let address):
      return Wording(
        "nat-outside-networks",
        "\"\(address)\" is in none of the endpoint's ipNetworks",
        help: "add it to ipNetworks"
      )
    case .bgpWithoutAddress:
      return Wording("bgp-without-address", "\"bgp\" needs \"ipv4Address\" or \"ipv6Address\"")
    case .poolTooSmall(let pool):
      return Wording(
        "pool-too-small",
        "\"\(pool)\" is too small for a pool",
        help: "at most /\(pool.family.bits - 6)"
      )
    case .poolNotMasked(let pool):
      return Wording(
        "pool-not-masked",
        "\"\(pool)\" has bits beyond its prefix",
        help: "write \(pool.masked)"
      )
    case .poolIsLinkLocal(let pool):
      return Wording("pool-link-local", "\"\(pool)\" overlaps with link-local addresses")
    case .ipipNeedsIPv4:
      return Wording("ipip-needs-ipv4", "IPIP works with IPv4 pools only")
    case .globalPeerWithNode:
      return Wording("global-peer-with-node", "a peer of scope \"global\" has no \"node\"")
    case .duplicateInterface(let name, let line):
      return Wording("duplicate-interface", "interface \"\(name)\" stands in line \(line) already")
    case .portsWithoutPortProtocol:
      return Wording(
        "ports-need-protocol",
        "a port needs a protocol that has ports",
        help: "one of tcp, udp, sctp, udplite"
      )
    }
  }
}
