import Simulator

/// D8: what the failsafes mean beyond the host's own traffic.
extension Claim {
  private static let shutAll = Manifest.policy("shut", "all()", ingress: [.deny()], egress: [.deny()])

  static let d8Forwarded = Claim(
    "D8",
    "an inbound failsafe at A passes forwarded packets, too, and B is not asked",
    world: [.host, .eth0, .eth1, shutAll],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.1.0.9:22",
        .forwarded,
        by: "normal in(eth0): failsafe tcp 22",
        out: "eth1",
        gates: ["normal out(eth1): final already"]
      ),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:23", .forwarded, by: "normal in(eth0): policy shut[0]"),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:2379", .forwarded, by: "normal in(eth0): policy shut[0]"),
    ]
  )

  static let d8Egress = Claim(
    "D8",
    "an outbound failsafe at B passes forwarded packets, if A lets them come so far",
    world: [
      .host, .eth0, .eth1, .policy("shut", "role == 'inner'", ingress: [.deny()], egress: [.deny()]),
      .policy("open", "role == 'edge'", ingress: [.allow()]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.1.0.9:2379", .forwarded, by: "normal out(eth1): failsafe tcp 2379"),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:2378", .forwarded, by: "normal out(eth1): policy shut[0]"),
    ]
  )

  static let d8ToWorkload = Claim(
    "D8",
    "towards a workload a failsafe port skips untracked and pre-DNAT policy; W's own policy still decides",
    world: [
      .host, .eth0, .w1, .w2, .policy("web", "app == 'web'", ingress: [.allow("tcp", to: 22)]),
      .policy("raw", "role == 'edge'", kind: .untracked, ingress: [.deny("protocol: tcp")]),
      .policy("mangle", "role == 'edge'", kind: .preDNAT, ingress: [.deny()]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> w1:22",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        gates: ["untracked in(eth0): accepted", "pre-dnat in(eth0): accepted", "conntrack: new"]
      ),
      .deny("tcp 203.0.113.9 -> w2:22", .toWorkload, by: "workload in(cali2): no-profile-matched"),
      .deny("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "untracked in(eth0): policy raw[0]"),
    ]
  )

  static let d8Reply = Claim(
    "D8",
    "the answers of failsafe flows are not exempt from untracked policy",
    world: [
      .host, .eth0, shutAll,
      .policy(
        "raw",
        "role == 'edge'",
        kind: .untracked,
        ingress: [.deny("tcp", from: 2379)],
        egress: [.deny("tcp", from: 22)]
      ),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:22",
        .toHost,
        by: "normal in(eth0): failsafe tcp 22",
        reply: .deny("untracked out(eth0): policy raw[0]")
      ),
      .allow(
        "tcp 10.0.0.1 -> 203.0.113.9:2379",
        .fromHost,
        by: "normal out(eth0): failsafe tcp 2379",
        reply: .deny("untracked in(eth0): policy raw[0]")
      ),
      .allow("tcp 10.0.0.1 -> 203.0.113.9:2380", .fromHost, by: "normal out(eth0): failsafe tcp 2380"),
    ]
  )
}
