import Simulator

/// «Pre-DNAT» of SEMANTICS section 9: S67-S76.
extension Claim {
  static let preDNAT: [Claim] = [s67, s67Backend, s69, s69Backend, s70, s71, s72, s73, s74, s75, s76]

  /// What kube-proxy would do for two services: one backend on this host, one behind `eth1`.
  private static let services = Manifest.host(
    dnat: "{protocol: tcp, address: 10.0.0.1, port: 30080, toAddress: 10.65.0.1, toPort: 8080}, "
      + "{protocol: tcp, address: 10.0.0.1, port: 30090, toAddress: 10.1.0.9, toPort: 9090}"
  )

  private static let web = Manifest.policy("web", "app == 'web'", ingress: [.allow("tcp", to: 8080)])

  private static let s67 = Claim(
    "S67",
    "pre-DNAT policy matches the destination that the sender wrote",
    world: [
      services, .eth0, .w1, web,
      .policy("node-port", "role == 'edge'", kind: .preDNAT, ingress: [.deny("tcp", to: 30080)]),
    ],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:30080", .toWorkload, by: "pre-dnat in(eth0): policy node-port[0]"),
      .allow("tcp 203.0.113.9 -> w1:8080", .toWorkload, by: "workload in(cali1): policy web[0]"),
    ]
  )

  private static let s67Backend = Claim(
    "S67",
    "a pre-DNAT rule for the backend's port does not meet packets to the NodePort",
    world: [
      services, .eth0, .w1, web,
      .policy("backend", "role == 'edge'", kind: .preDNAT, ingress: [.deny("tcp", to: 8080)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:30080",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        out: "cali1",
        gates: ["pre-dnat in(eth0): no verdict", "dnat: 0"]
      ),
      .deny("tcp 203.0.113.9 -> w1:8080", .toWorkload, by: "pre-dnat in(eth0): policy backend[0]"),
    ]
  )

  private static let s69 = Claim(
    "S69",
    "after DNAT the NodePort is gone: normal policy cannot name it",
    world: [
      services, .eth0, .policy("node-port", "role == 'edge'", ingress: [.allow("tcp", to: 30090)]),
    ],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:30090", .forwarded, by: "normal in(eth0): no-policy-matched"),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:9090", .forwarded, by: "normal in(eth0): no-policy-matched"),
    ]
  )

  private static let s69Backend = Claim(
    "S69",
    "normal policy sees the backend's address and port, pre-DNAT policy the NodePort",
    world: [
      services, .eth0,
      .policy(
        "backend",
        "role == 'edge'",
        ingress: [.allow("protocol: tcp, destination: {nets: [10.1.0.9/32], ports: [9090]}")]
      ),
      .policy("node-port", "role == 'edge'", kind: .preDNAT, ingress: [.deny("tcp", to: 30091)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:30090",
        .forwarded,
        by: "normal in(eth0): policy backend[0]",
        out: "eth1",
        gates: ["dnat: 1"]
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:30091", .toHost, by: "pre-dnat in(eth0): policy node-port[0]"),
    ]
  )

  private static let s70 = Claim(
    "S70",
    "pre-DNAT policy may have ingress rules only; one with egress rules is refused",
    world: [
      .host, .eth0,
      .policy("both-ways", "role == 'edge'", kind: .preDNAT, ingress: [.allow()], egress: [.allow()]),
    ],
    errors: ["pre-dnat-egress"],
    strictErrors: ["pre-dnat-egress"],
    checks: [.deny("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): no-profile-matched")]
  )

  private static let s71 = Claim(
    "S71",
    "connection tracking alone lets the answer to a pre-DNAT allow return",
    world: [
      services, .eth0, .w1, web,
      .policy("allow-all", "role == 'edge'", kind: .preDNAT, ingress: [.allow()]),
      .policy("shut", "role == 'edge'", ingress: [.deny()], egress: [.deny()]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:80",
        .toHost,
        by: "pre-dnat in(eth0): policy allow-all[0]",
        reply: .allow("normal out(eth0): conntrack-established")
      ),
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:30080",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .allow("workload out(cali1): conntrack-established")
      ),
      .deny("tcp 10.0.0.1:80 -> 203.0.113.9:49152", .fromHost, by: "normal out(eth0): policy shut[0]"),
    ]
  )

  private static let s72 = Claim(
    "S72",
    "pre-DNAT policy is enforced wherever the packet goes, to a local workload too",
    world: [
      .host, .eth0, .w1,
      .policy("open", "all()", ingress: [.allow()], egress: [.allow()]),
      .policy("cut", "role == 'edge'", kind: .preDNAT, ingress: [.deny("tcp", to: 80)]),
    ],
    checks: [
      .deny("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "pre-dnat in(eth0): policy cut[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "pre-dnat in(eth0): policy cut[0]"),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:80", .forwarded, by: "pre-dnat in(eth0): policy cut[0]"),
      .allow("tcp 203.0.113.9 -> w1:81", .toWorkload, by: "workload in(cali1): policy open[0]"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): policy open[0]"),
      .allow("tcp 10.1.0.9 -> w1:80 in eth1", .toWorkload, by: "workload in(cali1): policy open[0]"),
    ]
  )

  private static let s73 = Claim(
    "S73",
    "normal host endpoint policy is skipped for traffic to a local workload",
    world: [
      .host, .eth0, .w1, web, .policy("cut", "role == 'edge'", ingress: [.deny()], egress: [.deny()]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> w1:8080",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        gates: ["normal in(eth0): never"]
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:8080", .toHost, by: "normal in(eth0): policy cut[0]"),
    ]
  )

  private static let some: [Manifest] = [
    .host, .w1, web,
    .hostEndpoint("eth0-hep", labels: "role: edge", interface: "eth0", profiles: "open"),
    .profile("open", ingress: [.allow()]),
  ]

  private static let s74 = Claim(
    "S74",
    "pre-DNAT policy brings no default drop",
    world: some + [
      .policy(
        "some",
        "role == 'edge'",
        kind: .preDNAT,
        ingress: [.deny("tcp", to: 79), .allow("tcp", to: 80), .pass("tcp", to: 82), .deny("tcp", to: 82)]
      )
    ],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:79", .toHost, by: "pre-dnat in(eth0): policy some[0]"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "pre-dnat in(eth0): policy some[1]"),
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:81",
        .toHost,
        by: "normal in(eth0): profile open[0]",
        gates: ["pre-dnat in(eth0): no verdict"]
      ),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:82", .toHost, by: "normal in(eth0): profile open[0]"),
      .allow("tcp 203.0.113.9 -> w1:8080", .toWorkload, by: "workload in(cali1): policy web[0]"),
    ]
  )

  private static let s75 = Claim(
    "S75",
    "normal policy brings one",
    world: some + [.policy("some", "role == 'edge'", ingress: [.deny("tcp", to: 79), .allow("tcp", to: 80)])],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:79", .toHost, by: "normal in(eth0): policy some[0]"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy some[1]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): no-policy-matched"),
    ]
  )

  private static let s76 = Claim(
    "S76",
    "where pre-DNAT policy says nothing, workload or normal policy decides",
    world: [
      services, .eth0, .w1, web,
      .policy("some", "role == 'edge'", kind: .preDNAT, ingress: [.allow("udp", to: 53)]),
      .policy("host", "role == 'edge'", ingress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> w1:8080", .toWorkload, by: "workload in(cali1): policy web[0]"),
      .deny("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "workload in(cali1): no-policy-matched"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy host[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:8080", .toHost, by: "normal in(eth0): no-policy-matched"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:30090", .forwarded, by: "normal in(eth0): no-policy-matched"),
    ]
  )
}
