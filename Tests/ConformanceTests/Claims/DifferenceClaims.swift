import Simulator

/// SEMANTICS section 2: where the two sets of semantics part, and what the seed leaves loose.
extension Claim {
  static let differences: [Claim] =
    [d1, d2] + [d3(), d3(back: "role == 'inner'"), d3(back: "has(role)")] + [d4, d5, d6, d7, d7Listed]
    + [d8Forwarded, d8Egress, d8ToWorkload, d8Reply, d9, d10, d10Other, d11, d12, d15, d15Profile, d16, d16Profile]

  private static let edges: [Manifest] = [.host, .eth0, .eth1]

  private static let mirror: [Manifest] = [
    .policy("outer-raw", "role == 'edge'", kind: .untracked, ingress: [.allow("protocol: tcp")]),
    .policy("inner-raw", "role == 'inner'", kind: .untracked, ingress: [.allow("protocol: tcp")]),
  ]

  private static let d1 = Claim(
    "D1",
    "forwarded after an untracked allow: any normal policy is skipped, or A's alone",
    world: edges + mirror + [
      .policy("outer", "role == 'edge'", ingress: [.deny()], egress: [.allow()]),
      .policy("inner", "role == 'inner'", ingress: [.deny()], egress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:80",
        .forwarded,
        by: "untracked in(eth0): policy outer-raw[0]",
        reply: .allow("untracked in(eth1): policy inner-raw[0]"),
        gates: ["normal out(eth1): spared by outer-raw"],
        calico: .allow("normal out(eth1): policy inner[0]", reply: .allow("normal out(eth0): policy outer[0]"))
      ),
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:81",
        .forwarded,
        by: "untracked in(eth0): policy outer-raw[0]",
        reply: .allow("untracked in(eth1): policy inner-raw[0]"),
        calico: .deny("normal out(eth1): no-policy-matched")
      ),
    ]
  )

  private static let d2 = Claim(
    "D2",
    "forwarded after a pre-DNAT allow: any normal policy is skipped, or A's alone",
    world: edges + [
      .policy("mangle", "role == 'edge'", kind: .preDNAT, ingress: [.allow()]),
      .policy("outer", "role == 'edge'", ingress: [.deny()], egress: [.deny()]),
      .policy("inner", "role == 'inner'", ingress: [.deny()], egress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:80",
        .forwarded,
        by: "pre-dnat in(eth0): policy mangle[0]",
        calico: .allow("normal out(eth1): policy inner[0]")
      ),
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:81",
        .forwarded,
        by: "pre-dnat in(eth0): policy mangle[0]",
        calico: .deny("normal out(eth1): no-policy-matched")
      ),
    ]
  )

  /// - Parameter back: whose normal egress is open.
  private static func d3(back: String = "has(nothing)") -> Claim {
    let calico: Check.Outcome =
      switch back {
      case "has(nothing)": .deny("normal out(eth1): no-profile-matched")
      case "has(role)": .allow("normal out(eth1): policy open[0]", reply: .allow("normal out(eth0): policy open[0]"))
      default: .allow("normal out(eth1): policy open[0]", reply: .deny("normal out(eth0): no-profile-matched"))
      }
    return Claim(
      "D3",
      "untracked rules symmetric on A and B suffice, or need normal egress of \(back)",
      world: edges + mirror + [.policy("open", back, egress: [.allow()])],
      checks: [
        .allow(
          "tcp 203.0.113.9 -> 10.1.0.9:80",
          .forwarded,
          by: "untracked in(eth0): policy outer-raw[0]",
          reply: .allow("untracked in(eth1): policy inner-raw[0]"),
          calico: calico
        )
      ]
    )
  }

  private static func untrackedToWorkload(egress: [Manifest.RuleText]) -> [Manifest] {
    [
      .host, .eth0, .w1, .policy("raw", "role == 'edge'", kind: .untracked, ingress: [.allow()]),
      .policy("web", "app == 'web'", ingress: [.allow()], egress: egress),
    ]
  }

  private static let d4 = Claim(
    "D4",
    "to a workload after an untracked allow: W's ingress decides, and W's egress decides on a UDP answer",
    world: untrackedToWorkload(egress: [.allow("udp", from: 80)]),
    checks: [
      .allow(
        "udp 203.0.113.9 -> w1:80",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .allow("workload out(cali1): policy web[0]"),
        notes: ["untracked-to-workload"]
      ),
      .allow(
        "udp 203.0.113.9 -> w1:81",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .deny("workload out(cali1): no-policy-matched"),
        notes: ["untracked-to-workload"]
      ),
    ]
  )

  private static let d5 = Claim(
    "D5",
    "to a workload after an untracked allow: SYN-ACK and echo reply are invalid, whatever W's egress says",
    world: untrackedToWorkload(egress: [.allow()]),
    checks: ["tcp 203.0.113.9 -> w1:80", "icmp 203.0.113.9 -> w1", "icmp 203.0.113.9 -> w1 type 13"].map {
      .allow(
        $0,
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .deny("workload out(cali1): conntrack-invalid"),
        notes: ["untracked-to-workload"]
      )
    }
  )

  private static let d6 = Claim(
    "D6",
    "from a workload: no host endpoint policy outwards, but B's untracked ingress rules see the answer",
    world: [
      .host, .eth0, .w1, .policy("web", "app == 'web'", egress: [.allow()]),
      .policy("raw", "role == 'edge'", kind: .untracked, ingress: [.deny("tcp", from: 80)], egress: [.deny()]),
    ],
    checks: [
      .allow(
        "tcp w1 -> 203.0.113.9:80",
        .fromWorkload,
        by: "workload out(cali1): policy web[0]",
        reply: .deny("untracked in(eth0): policy raw[0]")
      ),
      .allow("tcp w1 -> 203.0.113.9:81", .fromWorkload, by: "workload out(cali1): policy web[0]"),
    ]
  )

  private static let d7 = Claim(
    "D7",
    "the default failsafe ports",
    world: [.host, .eth0],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:22", .toHost, by: "normal in(eth0): failsafe tcp 22"),
      .deny(
        "udp 203.0.113.9 -> 10.0.0.1:68",
        .toHost,
        by: "normal in(eth0): no-profile-matched",
        calico: .allow("normal in(eth0): failsafe udp 68")
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:68", .toHost, by: "normal in(eth0): no-profile-matched"),
    ]
      + [53, 67].flatMap { port -> [Check] in
        [
          .deny(
            "udp 10.0.0.1 -> 203.0.113.9:\(port)",
            .fromHost,
            by: "normal out(eth0): no-profile-matched",
            calico: .allow("normal out(eth0): failsafe udp \(port)")
          ),
          .deny("tcp 10.0.0.1 -> 203.0.113.9:\(port)", .fromHost, by: "normal out(eth0): no-profile-matched"),
        ]
      }
      + [2379, 2380, 4001, 7001].map { port in
        .allow("tcp 10.0.0.1 -> 203.0.113.9:\(port)", .fromHost, by: "normal out(eth0): failsafe tcp \(port)")
      }
  )

  private static let d7Listed = Claim(
    "D7",
    "ports that the host document lists hold under both",
    world: [
      .host(felix: "failsafeInboundHostPorts: [\"tcp:22\"], failsafeOutboundHostPorts: [\"udp:53\"]"), .eth0,
    ],
    checks: [
      .deny("udp 203.0.113.9 -> 10.0.0.1:68", .toHost, by: "normal in(eth0): no-profile-matched"),
      .allow("udp 10.0.0.1 -> 203.0.113.9:53", .fromHost, by: "normal out(eth0): failsafe udp 53"),
      .deny("udp 10.0.0.1 -> 203.0.113.9:67", .fromHost, by: "normal out(eth0): no-profile-matched"),
    ]
  )

  private static let d9 = Claim(
    "D9",
    "what the host sends to its own workloads is never policed",
    world: [
      .host, .eth0, .w1, .policy("shut", "all()", ingress: [.deny()], egress: [.deny()]),
      .policy("raw", "all()", kind: .untracked, ingress: [.deny()], egress: [.deny()]),
    ],
    checks: ["tcp 10.0.0.1 -> w1:80", "udp 10.0.0.1 -> w1:80", "icmp 10.0.0.1 -> w1"].map {
      .allow($0, .hostToWorkload, by: "not-policed", out: "cali1", gates: ["workload in(cali1): never"])
    }
  )

  private static let services = Manifest.host(
    dnat: "{protocol: tcp, address: 10.96.0.10, port: 80, toAddress: 10.1.0.9, toPort: 8080}, "
      + "{protocol: tcp, address: 10.96.0.11, port: 80, toAddress: 10.65.0.1, toPort: 8080}"
  )

  private static let d10 = Claim(
    "D10",
    "the host's packet to a service: policed where it leaves, or by the interface of the route before DNAT",
    world: [
      services, .eth0, .eth1, .w1,
      .policy("outer", "role == 'edge'", egress: [.allow("protocol: tcp, destination: {nets: [10.1.0.9/32]}")]),
      .policy("inner", "role == 'inner'", egress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .deny(
        "tcp 10.0.0.1 -> 10.96.0.10:80 from host",
        .fromHost,
        by: "normal out(eth1): no-policy-matched",
        calico: .allow("normal out(eth0): policy outer[0]")
      ),
      .allow(
        "tcp 10.0.0.1 -> 10.96.0.11:80 from host",
        .hostToWorkload,
        by: "not-policed",
        out: "cali1",
        calico: .deny("normal out(eth0): no-policy-matched")
      ),
      .allow("tcp 10.0.0.1 -> 10.65.0.1:8080 from host", .hostToWorkload, by: "not-policed"),
    ]
  )

  private static let d10Other = Claim(
    "D10",
    "the same with the policies the other way round",
    world: [
      services, .eth0, .eth1, .w1,
      .policy("outer", "role == 'edge'", egress: [.allow("protocol: tcp, destination: {nets: [10.65.0.1/32]}")]),
      .policy("inner", "role == 'inner'", egress: [.allow("tcp", to: 8080)]),
    ],
    checks: [
      .allow(
        "tcp 10.0.0.1 -> 10.96.0.10:80 from host",
        .fromHost,
        by: "normal out(eth1): policy inner[0]",
        out: "eth1",
        calico: .deny("normal out(eth0): no-policy-matched")
      ),
      .allow(
        "tcp 10.0.0.1 -> 10.96.0.11:80 from host",
        .hostToWorkload,
        by: "not-policed",
        calico: .allow("normal out(eth0): policy outer[0]")
      ),
    ]
  )

  private static let d11 = Claim(
    "D11",
    "pre-DNAT policy sees neither established packets, nor what untracked policy allowed, nor failsafe ports",
    world: [
      .host, .eth0, .policy("mangle", "role == 'edge'", order: 1, kind: .preDNAT, ingress: [.deny()]),
      .policy("raw", "role == 'edge'", kind: .untracked, ingress: [.allow("udp", to: 53)]),
      .policy("filter", "role == 'edge'", egress: [.allow()]),
    ],
    checks: [
      .allow(
        "tcp 10.0.0.1 -> 203.0.113.9:80",
        .fromHost,
        by: "normal out(eth0): policy filter[0]",
        reply: .allow("normal in(eth0): conntrack-established")
      ),
      .allow(
        "udp 203.0.113.9 -> 10.0.0.1:53",
        .toHost,
        by: "untracked in(eth0): policy raw[0]",
        reply: .allow("normal out(eth0): policy filter[0]"),
        gates: ["pre-dnat in(eth0): spared by raw"]
      ),
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:22",
        .toHost,
        by: "normal in(eth0): failsafe tcp 22",
        gates: ["pre-dnat in(eth0): accepted"]
      ),
      .deny("udp 203.0.113.9 -> 10.0.0.1:54", .toHost, by: "pre-dnat in(eth0): policy mangle[0]"),
    ]
  )

  private static let d12 = Claim(
    "D12",
    "ports without protocol: a warning, and TCP and UDP match; strict reading refuses them",
    world: [
      .host, .eth0,
      .policy("any", "role == 'edge'", kind: .preDNAT, ingress: [.allow("destination: {ports: [80]}")]),
    ],
    warnings: ["ports-without-protocol"],
    strictErrors: ["ports-without-protocol"],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "pre-dnat in(eth0): policy any[0]"),
      .allow("udp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "pre-dnat in(eth0): policy any[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): no-profile-matched"),
      .deny("icmp 203.0.113.9 -> 10.0.0.1", .toHost, by: "normal in(eth0): no-profile-matched"),
      .deny("sctp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): no-profile-matched"),
    ]
  )

  private static let rawAndMangle: [Manifest] = [
    .policy("raw", "all()", kind: .untracked, ingress: [.deny()], egress: [.deny()]),
    .policy("mangle", "all()", kind: .preDNAT, ingress: [.deny()]),
  ]

  private static let d15 = Claim(
    "D15",
    "untracked and pre-DNAT policies never apply to workload endpoints",
    world: [.host, .w1, .w2, .policy("open", "has(app)", ingress: [.allow()], egress: [.allow()])] + rawAndMangle,
    checks: [
      .allow("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "workload in(cali1): policy open[0]"),
      .allow("tcp w1 -> 203.0.113.9:80", .fromWorkload, by: "workload out(cali1): policy open[0]"),
      .allow("tcp w1 -> w2:80", .workloadToWorkload, by: "workload in(cali2): policy open[0]"),
    ]
  )

  private static let d15Profile = Claim(
    "D15",
    "nor do they keep a workload's profiles from being asked",
    world: [
      .host, .eth0, .workload("w1", "10.65.0.1/32", on: "cali1", profiles: "open"),
      .profile("open", ingress: [.allow()], egress: [.allow()]),
    ] + rawAndMangle,
    checks: [
      .allow("tcp 10.1.0.9 -> w1:80 in eth1", .toWorkload, by: "workload in(cali1): profile open[0]"),
      .deny("tcp 203.0.113.9 -> w1:80 in eth0", .toWorkload, by: "untracked in(eth0): policy raw[0]"),
    ]
  )

  private static let d16 = Claim(
    "D16",
    "a policy in which any rule has ICMP type 0 or code 0: honoured, or missing altogether",
    world: [
      .host, .hostEndpoint("h", labels: "role: edge", interface: "eth0", profiles: "base"),
      .profile("base", ingress: [.allow("tcp", to: 81)]),
      .policy(
        "ping",
        "role == 'edge'",
        ingress: [.allow("protocol: icmp, icmp: {type: 8, code: 0}"), .allow("tcp", to: 80)]
      ),
    ],
    warnings: ["icmp-zero"],
    checks: [
      .allow(
        "icmp 203.0.113.9 -> 10.0.0.1",
        .toHost,
        by: "normal in(eth0): policy ping[0]",
        calico: .deny("normal in(eth0): no-profile-matched")
      ),
      .deny(
        "icmp 203.0.113.9 -> 10.0.0.1 code 1",
        .toHost,
        by: "normal in(eth0): no-policy-matched",
        calico: .deny("normal in(eth0): no-profile-matched")
      ),
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:80",
        .toHost,
        by: "normal in(eth0): policy ping[1]",
        calico: .deny("normal in(eth0): no-profile-matched")
      ),
      .deny(
        "tcp 203.0.113.9 -> 10.0.0.1:81",
        .toHost,
        by: "normal in(eth0): no-policy-matched",
        calico: .allow("normal in(eth0): profile base[0]")
      ),
    ]
  )

  private static let d16Profile = Claim(
    "D16",
    "a profile with such a rule: honoured, or all its rules missing while its labels and tags stay",
    world: [
      .host, .hostEndpoint("h", interface: "eth0", profiles: "base"),
      .hostEndpoint("h1", labels: "role: inner", interface: "eth1", profiles: "base"),
      .profile(
        "base",
        labels: "zone: dmz",
        tags: "tagged",
        ingress: [.allow("tcp", to: 80), .deny("protocol: icmp, icmp: {type: 0}")]
      ),
      .policy("dmz", "zone == 'dmz' && has(tagged) && role == 'inner'", ingress: [.allow("tcp", to: 82)]),
    ],
    warnings: ["icmp-zero"],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:80",
        .toHost,
        by: "normal in(eth0): profile base[0]",
        calico: .deny("normal in(eth0): missing-profile base")
      ),
      .allow("tcp 10.1.0.9 -> 10.1.0.1:82", .toHost, by: "normal in(eth1): policy dmz[0]"),
    ]
  )
}
