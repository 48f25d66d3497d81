import Simulator

/// S90-S97: packets that arrive on host interface A and leave by host interface B (K3).
extension Claim {
  static let forwarded: [Claim] = [s90, s91, s91Contrast, s92, s93, s94, s94Half, s95, s96, s97]

  private static let open = Manifest.policy("open", "has(role)", ingress: [.allow()], egress: [.allow()])

  private static let s90 = Claim(
    "S90",
    "A's untracked ingress rules govern the packet and B's the answer; their egress rules nothing",
    world: [
      .host, .eth0, .eth1, open,
      .policy("outer", "role == 'edge'", kind: .untracked, ingress: [.deny("tcp", to: 81)], egress: [.deny()]),
      .policy("inner", "role == 'inner'", kind: .untracked, ingress: [.deny("tcp", from: 82)], egress: [.deny()]),
    ],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.1.0.9:81", .forwarded, by: "untracked in(eth0): policy outer[0]"),
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:82",
        .forwarded,
        by: "normal out(eth1): policy open[0]",
        reply: .deny("untracked in(eth1): policy inner[0]")
      ),
      .allow("tcp 203.0.113.9 -> 10.1.0.9:83", .forwarded, by: "normal out(eth1): policy open[0]"),
    ]
  )

  private static let s91 = Claim(
    "S91",
    "untracked ingress rules on A and B that mirror each other let both directions pass",
    world: [
      .host, .eth0, .eth1,
      .policy("outer", "role == 'edge'", kind: .untracked, ingress: [.allow("tcp", to: 999)]),
      .policy("inner", "role == 'inner'", kind: .untracked, ingress: [.allow("tcp", from: 999)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:999",
        .forwarded,
        by: "untracked in(eth0): policy outer[0]",
        reply: .allow("untracked in(eth1): policy inner[0]"),
        out: "eth1",
        gates: ["normal in(eth0): spared by outer", "normal out(eth1): spared by outer"],
        calico: .deny("normal out(eth1): no-profile-matched")
      )
    ]
  )

  private static let s91Contrast = Claim(
    "S91",
    "without the mirror on B the answer is lost",
    world: [
      .host, .eth0, .eth1,
      .policy(
        "outer",
        "role == 'edge'",
        kind: .untracked,
        ingress: [.allow("tcp", to: 999)],
        egress: [.allow("tcp", from: 999)]
      ),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:999",
        .forwarded,
        by: "untracked in(eth0): policy outer[0]",
        reply: .deny("normal in(eth1): conntrack-invalid"),
        notes: ["untracked-one-way"],
        calico: .deny("normal out(eth1): no-profile-matched")
      )
    ]
  )

  private static let s92 = Claim(
    "S92",
    "the pre-DNAT rules of A apply, those of B do not",
    world: [
      .host, .eth0, .eth1, open,
      .policy("outer", "role == 'edge'", kind: .preDNAT, ingress: [.deny("tcp", to: 81)]),
      .policy("inner", "role == 'inner'", kind: .preDNAT, ingress: [.deny()]),
    ],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.1.0.9:81", .forwarded, by: "pre-dnat in(eth0): policy outer[0]"),
      .allow("tcp 203.0.113.9 -> 10.1.0.9:82", .forwarded, by: "normal out(eth1): policy open[0]"),
      .deny("tcp 10.1.0.9 -> 203.0.113.9:82", .forwarded, by: "pre-dnat in(eth1): policy inner[0]"),
    ]
  )

  private static let s93 = Claim(
    "S93",
    "the answer to a pre-DNAT allow passes by connection state, against B's policies",
    world: [
      .host, .eth0, .eth1,
      .policy("outer", "role == 'edge'", kind: .preDNAT, ingress: [.allow("tcp", to: 80)]),
      .policy("inner", "role == 'inner'", kind: .preDNAT, ingress: [.deny()]),
      .policy("filter", "has(role)", ingress: [.deny()], egress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:80",
        .forwarded,
        by: "pre-dnat in(eth0): policy outer[0]",
        reply: .allow("conntrack-established"),
        calico: .allow("normal out(eth1): policy filter[0]")
      ),
      .deny("tcp 10.1.0.9:80 -> 203.0.113.9:80", .forwarded, by: "pre-dnat in(eth1): policy inner[0]"),
    ]
  )

  private static let s94 = Claim(
    "S94",
    "A's normal ingress rules and B's normal egress rules apply, not the other two lists",
    world: [
      .host, .eth0, .eth1,
      .policy("outer", "role == 'edge'", ingress: [.allow("tcp", to: 80), .allow("tcp", to: 81)], egress: [.deny()]),
      .policy("inner", "role == 'inner'", ingress: [.deny()], egress: [.allow("tcp", to: 80), .allow("tcp", to: 82)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:80",
        .forwarded,
        by: "normal out(eth1): policy inner[0]",
        out: "eth1",
        gates: ["normal in(eth0): accepted", "normal out(eth1): accepted"]
      ),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:81", .forwarded, by: "normal out(eth1): no-policy-matched"),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:82", .forwarded, by: "normal in(eth0): no-policy-matched"),
      .deny("tcp 10.1.0.9 -> 203.0.113.9:80", .forwarded, by: "normal in(eth1): policy inner[0]"),
    ]
  )

  private static let s94Half = Claim(
    "S94",
    "where only B has a host endpoint, its egress rules decide alone",
    world: [.host, .eth1, .policy("inner", "role == 'inner'", egress: [.allow("tcp", to: 80)])],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:80",
        .forwarded,
        by: "normal out(eth1): policy inner[0]",
        gates: ["normal in(eth0): no endpoint"]
      ),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:81", .forwarded, by: "normal out(eth1): no-policy-matched"),
    ]
  )

  private static let s95 = Claim(
    "S95",
    "what A's untracked policy allows skips pre-DNAT and any normal policy",
    world: [
      .host, .eth0, .eth1, shut,
      .policy("raw", "role == 'edge'", kind: .untracked, ingress: [.allow("udp", to: 80)]),
      .policy("mangle", "role == 'edge'", kind: .preDNAT, ingress: [.deny("udp", to: 80)]),
      .policy("back", "role == 'inner'", kind: .untracked, ingress: [.allow("udp", from: 80)]),
    ],
    checks: [
      .allow(
        "udp 203.0.113.9 -> 10.1.0.9:80",
        .forwarded,
        by: "untracked in(eth0): policy raw[0]",
        reply: .allow("untracked in(eth1): policy back[0]"),
        gates: [
          "pre-dnat in(eth0): spared by raw", "normal in(eth0): spared by raw", "normal out(eth1): spared by raw",
        ],
        calico: .deny("normal out(eth1): policy shut[0]")
      ),
      .deny("udp 203.0.113.9 -> 10.1.0.9:81", .forwarded, by: "normal in(eth0): policy shut[0]"),
    ]
  )

  private static let s96 = Claim(
    "S96",
    "what A's pre-DNAT policy allows skips any normal policy",
    world: [
      .host, .eth0, .eth1, shut,
      .policy("mangle", "role == 'edge'", kind: .preDNAT, ingress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:80",
        .forwarded,
        by: "pre-dnat in(eth0): policy mangle[0]",
        gates: ["normal in(eth0): spared by mangle", "normal out(eth1): spared by mangle"],
        calico: .deny("normal out(eth1): policy shut[0]")
      ),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:81", .forwarded, by: "normal in(eth0): policy shut[0]"),
    ]
  )

  private static let s97 = Claim(
    "S97",
    "a packet may leave by the interface on which it arrived: one endpoint's ingress, then its egress",
    world: [
      .host, .eth0,
      .policy(
        "edge",
        "role == 'edge'",
        ingress: [.allow("tcp", to: 80), .allow("tcp", to: 81)],
        egress: [.allow("tcp", to: 80), .allow("tcp", to: 82)]
      ),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.7:80 in eth0",
        .forwarded,
        by: "normal out(eth0): policy edge[0]",
        out: "eth0",
        gates: ["normal in(eth0): accepted"]
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.7:81 in eth0", .forwarded, by: "normal out(eth0): no-policy-matched"),
      .deny("tcp 203.0.113.9 -> 10.0.0.7:82 in eth0", .forwarded, by: "normal in(eth0): no-policy-matched"),
    ]
  )
}
