import Simulator

/// «Failsafe» of SEMANTICS section 9: S49-S53.
extension Claim {
  static let failsafe: [Claim] = [s49, s49Outbound, s50, s51, s52, s53("none"), s53("[]")]

  private static let shutEverywhere: [Manifest] = [
    .host, .eth0, .eth1,
    .policy("raw", "all()", order: -5, kind: .untracked, ingress: [.deny("tcp", to: 22), .deny("tcp", to: 23)]),
    .policy("mangle", "all()", order: -5, kind: .preDNAT, ingress: [.deny()]),
    .policy("filter", "all()", order: -5, ingress: [.deny()], egress: [.deny()]),
  ]

  private static let s49 = Claim(
    "S49",
    "the failsafe ports stay open inwards whatever the policies of all kinds say",
    world: shutEverywhere,
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.0.0.1:22",
        .toHost,
        by: "normal in(eth0): failsafe tcp 22",
        gates: ["untracked in(eth0): accepted", "pre-dnat in(eth0): accepted", "normal in(eth0): accepted"]
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:23", .toHost, by: "untracked in(eth0): policy raw[1]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:24", .toHost, by: "pre-dnat in(eth0): policy mangle[0]"),
    ]
  )

  private static let s49Outbound = Claim(
    "S49",
    "the failsafe ports stay open outwards, too",
    world: shutEverywhere + [.policy("raw-out", "all()", kind: .untracked, egress: [.deny("tcp", to: 2379)])],
    checks: [
      .allow("tcp 10.0.0.1 -> 203.0.113.9:2379", .fromHost, by: "normal out(eth0): failsafe tcp 2379"),
      .deny("tcp 10.0.0.1 -> 203.0.113.9:2378", .fromHost, by: "normal out(eth0): policy filter[0]"),
    ]
  )

  private static func isOpen(_ flow: String, _ path: Path, _ port: String) -> Check {
    let site = path == .toHost ? "normal in(eth0)" : "normal out(eth0)"
    return .allow(flow, path, by: "\(site): failsafe \(port)")
  }

  private static func isShut(_ flow: String, _ path: Path) -> Check {
    .deny(
      flow,
      path,
      by: path == .toHost ? "normal in(eth0): no-profile-matched" : "normal out(eth0): no-profile-matched"
    )
  }

  private static let s50 = Claim(
    "S50",
    "inwards it is TCP port 22",
    world: [.host, .eth0],
    checks: [
      isOpen("tcp 203.0.113.9 -> 10.0.0.1:22", .toHost, "tcp 22"),
      isShut("udp 203.0.113.9 -> 10.0.0.1:22", .toHost),
      isShut("tcp 203.0.113.9 -> 10.0.0.1:21", .toHost),
      isShut("tcp 203.0.113.9 -> 10.0.0.1:2379", .toHost),
      isShut("tcp 10.0.0.1 -> 203.0.113.9:22", .fromHost),
    ]
  )

  private static let s51 = Claim(
    "S51",
    "outwards it is TCP ports 2379, 2380, 4001 and 7001",
    world: [.host, .eth0],
    checks: [2379, 2380, 4001, 7001].flatMap { port in
      [
        isOpen("tcp 10.0.0.1 -> 203.0.113.9:\(port)", .fromHost, "tcp \(port)"),
        isShut("udp 10.0.0.1 -> 203.0.113.9:\(port)", .fromHost),
        isShut("tcp 10.0.0.1 -> 203.0.113.9:\(port + 2)", .fromHost),
        isShut("tcp 203.0.113.9 -> 10.0.0.1:\(port)", .toHost),
      ]
    }
  )

  private static let s52 = Claim(
    "S52",
    "the ports can be configured; the defaults are then gone",
    world: [
      .host(
        felix: "failsafeInboundHostPorts: [{protocol: tcp, port: 2222}, {protocol: udp, port: 161}], "
          + "failsafeOutboundHostPorts: \"udp:514,tcp:443\""
      ),
      .eth0,
    ],
    checks: [
      isOpen("tcp 203.0.113.9 -> 10.0.0.1:2222", .toHost, "tcp 2222"),
      isOpen("udp 203.0.113.9 -> 10.0.0.1:161", .toHost, "udp 161"),
      isShut("tcp 203.0.113.9 -> 10.0.0.1:22", .toHost),
      isShut("tcp 203.0.113.9 -> 10.0.0.1:161", .toHost),
      isOpen("udp 10.0.0.1 -> 203.0.113.9:514", .fromHost, "udp 514"),
      isOpen("tcp 10.0.0.1 -> 203.0.113.9:443", .fromHost, "tcp 443"),
      isShut("tcp 10.0.0.1 -> 203.0.113.9:2379", .fromHost),
      isShut("udp 10.0.0.1 -> 203.0.113.9:53", .fromHost),
    ]
  )

  private static func s53(_ value: String) -> Claim {
    Claim(
      "S53",
      "\(value) empties the list, of one direction alone, too",
      world: [
        .host(felix: "failsafeInboundHostPorts: \(value)"),
        .host("other-host", felix: "failsafeOutboundHostPorts: \(value)"),
        .eth0, .hostEndpoint("eth0-hep", node: "other-host", interface: "eth0"),
      ],
      checks: [
        isShut("tcp 203.0.113.9 -> 10.0.0.1:22 on my-host", .toHost),
        isOpen("tcp 10.0.0.1 -> 203.0.113.9:2379 on my-host", .fromHost, "tcp 2379"),
        isOpen("tcp 203.0.113.9 -> 10.0.0.1:22 on other-host", .toHost, "tcp 22"),
        isShut("tcp 10.0.0.1 -> 203.0.113.9:2379 on other-host", .fromHost),
        isShut("tcp 10.0.0.1 -> 203.0.113.9:7001 on other-host", .fromHost),
      ]
    )
  }
}
