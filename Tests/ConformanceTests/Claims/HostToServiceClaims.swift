import Simulator

extension Claim {
  static let hostToService: [Claim] = [hostToServiceUntracked]

  /// SEMANTICS section 7: the untracked stage sees what the sender wrote, for it stands before DNAT. So of a packet that the host
  /// sends to a service it asks the interface of the route that the packet then has, whatever interface DNAT will choose, and
  /// even if the backend turns out to be a workload (D9 and D10 are about the stages after DNAT). Nothing recorded covers this.
  private static let hostToServiceUntracked = Claim(
    "D10",
    "the host's packet to a service meets untracked policy before DNAT, at the interface it then leaves by",
    world: [
      .host(
        dnat: "{protocol: tcp, address: 10.96.0.10, port: 80, toAddress: 10.1.0.9, toPort: 8080}, "
          + "{protocol: tcp, address: 10.96.0.11, port: 80, toAddress: 10.65.0.1, toPort: 8080}"
      ),
      .eth0, .eth1, .w1,
      .policy("raw", "role == 'edge'", kind: .untracked, egress: [.deny("tcp", to: 80)]),
      .policy("inner", "role == 'inner'", egress: [.allow("tcp", to: 8080)]),
    ],
    checks: [
      .deny("tcp 10.0.0.1 -> 10.96.0.10:80 from host", .fromHost, by: "untracked out(eth0): policy raw[0]"),
      .deny("tcp 10.0.0.1 -> 10.96.0.11:80 from host", .hostToWorkload, by: "untracked out(eth0): policy raw[0]"),
    ]
  )
}
