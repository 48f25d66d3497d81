import Simulator

/// «Default and policy» of SEMANTICS section 9: S20-S30.
extension Claim {
  static let defaultAndPolicy: [Claim] = [
    s20, s21, s22, s23, s24, s25, s26, s26Contrast, s27, s28, s28Contrast, s29, s30, s30Contrast,
  ]

  /// The seed's example, for one management network and one etcd server.
  static func failsafePolicy(_ selector: String = "all()") -> Manifest {
    .policy(
      "failsafe",
      selector,
      order: 0,
      ingress: [
        .allow("protocol: tcp, source: {nets: [198.51.100.0/24]}, destination: {ports: [22]}"),
        .allow("protocol: icmp"),
      ],
      egress: [
        .allow("protocol: tcp, destination: {nets: [10.0.0.5/32], ports: [2379, 2380]}"),
        .allow("udp", to: 67),
      ]
    )
  }

  private static let noFailsafes = Manifest.host(
    felix: "failsafeInboundHostPorts: none, failsafeOutboundHostPorts: none"
  )

  private static let s20 = Claim(
    "S20",
    "a host endpoint without policy denies everything but the failsafes",
    world: [.host, .eth0],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): no-profile-matched"),
      .deny("udp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): no-profile-matched"),
      .deny("tcp 10.0.0.1 -> 203.0.113.9:80", .fromHost, by: "normal out(eth0): no-profile-matched"),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:80", .forwarded, by: "normal in(eth0): no-profile-matched"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:22", .toHost, by: "normal in(eth0): failsafe tcp 22"),
      .allow("tcp 10.0.0.1 -> 203.0.113.9:2379", .fromHost, by: "normal out(eth0): failsafe tcp 2379"),
    ]
  )

  private static let s21 = Claim(
    "S21",
    "the inbound failsafe lets anyone reach SSH on any interface",
    world: [.host, .eth0, .eth1],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:22 in eth0", .toHost, by: "normal in(eth0): failsafe tcp 22"),
      .allow("tcp 198.51.100.200 -> 10.0.0.1:22 in eth0", .toHost, by: "normal in(eth0): failsafe tcp 22"),
      .allow("tcp 10.1.0.9 -> 10.1.0.1:22 in eth1", .toHost, by: "normal in(eth1): failsafe tcp 22"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:23 in eth0", .toHost, by: "normal in(eth0): no-profile-matched"),
      .deny("tcp 203.0.113.9:22 -> 10.0.0.1:23 in eth0", .toHost, by: "normal in(eth0): no-profile-matched"),
      .deny("tcp 10.0.0.1 -> 203.0.113.9:22 from host", .fromHost, by: "normal out(eth0): no-profile-matched"),
    ]
  )

  private static let s22 = Claim(
    "S22",
    "the outbound failsafe lets the host reach etcd's ports anywhere by any interface",
    world: [.host, .eth0, .eth1],
    checks: [
      .allow("tcp 10.0.0.1 -> 203.0.113.9:2379 from host", .fromHost, by: "normal out(eth0): failsafe tcp 2379"),
      .allow("tcp 10.0.0.1 -> 198.51.100.1:4001 from host", .fromHost, by: "normal out(eth0): failsafe tcp 4001"),
      .allow("tcp 10.1.0.1 -> 10.1.0.9:2380 from host", .fromHost, by: "normal out(eth1): failsafe tcp 2380"),
      .deny("tcp 10.1.0.1 -> 10.1.0.9:2381 from host", .fromHost, by: "normal out(eth1): no-profile-matched"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:2379 in eth0", .toHost, by: "normal in(eth0): no-profile-matched"),
    ]
  )

  private static let s23 = Claim(
    "S23",
    "the failsafes cover neither ICMP nor DHCP",
    world: [.host, .eth0],
    checks: [
      .deny("icmp 203.0.113.9 -> 10.0.0.1", .toHost, by: "normal in(eth0): no-profile-matched"),
      .deny("icmp 10.0.0.1 -> 203.0.113.9", .fromHost, by: "normal out(eth0): no-profile-matched"),
      .deny(
        "udp 10.0.0.1:68 -> 10.0.0.254:67 from host",
        .fromHost,
        by: "normal out(eth0): no-profile-matched",
        calico: .allow("normal out(eth0): failsafe udp 67")
      ),
      .deny(
        "udp 10.0.0.254:67 -> 10.0.0.1:68 in eth0",
        .toHost,
        by: "normal in(eth0): no-profile-matched",
        calico: .allow("normal in(eth0): failsafe udp 68")
      ),
    ]
  )

  private static let s24 = Claim(
    "S24",
    "the seed's failsafe policy allows SSH from a management network, etcd, ICMP and DHCP",
    world: [noFailsafes, .eth0, failsafePolicy()],
    checks: [
      .allow("tcp 198.51.100.4 -> 10.0.0.1:22", .toHost, by: "normal in(eth0): policy failsafe[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:22", .toHost, by: "normal in(eth0): no-policy-matched"),
      .deny("tcp 198.51.100.4 -> 10.0.0.1:23", .toHost, by: "normal in(eth0): no-policy-matched"),
      .allow("icmp 203.0.113.9 -> 10.0.0.1", .toHost, by: "normal in(eth0): policy failsafe[1]"),
      .deny("icmp 10.0.0.1 -> 203.0.113.9", .fromHost, by: "normal out(eth0): no-policy-matched"),
      .allow("tcp 10.0.0.1 -> 10.0.0.5:2380 from host", .fromHost, by: "normal out(eth0): policy failsafe[0]"),
      .deny("tcp 10.0.0.1 -> 10.0.0.6:2380 from host", .fromHost, by: "normal out(eth0): no-policy-matched"),
      .allow("udp 10.0.0.1:68 -> 10.0.0.254:67 from host", .fromHost, by: "normal out(eth0): policy failsafe[1]"),
    ]
  )

  private static let s25 = Claim(
    "S25",
    "with such a policy in place the built-in failsafes can go",
    world: [noFailsafes, .eth0, .eth1, failsafePolicy("role == 'edge'")],
    checks: [
      .allow("tcp 198.51.100.4 -> 10.0.0.1:22", .toHost, by: "normal in(eth0): policy failsafe[0]"),
      .allow("tcp 10.0.0.1 -> 10.0.0.5:2379 from host", .fromHost, by: "normal out(eth0): policy failsafe[0]"),
      .deny("tcp 10.1.0.9 -> 10.1.0.1:22 in eth1", .toHost, by: "normal in(eth1): no-profile-matched"),
      .deny("tcp 10.1.0.1 -> 10.1.0.9:2379 from host", .fromHost, by: "normal out(eth1): no-profile-matched"),
    ]
  )

  private static let s26 = Claim(
    "S26",
    "packets that reach the end of a policy's rules fall through to the next policy",
    world: [
      .host, .eth0,
      .policy("first", "all()", order: 1, ingress: [.log, .allow("tcp", to: 80), .deny("tcp", to: 81)]),
      .policy("second", "all()", order: 2, ingress: [.allow("tcp", to: 81), .allow("tcp", to: 82)]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy first[1]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): policy first[2]"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:82", .toHost, by: "normal in(eth0): policy second[1]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:83", .toHost, by: "normal in(eth0): no-policy-matched"),
    ]
  )

  private static let s26Contrast = Claim(
    "S26",
    "without the next policy the packet is dropped",
    world: [.host, .eth0, .policy("first", "all()", order: 1, ingress: [.allow("tcp", to: 80)])],
    checks: [.deny("tcp 203.0.113.9 -> 10.0.0.1:82", .toHost, by: "normal in(eth0): no-policy-matched")]
  )

  private static let s27 = Claim(
    "S27",
    "policies are sorted by their order: as numbers, none last, ties by name",
    world: [
      .host, .eth0,
      .policy("anything", "all()", ingress: [.allow()]),
      .policy("ten", "all()", order: 10, ingress: [.deny("tcp", to: 80), .allow("tcp", to: 81)]),
      .policy("nine", "all()", order: 9, ingress: [.allow("tcp", to: 80)]),
      .policy("half", "all()", order: 0.5, ingress: [.deny("tcp", to: 82)]),
      .policy("minus", "all()", order: -1, ingress: [.allow("tcp", to: 82)]),
      .policy("alpha", "all()", order: 7, ingress: [.deny("tcp", to: 83)]),
      .policy("Zeta", "all()", order: 7, ingress: [.allow("tcp", to: 83)]),
      .policy("a-last", "all()", ingress: [.deny("tcp", to: 84)]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy nine[0]"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): policy ten[1]"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:82", .toHost, by: "normal in(eth0): policy minus[0]"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:83", .toHost, by: "normal in(eth0): policy Zeta[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:84", .toHost, by: "normal in(eth0): policy a-last[0]"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:85", .toHost, by: "normal in(eth0): policy anything[0]"),
    ]
  )

  private static let openWorkload: [Manifest] = [
    .workload("w1", "10.65.0.1/32", on: "cali1", profiles: "open"),
    .profile("open", ingress: [.allow()], egress: [.allow()]),
    .hostEndpoint("eth0-hep", labels: "endpoint_type: management", interface: "eth0"),
  ]

  private static let s28 = Claim(
    "S28",
    "all() selects workloads too",
    world: [.host, failsafePolicy()] + openWorkload,
    checks: [
      .allow("tcp 198.51.100.4 -> w1:22", .toWorkload, by: "workload in(cali1): policy failsafe[0]"),
      .deny("tcp 198.51.100.4 -> w1:80", .toWorkload, by: "workload in(cali1): no-policy-matched"),
      .allow("tcp 198.51.100.4 -> 10.0.0.1:22", .toHost, by: "normal in(eth0): failsafe tcp 22"),
      .allow("icmp 198.51.100.4 -> 10.0.0.1", .toHost, by: "normal in(eth0): policy failsafe[1]"),
    ]
  )

  private static let s28Contrast = Claim(
    "S28",
    "without that policy the workload's profile decides",
    world: [.host] + openWorkload,
    checks: [.allow("tcp 198.51.100.4 -> w1:80", .toWorkload, by: "workload in(cali1): profile open[0]")]
  )

  private static let s29 = Claim(
    "S29",
    "endpoint_type == \"management\" narrows the policy to labelled interfaces",
    world: [.host, failsafePolicy("endpoint_type == 'management'")] + openWorkload,
    checks: [
      .allow("icmp 198.51.100.4 -> 10.0.0.1", .toHost, by: "normal in(eth0): policy failsafe[1]"),
      .allow("tcp 198.51.100.4 -> w1:22", .toWorkload, by: "workload in(cali1): profile open[0]"),
      .allow("tcp 198.51.100.4 -> w1:80", .toWorkload, by: "workload in(cali1): profile open[0]"),
    ]
  )

  private static let s30 = Claim(
    "S30",
    "BGP needs TCP port 179 allowed both ways",
    world: [
      .host, .eth0, failsafePolicy(),
      .policy("bgp", "role == 'edge'", order: 1, ingress: [.allow("tcp", to: 179)], egress: [.allow("tcp", to: 179)]),
    ],
    checks: [
      .allow("tcp 10.0.0.2 -> 10.0.0.1:179 in eth0", .toHost, by: "normal in(eth0): policy bgp[0]"),
      .allow("tcp 10.0.0.1 -> 10.0.0.2:179 from host", .fromHost, by: "normal out(eth0): policy bgp[0]"),
    ]
  )

  private static let s30Contrast = Claim(
    "S30",
    "the failsafe policy alone cuts BGP",
    world: [.host, .eth0, failsafePolicy()],
    checks: [
      .deny("tcp 10.0.0.2 -> 10.0.0.1:179 in eth0", .toHost, by: "normal in(eth0): no-policy-matched"),
      .deny("tcp 10.0.0.1 -> 10.0.0.2:179 from host", .fromHost, by: "normal out(eth0): no-policy-matched"),
    ]
  )
}
