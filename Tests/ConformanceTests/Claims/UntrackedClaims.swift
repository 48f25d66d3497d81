import Simulator

/// «Untracked» of SEMANTICS section 9: S57-S65.
extension Claim {
  static let untracked: [Claim] = [
    s57, s58, s58Contrast, s58NodePort, s61, s61Contrast, s62, s62Scenario, s63, s64, s65,
  ]

  private static let open = Manifest.policy("open", "all()", order: 100, ingress: [.allow()], egress: [.allow()])

  private static let s57 = Claim(
    "S57",
    "untracked policy comes before connection tracking: it drops packets of known connections",
    world: [
      .host, .eth0, open, .policy("cut", "role == 'edge'", kind: .untracked, egress: [.deny("tcp", from: 80)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:80",
        .toHost,
        by: "normal in(eth0): policy open[0]",
        reply: .deny("untracked out(eth0): policy cut[0]")
      ),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): policy open[0]"),
    ]
  )

  private static let s58 = Claim(
    "S58",
    "what untracked policy allows is not tracked, so the answer belongs to no connection",
    world: [
      .host, .eth0, open, .policy("server", "role == 'edge'", kind: .untracked, ingress: [.allow("tcp", to: 999)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:999",
        .toHost,
        by: "untracked in(eth0): policy server[0]",
        reply: .deny("normal out(eth0): conntrack-invalid"),
        gates: ["conntrack: untracked"],
        notes: ["untracked-one-way"]
      ),
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:998",
        .toHost,
        by: "normal in(eth0): policy open[0]",
        gates: ["conntrack: new"]
      ),
    ]
  )

