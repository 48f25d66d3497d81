import Simulator

/// S78-S86: packets that arrive on a host interface for a local workload (K1).
extension Claim {
  static let toWorkload: [Claim] = [s78, s79, s80, s81, s82, s83, s84, s85, s86, s86Contrast]

  private static func web(ingress: Manifest.RuleText = .allow(), egress: [Manifest.RuleText] = []) -> Manifest {
    .policy("web", "app == 'web'", ingress: [ingress], egress: egress)
  }

  private static func raw(_ ingress: Manifest.RuleText...) -> Manifest {
    .policy("raw", "role == 'edge'", kind: .untracked, ingress: ingress)
  }

  private static let s78 = Claim(
    "S78",
    "pre-DNAT policy applies to packets for a local workload: its deny drops, its allow does not settle",
    world: [
      .host, .eth0, .w1, web(ingress: .allow("tcp", to: 80)),
      .policy(
        "mangle",
        "role == 'edge'",
        kind: .preDNAT,
        ingress: [.deny("protocol: tcp, source: {nets: [198.51.100.0/24]}"), .allow()]
      ),
    ],
    checks: [
      .deny("tcp 198.51.100.9 -> w1:80", .toWorkload, by: "pre-dnat in(eth0): policy mangle[0]"),
      .allow(
        "tcp 203.0.113.9 -> w1:80",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        gates: ["pre-dnat in(eth0): accepted"]
      ),
      .deny("tcp 203.0.113.9 -> w1:81", .toWorkload, by: "workload in(cali1): no-policy-matched"),
    ]
  )

  private static let s79 = Claim(
    "S79",
    "normal policy does not apply to packets for a local workload, be it deny or allow",
    world: [
      .host, .eth0, .w1, web(ingress: .allow("tcp", to: 80)),
      .policy("filter", "role == 'edge'", ingress: [.deny("tcp", to: 80), .allow("tcp", to: 81)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> w1:80",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        gates: ["normal in(eth0): never"]
      ),
      .deny("tcp 203.0.113.9 -> w1:81", .toWorkload, by: "workload in(cali1): no-policy-matched"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy filter[0]"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): policy filter[1]"),
    ]
  )

  private static let s80 = Claim(
    "S80",
    "the destination workload's ingress policy is enforced",
    world: [
      .host, .eth0, .w1, .w2,
      .policy("web", "app == 'web'", ingress: [.deny("tcp", to: 80), .allow("tcp", to: 81)]),
      .policy("db", "app == 'db'", ingress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .deny("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "workload in(cali1): policy web[0]"),
      .allow("tcp 203.0.113.9 -> w1:81", .toWorkload, by: "workload in(cali1): policy web[1]", out: "cali1"),
      .allow("tcp 203.0.113.9 -> w2:80", .toWorkload, by: "workload in(cali2): policy db[0]", out: "cali2"),
      .deny("tcp 203.0.113.9 -> w2:81", .toWorkload, by: "workload in(cali2): no-policy-matched"),
    ]
  )

  private static let s81 = Claim(
    "S81",
    "untracked policies technically do apply to packets for a local workload",
    world: [.host, .eth0, .w1, web(), raw(.deny("tcp", to: 80))],
    checks: [
      .deny("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "untracked in(eth0): policy raw[0]"),
      .allow("tcp 203.0.113.9 -> w1:81", .toWorkload, by: "workload in(cali1): policy web[0]"),
    ]
  )

  private static let s82 = Claim(
    "S82",
    "an untracked allow has no good effect there: the workload's policy still decides",
    world: [.host, .eth0, .w1, web(ingress: .allow("tcp", to: 80)), raw(.allow("tcp", to: 81))],
    checks: [
      .deny(
        "tcp 203.0.113.9 -> w1:81",
        .toWorkload,
        by: "workload in(cali1): no-policy-matched",
        gates: ["untracked in(eth0): accepted"],
        notes: ["untracked-to-workload"]
      ),
      .allow("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "workload in(cali1): policy web[0]"),
    ]
  )

  private static let s83 = Claim(
    "S83",
    "an untracked allow forwards the packet to the workload without connection tracking",
    world: [.host, .eth0, .w1, web(), raw(.allow("tcp", to: 80))],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> w1:80",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .invalid,
        gates: ["conntrack: untracked", "untracked in(eth0): accepted"],
        notes: ["untracked-to-workload"]
      ),
      .allow(
        "tcp 203.0.113.9 -> w1:81",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        gates: ["conntrack: new"]
      ),
    ]
  )

  private static let s84 = Claim(
    "S84",
    "the answer then finds no connection to belong to",
    world: [.host, .eth0, .w1, web(), raw(.allow())],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> w1:80",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .deny("workload out(cali1): conntrack-invalid"),
        notes: ["untracked-to-workload"]
      ),
      .allow(
        "icmp 203.0.113.9 -> w1",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .deny("workload out(cali1): conntrack-invalid"),
        notes: ["untracked-to-workload"]
      ),
      .allow(
        "udp 203.0.113.9 -> w1:80",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .deny("workload out(cali1): no-policy-matched"),
        notes: ["untracked-to-workload"]
      ),
    ]
  )

  private static let s85 = Claim(
    "S85",
    "no egress rules of the untracked policy apply to the answer",
    world: [
      .host, .eth0, .w1, web(),
      .policy("raw", "role == 'edge'", kind: .untracked, ingress: [.allow()], egress: [.allow()]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> w1:80",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .deny("workload out(cali1): conntrack-invalid"),
        notes: ["untracked-to-workload"]
      ),
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:80",
        .toHost,
        by: "untracked in(eth0): policy raw[0]",
        reply: .allow("untracked out(eth0): policy raw[0]")
      ),
    ]
  )

  private static let s86 = Claim(
    "S86",
    "the answer is dropped unless the workload's policy itself allows it",
    world: [
      .host, .eth0, .w1, raw(.allow()),
      web(egress: [.allow("protocol: udp, destination: {nets: [203.0.113.9/32]}")]),
    ],
    checks: [
      .allow(
        "udp 203.0.113.9 -> w1:80",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .allow("workload out(cali1): policy web[0]"),
        notes: ["untracked-to-workload"]
      ),
      .allow(
        "udp 203.0.113.8 -> w1:80",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        reply: .deny("workload out(cali1): no-policy-matched"),
        notes: ["untracked-to-workload"]
      ),
    ]
  )

  private static let s86Contrast = Claim(
    "S86",
    "without the untracked policy the answer belongs to a connection",
    world: [.host, .eth0, .w1, web()],
    checks: ["tcp 203.0.113.9 -> w1:80", "udp 203.0.113.8 -> w1:80", "icmp 203.0.113.9 -> w1"].map {
      .allow($0, .toWorkload, by: "workload in(cali1): policy web[0]")
    }
  )
}
