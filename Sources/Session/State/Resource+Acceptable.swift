import Simulator

extension Rule {
  /// Was it read kindly: ports without a protocol, which stand for TCP and UDP (D12)?
  var meansTwoProtocols: Bool { self.protocol == nil && mentionsPorts }

  /// As calicoctl takes it: one rule, or one for each of two protocols.
  fileprivate var acceptable: [Rule] {
    guard meansTwoProtocols else { return [self] }
    return [IPProtocol.tcp, .udp].map { value in
      var rule = self
      rule.protocol = ProtocolMatch(value, isName: true)
      return rule
    }
  }
}

extension [Rule] {
  /// The place that a rule has in the list that `acceptable` writes, which is without what is disabled.
  func placeWhenWritten(of index: Int, matching packet: Packet) -> Int {
    let before = self[..<index].reduce(0) { $0 + ($1.isDisabled ? 0 : $1.meansTwoProtocols ? 2 : 1) }
    return before + (self[index].meansTwoProtocols && packet.protocol == .udp ? 1 : 0)
  }
}

extension Resource {
  /// The same in words that calicoctl takes.
  var acceptable: Resource {
    switch self {
    case .policy(var policy):
      policy.ingress = policy.ingress.flatMap(\.acceptable)
      policy.egress = policy.egress.flatMap(\.acceptable)
      return .policy(policy)
    case .profile(var profile):
      profile.ingress = profile.ingress.flatMap(\.acceptable)
      profile.egress = profile.egress.flatMap(\.acceptable)
      return .profile(profile)
    default: return self
    }
  }
}
