import Simulator

/// «When they apply» of SEMANTICS section 9: S77-S101.
extension Claim {
  static let whenTheyApply: [Claim] =
    [s77] + toWorkload + toHost + forwarded + [s98, s99, s100, s101]

  static let shut = Manifest.policy("shut", "has(role)", order: 100, ingress: [.deny()], egress: [.deny()])

  private static let s77 = Claim(
    "S77",
    "normal policy is about what arrives on or is sent to a host interface, but for local workloads",
    world: [
      .host, .eth0, .w1, shut, .policy("open", "app == 'web'", ingress: [.allow()], egress: [.allow()]),
    ],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy shut[0]"),
      .deny("tcp 10.0.0.1 -> 203.0.113.9:80", .fromHost, by: "normal out(eth0): policy shut[0]"),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:80", .forwarded, by: "normal in(eth0): policy shut[0]"),
      .deny("tcp 10.1.0.9 -> 203.0.113.9:80", .forwarded, by: "normal out(eth0): policy shut[0]"),
      .allow("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "workload in(cali1): policy open[0]"),
      .allow("tcp w1 -> 203.0.113.9:80", .fromWorkload, by: "workload out(cali1): policy open[0]"),
    ]
  )

  // MARK: Host interface to host (K2)

  private static let toHost: [Claim] = [s87, s88, s89]

  private static let s87 = Claim(
    "S87",
    "untracked, pre-DNAT and normal policy all apply to what the host itself gets",
    world: [
      .host, .eth0,
      .policy("raw", "role == 'edge'", kind: .untracked, ingress: [.deny("tcp", to: 81)]),
      .policy("mangle", "role == 'edge'", kind: .preDNAT, ingress: [.deny("tcp", to: 82)]),
      .policy("filter", "role == 'edge'", ingress: [.deny("tcp", to: 83), .allow()]),
    ],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "untracked in(eth0): policy raw[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:82", .toHost, by: "pre-dnat in(eth0): policy mangle[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:83", .toHost, by: "normal in(eth0): policy filter[0]"),
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:84",
        .toHost,
        by: "normal in(eth0): policy filter[1]",
        gates: ["untracked in(eth0): no verdict", "pre-dnat in(eth0): no verdict"]
      ),
    ]
  )

  private static let s88 = Claim(
    "S88",
    "what untracked policy allows skips pre-DNAT and normal policy",
    world: [
      .host, .eth0, shut,
      .policy(
        "raw",
        "role == 'edge'",
        order: 100,
        kind: .untracked,
        ingress: [.allow("tcp", to: 80)],
        egress: [.allow("tcp", from: 80)]
      ),
      .policy("mangle", "role == 'edge'", order: 1, kind: .preDNAT, ingress: [.deny()]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:80",
        .toHost,
        by: "untracked in(eth0): policy raw[0]",
        reply: .allow("untracked out(eth0): policy raw[0]"),
        gates: ["pre-dnat in(eth0): spared by raw", "normal in(eth0): spared by raw"]
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "pre-dnat in(eth0): policy mangle[0]"),
    ]
  )

  private static let s89 = Claim(
    "S89",
    "what pre-DNAT policy allows skips normal policy",
    world: [
      .host, .eth0, shut,
      .policy("mangle", "role == 'edge'", order: 200, kind: .preDNAT, ingress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:80",
        .toHost,
        by: "pre-dnat in(eth0): policy mangle[0]",
        gates: ["normal in(eth0): spared by mangle"]
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): policy shut[0]"),
    ]
  )

  // MARK: Host to host interface (K4)

  private static let s98 = Claim(
    "S98",
    "the host's own packets meet the untracked egress rules of the interface that they leave by",
    world: [
      .host, .eth0, .eth1, .policy("open", "all()", ingress: [.allow()], egress: [.allow()]),
      .policy(
        "raw",
        "role == 'edge'",
        kind: .untracked,
        ingress: [.deny("tcp", to: 82), .allow("tcp", from: 80)],
        egress: [.allow("tcp", to: 80), .deny("tcp", to: 81)]
      ),
    ],
    checks: [
      .allow(
        "tcp 10.0.0.1 -> 203.0.113.9:80",
        .fromHost,
        by: "untracked out(eth0): policy raw[0]",
        reply: .allow("untracked in(eth0): policy raw[1]"),
        gates: ["normal out(eth0): spared by raw"]
      ),
      .deny("tcp 10.0.0.1 -> 203.0.113.9:81", .fromHost, by: "untracked out(eth0): policy raw[1]"),
      .allow("tcp 10.0.0.1 -> 203.0.113.9:82", .fromHost, by: "normal out(eth0): policy open[0]"),
      .allow("tcp 10.1.0.1 -> 10.1.0.9:81", .fromHost, by: "normal out(eth1): policy open[0]"),
    ]
  )

  private static let s99 = Claim(
    "S99",
    "the host's own packets meet the normal egress rules of that interface",
    world: [
      .host, .eth0, .eth1,
      .policy("outer", "role == 'edge'", ingress: [.allow("tcp", to: 81)], egress: [.allow("tcp", to: 80)]),
      .policy("inner", "role == 'inner'", ingress: [.allow("tcp", to: 80)], egress: [.allow("tcp", to: 81)]),
    ],
    checks: [
      .allow("tcp 10.0.0.1 -> 203.0.113.9:80", .fromHost, by: "normal out(eth0): policy outer[0]", out: "eth0"),
      .deny("tcp 10.0.0.1 -> 203.0.113.9:81", .fromHost, by: "normal out(eth0): no-policy-matched"),
      .allow("tcp 10.1.0.1 -> 10.1.0.9:81", .fromHost, by: "normal out(eth1): policy inner[0]", out: "eth1"),
      .deny("tcp 10.1.0.1 -> 10.1.0.9:80", .fromHost, by: "normal out(eth1): no-policy-matched"),
    ]
  )

  private static let s100 = Claim(
    "S100",
    "pre-DNAT policy does not apply to what the host sends, nor to its answers",
    world: [
      .host, .eth0, .policy("filter", "role == 'edge'", egress: [.allow("tcp", to: 80)]),
      .policy("mangle", "role == 'edge'", kind: .preDNAT, ingress: [.deny()]),
    ],
    checks: [
      .allow(
        "tcp 10.0.0.1 -> 203.0.113.9:80",
        .fromHost,
        by: "normal out(eth0): policy filter[0]",
        reply: .allow("normal in(eth0): conntrack-established")
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "pre-dnat in(eth0): policy mangle[0]"),
    ]
  )

  private static let s101 = Claim(
    "S101",
    "no host endpoint policy of any kind applies to what a workload sends out",
    world: [
      .host, .eth0, .w1, shut,
      .policy("raw", "role == 'edge'", kind: .untracked, egress: [.deny()]),
      .policy("mangle", "role == 'edge'", kind: .preDNAT, ingress: [.deny()]),
      .policy("web", "app == 'web'", egress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow(
        "tcp w1 -> 203.0.113.9:80",
        .fromWorkload,
        by: "workload out(cali1): policy web[0]",
        reply: .allow("workload in(cali1): conntrack-established"),
        out: "eth0",
        gates: ["normal out(eth0): never"]
      ),
      .deny("tcp w1 -> 203.0.113.9:81", .fromWorkload, by: "workload out(cali1): no-policy-matched"),
      .deny("tcp 10.0.0.1 -> 203.0.113.9:80", .fromHost, by: "untracked out(eth0): policy raw[0]"),
    ]
  )
}
