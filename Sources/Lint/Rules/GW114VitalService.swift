import Simulator

/// What a host needs to be kept in reach.
enum VitalService: CaseIterable {
  case ssh, etcd, dhcp, dns, bgp

  /// Packets that begin it: by direction, protocol and ports, of which one is enough.
  struct Opening {
    var direction: Direction
    var `protocol`: IPProtocol
    var ports: [UInt16]
    /// Those that Linux gives to clients. A rule for another source port, such as that of a server, lets none of them in.
    var clientPorts = PortRange(32_768, 60_999)
  }

  /// One of them has to get through, and its answer. That of DHCP comes from where the request went, so the request alone
  /// needs a rule (S24); of two BGP speakers either may begin.
  var openings: [Opening] {
    switch self {
    case .ssh: [Opening(direction: .ingress, protocol: .tcp, ports: [22])]
    case .etcd: [Opening(direction: .egress, protocol: .tcp, ports: [2379, 4001])]
    case .dhcp: [Opening(direction: .egress, protocol: .udp, ports: [67], clientPorts: PortRange(68))]
    case .dns: [Opening(direction: .egress, protocol: .udp, ports: [53])]
    case .bgp:
      [Opening(direction: .egress, protocol: .tcp, ports: [179]), Opening(direction: .ingress, protocol: .tcp, ports: [179])]
    }
  }

  /// Without it nobody can mend what is wrong.
  var isLifeline: Bool { self == .ssh || self == .etcd }

  /// What is so when nothing of it gets through.
  ///
  /// - Parameter isOpenToWorkloads: whether workloads of the host itself get at it all the same.
  func loss(isOpenToWorkloads: Bool) -> String {
    switch self {
    case .ssh: "\(isOpenToWorkloads ? "nobody but its workloads" : "nobody") can reach ssh (tcp 22 in)"
    case .etcd: "Felix cannot reach etcd (tcp 2379 or 4001 out)"
    case .dhcp: "DHCP stops (udp 67 out)"
    case .dns: "DNS stops (udp 53 out)"
    case .bgp: "BGP stops (tcp 179 in and out)"
    }
  }

  /// The same, if it were so.
  func possibleLoss(isOpenToWorkloads: Bool) -> String {
    let loss = loss(isOpenToWorkloads: isOpenToWorkloads)
    return isLifeline ? loss.replacing(" can reach", with: " could reach").replacing(" cannot ", with: " could not ") : loss
  }
}