  private static let s58Contrast = Claim(
    "S58",
    "the same rule in a tracked policy makes a connection",
    world: [.host, .eth0, .policy("server", "role == 'edge'", ingress: [.allow("tcp", to: 999)])],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:999",
        .toHost,
        by: "normal in(eth0): policy server[0]",
        gates: ["conntrack: new"]
      )
    ]
  )

  private static let s58NodePort = Claim(
    "S58",
    "what is not tracked is not DNATed either: sent to a NodePort it goes to the host itself",
    world: [
      .host(dnat: "{protocol: tcp, address: 10.0.0.1, port: 30080, toAddress: 10.65.0.1, toPort: 8080}"), .eth0, .w1,
      .policy("web", "app == 'web'", ingress: [.allow("tcp", to: 8080)]),
      .policy(
        "raw",
        "role == 'edge'",
        kind: .untracked,
        ingress: [.allow("protocol: tcp, source: {nets: [203.0.113.9/32]}")],
        egress: [.allow("protocol: tcp, destination: {nets: [203.0.113.9/32]}")]
      ),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:30080",
        .toHost,
        by: "untracked in(eth0): policy raw[0]",
        reply: .allow("untracked out(eth0): policy raw[0]"),
        out: "host",
        notes: ["dnat-lost"]
      ),
      .allow(
        "tcp 203.0.113.8 -> 10.0.0.1:30080",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        out: "cali1",
        gates: ["dnat: 0"]
      ),
    ]
  )

  private static let s61 = Claim(
    "S61",
    "an untracked policy needs its rules for both directions",
    world: [
      .host, .eth0,
      .policy(
        "server",
        "role == 'edge'",
        kind: .untracked,
        ingress: [.allow("tcp", to: 999), .allow("udp", to: 999)],
        egress: [.allow("tcp", from: 999), .allow("udp", from: 999)]
      ),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:999",
        .toHost,
        by: "untracked in(eth0): policy server[0]",
        reply: .allow("untracked out(eth0): policy server[0]")
      ),
      .allow(
        "udp 203.0.113.9 -> 10.0.0.1:999",
        .toHost,
        by: "untracked in(eth0): policy server[1]",
        reply: .allow("untracked out(eth0): policy server[1]")
      ),
    ]
  )

  private static let s61Contrast = Claim(
    "S61",
    "with the ingress rule alone nothing comes back",
    world: [
      .host, .eth0,
      .policy(
        "server",
        "role == 'edge'",
        kind: .untracked,
        ingress: [.allow("tcp", to: 999), .allow("udp", to: 999)]
      ),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:999",
        .toHost,
        by: "untracked in(eth0): policy server[0]",
        reply: .deny("normal out(eth0): conntrack-invalid"),
        notes: ["untracked-one-way"]
      ),
      .allow(
        "udp 203.0.113.9 -> 10.0.0.1:999",
        .toHost,
        by: "untracked in(eth0): policy server[1]",
        reply: .deny("normal out(eth0): no-profile-matched"),
        notes: ["untracked-one-way"]
      ),
    ]
  )

  private static let s62 = Claim(
    "S62",
    "the egress rule is about the source port: one for destination port 999 does not serve",
    world: [
      .host, .eth0,
      .policy(
        "server",
        "role == 'edge'",
        kind: .untracked,
        ingress: [.allow("tcp", to: 999)],
        egress: [.allow("tcp", to: 999)]
      ),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:999",
        .toHost,
        by: "untracked in(eth0): policy server[0]",
        reply: .deny("normal out(eth0): conntrack-invalid"),
        notes: ["untracked-one-way"]
      )
    ]
  )

  private static let s62Scenario = Claim(
    "S62",
    "the seed's server on port 999: in to 999, out from 999",
    world: [.scenario("seed/untracked")],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.20:999 in eth0",
        .toHost,
        by: "untracked in(eth0): policy port-999[0]",
        reply: .allow("untracked out(eth0): policy port-999[0]"),
        gates: ["conntrack: untracked"]
      ),
      .allow(
        "udp 10.0.0.9:40000 -> 10.0.0.20:11211 in eth0",
        .toHost,
        by: "untracked in(eth0): policy memcached[1]",
        reply: .allow("untracked out(eth0): policy memcached[1]")
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.20:11211 in eth0", .toHost, by: "normal in(eth0): no-profile-matched"),
      .deny("tcp 203.0.113.9 -> 10.0.0.20:998 in eth0", .toHost, by: "normal in(eth0): no-profile-matched"),
    ]
  )

  private static let s63 = Claim(
    "S63",
    "a tracked policy usually needs the ingress rule only",
    world: [.host, .eth0, .policy("server", "role == 'edge'", ingress: [.allow("tcp", to: 999)])],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:999",
        .toHost,
        by: "normal in(eth0): policy server[0]",
        reply: .allow("normal out(eth0): conntrack-established")
      ),
      .deny("tcp 10.0.0.1:999 -> 203.0.113.9:49152", .fromHost, by: "normal out(eth0): no-policy-matched"),
    ]
  )

  private static let s64 = Claim(
    "S64",
    "untracked ingress rules see everything that arrives through the host endpoint, replies included",
    world: [
      .host, .eth0, .w1, open,
      .policy(
        "cut",
        "role == 'edge'",
        kind: .untracked,
        ingress: [.deny("tcp", to: 999), .deny("tcp", from: 80)]
      ),
    ],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:999", .toHost, by: "untracked in(eth0): policy cut[0]"),
      .deny("tcp 203.0.113.9 -> w1:999", .toWorkload, by: "untracked in(eth0): policy cut[0]"),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:999", .forwarded, by: "untracked in(eth0): policy cut[0]"),
      .allow("tcp 203.0.113.9 -> w1:998", .toWorkload, by: "workload in(cali1): policy open[0]"),
      .allow(
        "tcp 10.0.0.1 -> 203.0.113.9:80",
        .fromHost,
        by: "normal out(eth0): policy open[0]",
        reply: .deny("untracked in(eth0): policy cut[1]")
      ),
      .allow(
        "tcp w1 -> 203.0.113.9:80",
        .fromWorkload,
        by: "workload out(cali1): policy open[0]",
        reply: .deny("untracked in(eth0): policy cut[1]")
      ),
      .allow(
        "tcp 10.1.0.9 -> 203.0.113.9:80 in eth1",
        .forwarded,
        by: "normal out(eth0): policy open[0]",
        reply: .deny("untracked in(eth0): policy cut[1]")
      ),
      .allow("tcp w1 -> 203.0.113.9:81", .fromWorkload, by: "workload out(cali1): policy open[0]"),
    ]
  )

  private static let s65 = Claim(
    "S65",
    "untracked egress rules see only what the host itself sends",
    world: [.host, .eth0, .w1, open, .policy("cut", "role == 'edge'", kind: .untracked, egress: [.deny()])],
    checks: [
      .deny("tcp 10.0.0.1 -> 203.0.113.9:80", .fromHost, by: "untracked out(eth0): policy cut[0]"),
      .allow("tcp w1 -> 203.0.113.9:80", .fromWorkload, by: "workload out(cali1): policy open[0]"),
      .allow("tcp 10.1.0.9 -> 203.0.113.9:80 in eth1", .forwarded, by: "normal out(eth0): policy open[0]"),
      .allow("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "workload in(cali1): policy open[0]"),
      .allow("tcp 203.0.113.9 -> 10.1.0.9:80", .forwarded, by: "normal in(eth0): policy open[0]"),
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:80",
        .toHost,
        by: "normal in(eth0): policy open[0]",
        reply: .deny("untracked out(eth0): policy cut[0]")
      ),
    ]
  )
}
