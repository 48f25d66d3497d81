import Simulator

/// What can be wrong with a rule or a policy as a whole.
enum RuleProblem: Error {
  case codeWithoutType
  case netAndNets
  case mixedFamilies(first: IPNetwork, other: IPNetwork)
  case familyIsNotIPVersion(IPNetwork, IPFamily)
  case portsNeedProtocol(ProtocolMatch)
  case portsWithoutProtocol
  case bothPreDNATAndUntracked
  case preDNATWithEgress
  case icmpZero(ofProfile: Bool)
}

extension RuleProblem {
  var wording: Wording {
    switch self {
    case .codeWithoutType:
      return Wording("code-without-type", "an ICMP code needs an ICMP type", help: "add \"type\" beside \"code\"")
    case .netAndNets:
      return Wording(
        "net-and-nets",
        "a rule may have \"net\" or \"nets\", not both",
        help: "this goes for source and destination and for the negated forms together; write it as a list in \"nets\""
      )
    case .mixedFamilies(let first, let other):
      return Wording(
        "mixed-families",
        "\"\(other)\" is not of the same IP version as \"\(first)\" in the same rule",
        help: "write one rule for IPv4 and one for IPv6"
      )
    case .familyIsNotIPVersion(let network, let version):
      return Wording(
        "family-mismatch",
        "\"\(network)\" is not of the rule's ipVersion \(version.rawValue)",
        help: "change ipVersion or leave it out"
      )
    case .portsNeedProtocol(let match):
      return Wording(
        "ports-need-protocol",
        "protocol \"\(match)\" does not go with ports",
        help: "only tcp and udp take ports"
      )
    case .portsWithoutProtocol:
      return Wording(
        "ports-without-protocol",
        "ports are given without a protocol",
        help: "calicoctl refuses this; Gatewalk takes it for TCP and UDP. Write protocol: tcp or protocol: udp"
      )
    case .bothPreDNATAndUntracked:
      return Wording(
        "pre-dnat-and-untracked",
        "a policy cannot be both preDNAT and doNotTrack",
        help: "make two policies of it"
      )
    case .preDNATWithEgress:
      return Wording(
        "pre-dnat-egress",
        "a preDNAT policy cannot have egress rules",
        help: "put them in a policy of their own"
      )
    case .icmpZero(let ofProfile):
      let effect =
        ofProfile ? "all rules of this profile count as missing, so it denies" : "this whole policy counts as missing"
      return Wording(
        "icmp-zero",
        "Felix 2.4 does not take 0 as an ICMP type or code: \(effect)",
        help: "calicoctl accepts it, Felix then ignores it; leave the field out or use another number"
      )
    }
  }
}
