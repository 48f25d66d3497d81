import Simulator

/// A good part of the claims once more in IPv6: on one network with routes, DNAT and two workloads.
extension Claim {
  static let ipv6: [Claim] = [
    v6S8, v6S20, v6S24, v6S24ICMPv6, v6S32, v6S38, v6S53, v6S58, v6S64, v6S67, v6S69, v6S74, v6S84, v6S86, v6S88, v6S91,
    v6S94, v6S97, v6S98, v6S101, v6S106, v6Routes, v6ICMP, v6Families,
  ]

  private static let v6 = v6Host()

  private static func v6Host(felix: String = "") -> Manifest {
    .host(
      interfaces: "{name: eth0, addresses: [\"2001:db8::1/64\", 10.0.0.1/24]}, "
        + "{name: eth1, addresses: [\"2001:db8:1::1/64\"]}",
      routes: "{to: \"::/0\", interface: eth0}, {to: \"2001:db8:2::/48\", interface: eth1}, "
        + "{to: \"2001:db8:2:9::/64\", interface: eth0}, {to: 0.0.0.0/0, interface: eth0}",
      dnat: "{protocol: tcp, address: \"2001:db8::1\", port: 30080, toAddress: \"2001:db8:65::1\", toPort: 8080}, "
        + "{protocol: tcp, address: \"2001:db8::1\", port: 30090, toAddress: \"2001:db8:1::9\", toPort: 9090}",
      felix: felix
    )
  }

  private static let v6Eth0 = Manifest.hostEndpoint("eth0-hep", labels: "role: edge", interface: "eth0")
  private static let v6Eth1 = Manifest.hostEndpoint("eth1-hep", labels: "role: inner", ips: "\"2001:db8:1::1\"")
  private static let v6W1 = Manifest.workload(
    "w1",
    "\"2001:db8:65::1/128\", 10.65.0.1/32",
    on: "cali1",
    labels: "app: web"
  )
  private static let v6Web = Manifest.policy("web", "app == 'web'", ingress: [.allow("tcp", to: 8080)])

  private static let v6S8 = Claim(
    "S8",
    "IPv6: a workload is shut until policy allows",
    world: [v6, v6W1, .workload("w2", "\"2001:db8:65::2/128\"", on: "cali2"), v6Web],
    checks: [
      .allow("tcp 2001:db8:f::9 -> [2001:db8:65::1]:8080", .toWorkload, by: "workload in(cali1): policy web[0]"),
      .deny("tcp 2001:db8:f::9 -> [2001:db8:65::2]:8080", .toWorkload, by: "workload in(cali2): no-profile-matched"),
      .deny("tcp w2 -> [2001:db8:f::9]:80", .fromWorkload, by: "workload out(cali2): no-profile-matched"),
      .allow("tcp 2001:db8::1 -> [2001:db8:65::2]:80 from host", .hostToWorkload, by: "not-policed"),
    ]
  )

  private static let v6S20 = Claim(
    "S20",
    "IPv6: without policy everything is denied but the failsafes",
    world: [v6, v6Eth0],
    checks: [
      .deny("tcp [2001:db8:f::9]:40000 -> [2001:db8::1]:80", .toHost, by: "normal in(eth0): no-profile-matched"),
      .allow("tcp 2001:db8:f::9 -> [2001:db8::1]:22", .toHost, by: "normal in(eth0): failsafe tcp 22"),
      .allow("tcp 2001:db8::1 -> [2001:db8:f::9]:2379", .fromHost, by: "normal out(eth0): failsafe tcp 2379"),
      .deny("icmp 2001:db8:f::9 -> 2001:db8::1", .toHost, by: "normal in(eth0): no-profile-matched"),
    ]
  )

  private static let v6S24 = Claim(
    "S24",
    "IPv6: the failsafe policy's icmp and nets are about IPv4 alone",
    world: [v6, v6Eth0, failsafePolicy()],
    checks: [
      .deny("icmpv6 2001:db8:f::9 -> 2001:db8::1", .toHost, by: "normal in(eth0): no-policy-matched"),
      .allow("icmp 203.0.113.9 -> 10.0.0.1 in eth0", .toHost, by: "normal in(eth0): policy failsafe[1]"),
      .deny("tcp 2001:db8::1 -> [2001:db8::5]:2381 from host", .fromHost, by: "normal out(eth0): no-policy-matched"),
    ]
  )

  private static let v6S24ICMPv6 = Claim(
    "S24",
    "IPv6: icmpv6 by name, and ICMPv6 by number",
    world: [
      v6, v6Eth0, v6Eth1,
      .policy("ping", "role == 'edge'", ingress: [.allow("protocol: icmpv6, icmp: {type: 128}")]),
      .policy("number", "role == 'inner'", ingress: [.allow("protocol: 58")]),
    ],
    checks: [
      .allow("icmp 2001:db8:f::9 -> 2001:db8::1", .toHost, by: "normal in(eth0): policy ping[0]"),
      .deny("icmp 203.0.113.9 -> 10.0.0.1 in eth0", .toHost, by: "normal in(eth0): no-policy-matched"),
      .deny(
        "58 203.0.113.9 -> 10.0.0.1 type 128 in eth0",
        .toHost,
        by: "normal in(eth0): no-policy-matched"
      ),
      .allow("58 203.0.113.9 -> 10.0.0.1 type 128 in eth1", .toHost, by: "normal in(eth1): policy number[0]"),
      .allow("icmp 2001:db8:1::9 -> 2001:db8:1::1", .toHost, by: "normal in(eth1): policy number[0]"),
    ]
  )

  private static let v6S32 = Claim(
    "S32",
    "IPv6: by expected address",
    world: [v6, v6Eth1],
    checks: [
      .deny("tcp 2001:db8:1::9 -> [2001:db8:1::1]:80", .toHost, by: "normal in(eth1): no-profile-matched"),
      .allow("tcp 2001:db8:f::9 -> [2001:db8::1]:80", .toHost, by: "not-policed", reply: .notPoliced),
    ]
  )

  private static let v6S38 = Claim(
    "S38",
    "IPv6: a selector stands for expectedIPs of both families",
    world: [
      v6, v6Eth0,
      .hostEndpoint(
        "far",
        node: "far-host",
        labels: "role: client",
        ips: "\"2001:db8:f::7\", 198.51.100.7"
      ),
      .policy("clients", "role == 'edge'", ingress: [.allow("source: {selector: \"role == 'client'\"}")]),
    ],
    checks: [
      .allow("tcp 2001:db8:f::7 -> [2001:db8::1]:80 on my-host", .toHost, by: "normal in(eth0): policy clients[0]"),
      .allow("tcp 198.51.100.7 -> 10.0.0.1:80 on my-host", .toHost, by: "normal in(eth0): policy clients[0]"),
      .deny("tcp 2001:db8:f::8 -> [2001:db8::1]:80 on my-host", .toHost, by: "normal in(eth0): no-policy-matched"),
    ]
  )

  private static let v6S53 = Claim(
    "S53",
    "IPv6: none means none for both families",
    world: [v6Host(felix: "failsafeInboundHostPorts: none"), v6Eth0],
    checks: [
      .deny("tcp 2001:db8:f::9 -> [2001:db8::1]:22", .toHost, by: "normal in(eth0): no-profile-matched"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:22 in eth0", .toHost, by: "normal in(eth0): no-profile-matched"),
    ]
  )

  private static let v6S58 = Claim(
    "S58",
    "IPv6: what untracked policy allows is not tracked",
    world: [
      v6, v6Eth0, .policy("raw", "role == 'edge'", kind: .untracked, ingress: [.allow("ipVersion: 6")]),
    ],
    checks: [
      .allow(
        "tcp 2001:db8:f::9 -> [2001:db8::1]:999",
        .toHost,
        by: "untracked in(eth0): policy raw[0]",
        reply: .deny("normal out(eth0): conntrack-invalid"),
        notes: ["untracked-one-way"]
      ),
      .allow(
        "icmp 2001:db8:f::9 -> 2001:db8::1",
        .toHost,
        by: "untracked in(eth0): policy raw[0]",
        reply: .deny("normal out(eth0): conntrack-invalid"),
        notes: ["untracked-one-way"]
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:999 in eth0", .toHost, by: "normal in(eth0): no-profile-matched"),
    ]
  )

  private static let v6S64 = Claim(
    "S64",
    "IPv6: an untracked deny sees echo replies, type 129",
    world: [
      v6, v6Eth0, .policy("open", "role == 'edge'", egress: [.allow()]),
      .policy(
        "cut",
        "role == 'edge'",
        kind: .untracked,
        ingress: [.deny("protocol: icmpv6, icmp: {type: 129}")]
      ),
    ],
    checks: [
      .allow(
        "icmp 2001:db8::1 -> 2001:db8:f::9 from host",
        .fromHost,
        by: "normal out(eth0): policy open[0]",
        reply: .deny("untracked in(eth0): policy cut[0]")
      ),
      .allow("udp 2001:db8::1 -> [2001:db8:f::9]:123", .fromHost, by: "normal out(eth0): policy open[0]"),
    ]
  )

  private static let v6S67 = Claim(
    "S67",
    "IPv6: pre-DNAT policy matches the address and port that the sender wrote",
    world: [
      v6, v6Eth0, v6W1, v6Web,
      .policy(
        "node-port",
        "role == 'edge'",
        kind: .preDNAT,
        ingress: [.deny("protocol: tcp, destination: {nets: [\"2001:db8::1/128\"], ports: [30090]}")]
      ),
    ],
    checks: [
      .deny("tcp 2001:db8:f::9 -> [2001:db8::1]:30090", .forwarded, by: "pre-dnat in(eth0): policy node-port[0]"),
      .allow(
        "tcp 2001:db8:f::9 -> [2001:db8::1]:30080",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        out: "cali1",
        gates: ["dnat: 0", "pre-dnat in(eth0): no verdict"]
      ),
    ]
  )

  private static let v6S69 = Claim(
    "S69",
    "IPv6: normal policy sees the backend",
    world: [
      v6, v6Eth0,
      .policy(
        "backend",
        "role == 'edge'",
        ingress: [.allow("protocol: tcp, destination: {nets: [\"2001:db8:1::/64\"], ports: [9090]}")]
      ),
    ],
    checks: [
      .allow(
        "tcp 2001:db8:f::9 -> [2001:db8::1]:30090",
        .forwarded,
        by: "normal in(eth0): policy backend[0]",
        out: "eth1",
        gates: ["dnat: 1"]
      ),
      .deny("tcp 2001:db8:f::9 -> [2001:db8::1]:9090", .toHost, by: "normal in(eth0): no-policy-matched"),
    ]
  )

  private static let v6S74 = Claim(
    "S74",
    "IPv6: pre-DNAT policy brings no default drop",
    world: [
      v6, v6Eth0, v6W1, v6Web, .policy("some", "role == 'edge'", kind: .preDNAT, ingress: [.deny("tcp", to: 81)]),
    ],
    checks: [
      .allow("tcp 2001:db8:f::9 -> [2001:db8:65::1]:8080", .toWorkload, by: "workload in(cali1): policy web[0]"),
      .deny("tcp 2001:db8:f::9 -> [2001:db8:65::1]:81", .toWorkload, by: "pre-dnat in(eth0): policy some[0]"),
    ]
  )

  private static let v6S84 = Claim(
    "S84",
    "IPv6: behind an untracked allow a workload's SYN-ACK and echo reply are invalid",
    world: [
      v6, v6Eth0, v6W1, .policy("open", "app == 'web'", ingress: [.allow()], egress: [.allow()]),
      .policy("raw", "role == 'edge'", kind: .untracked, ingress: [.allow()]),
    ],
    checks: ["tcp 2001:db8:f::9 -> [2001:db8:65::1]:80", "icmp 2001:db8:f::9 -> 2001:db8:65::1"].map {
      .allow(
        $0,
        .toWorkload,
        by: "workload in(cali1): policy open[0]",
        reply: .deny("workload out(cali1): conntrack-invalid"),
        notes: ["untracked-to-workload"]
      )
    }
  )

  private static let v6S86 = Claim(
    "S86",
    "IPv6: without the untracked policy both are answered",
    world: [v6, v6Eth0, v6W1, .policy("open", "app == 'web'", ingress: [.allow()])],
    checks: ["tcp 2001:db8:f::9 -> [2001:db8:65::1]:80", "icmp 2001:db8:f::9 -> 2001:db8:65::1"].map {
      .allow($0, .toWorkload, by: "workload in(cali1): policy open[0]")
    }
  )

  private static let v6S88 = Claim(
    "S88",
    "IPv6: what untracked policy allows skips the rest",
    world: [
      v6, v6Eth0, shut,
      .policy(
        "raw",
        "role == 'edge'",
        kind: .untracked,
        ingress: [.allow("udp", to: 53)],
        egress: [.allow("udp", from: 53)]
      ),
    ],
    checks: [
      .allow(
        "udp 2001:db8:f::9 -> [2001:db8::1]:53",
        .toHost,
        by: "untracked in(eth0): policy raw[0]",
        reply: .allow("untracked out(eth0): policy raw[0]"),
        gates: ["normal in(eth0): spared by raw"]
      ),
      .deny("udp 2001:db8:f::9 -> [2001:db8::1]:54", .toHost, by: "normal in(eth0): policy shut[0]"),
    ]
  )

  private static let v6S91 = Claim(
    "S91",
    "IPv6: mirrored untracked rules on A and B",
    world: [
      v6, v6Eth0, v6Eth1,
      .policy("outer", "role == 'edge'", kind: .untracked, ingress: [.allow("protocol: icmpv6, icmp: {type: 128}")]),
      .policy("inner", "role == 'inner'", kind: .untracked, ingress: [.allow("protocol: icmpv6, icmp: {type: 129}")]),
    ],
    checks: [
      .allow(
        "icmp 2001:db8:f::9 -> 2001:db8:1::9",
        .forwarded,
        by: "untracked in(eth0): policy outer[0]",
        reply: .allow("untracked in(eth1): policy inner[0]"),
        calico: .deny("normal out(eth1): no-profile-matched")
      )
    ]
  )

  private static let v6S94 = Claim(
    "S94",
    "IPv6: A's ingress and B's egress",
    world: [
      v6, v6Eth0, v6Eth1,
      .policy("outer", "role == 'edge'", ingress: [.allow("tcp", to: 80), .allow("tcp", to: 81)]),
      .policy("inner", "role == 'inner'", egress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow("tcp 2001:db8:f::9 -> [2001:db8:1::9]:80", .forwarded, by: "normal out(eth1): policy inner[0]"),
      .deny("tcp 2001:db8:f::9 -> [2001:db8:1::9]:81", .forwarded, by: "normal out(eth1): no-policy-matched"),
      .deny("tcp 2001:db8:f::9 -> [2001:db8:1::9]:82", .forwarded, by: "normal in(eth0): no-policy-matched"),
    ]
  )

  private static let v6S97 = Claim(
    "S97",
    "IPv6: A may be B",
    world: [v6, v6Eth0, .policy("edge", "role == 'edge'", ingress: [.allow()], egress: [.allow("tcp", to: 80)])],
    checks: [
      .allow("tcp 2001:db8:f::9 -> [2001:db8::7]:80", .forwarded, by: "normal out(eth0): policy edge[0]", out: "eth0"),
      .deny("tcp 2001:db8:f::9 -> [2001:db8::7]:81", .forwarded, by: "normal out(eth0): no-policy-matched"),
    ]
  )

  private static let v6S98 = Claim(
    "S98",
    "IPv6: the host's packets meet untracked egress rules",
    world: [v6, v6Eth0, .policy("raw", "role == 'edge'", kind: .untracked, egress: [.deny("udp", to: 123)])],
    checks: [
      .deny("udp 2001:db8::1 -> [2001:db8:f::9]:123", .fromHost, by: "untracked out(eth0): policy raw[0]"),
      .deny("udp 2001:db8::1 -> [2001:db8:f::9]:54", .fromHost, by: "normal out(eth0): no-profile-matched"),
    ]
  )

  private static let v6S101 = Claim(
    "S101",
    "IPv6: no host endpoint policy on what a workload sends",
    world: [v6, v6Eth0, v6W1, shut, .policy("web", "app == 'web'", egress: [.allow("protocol: icmpv6")])],
    checks: [
      .allow(
        "icmp 2001:db8:65::1 -> 2001:db8:f::9",
        .fromWorkload,
        by: "workload out(cali1): policy web[0]",
        gates: ["normal out(eth0): never"]
      ),
      .deny("icmp 10.65.0.1 -> 203.0.113.9 from w1", .fromWorkload, by: "workload out(cali1): no-policy-matched"),
    ]
  )

  private static let v6S106 = Claim(
    "S106",
    "IPv6: notNets; a rule whose nets are all of the other family does not match at all",
    world: [
      v6, v6Eth0, v6W1, v6Web,
      .policy(
        "disallow",
        "role == 'edge'",
        kind: .preDNAT,
        ingress: [.deny("source: {notNets: [\"2001:db8::/32\"]}")]
      ),
      .policy("disallow-v4", "role == 'edge'", kind: .preDNAT, ingress: [.deny("source: {notNets: [10.0.0.0/8]}")]),
    ],
    checks: [
      .allow(
        "tcp 2001:db8:f::9 -> [2001:db8:65::1]:8080 in eth0",
        .toWorkload,
        by: "workload in(cali1): policy web[0]"
      ),
      .deny(
        "tcp 2001:db9::9 -> [2001:db8:65::1]:8080 in eth0",
        .toWorkload,
        by: "pre-dnat in(eth0): policy disallow[0]"
      ),
      .deny(
        "tcp 203.0.113.9 -> 10.65.0.1:8080 in eth0",
        .toWorkload,
        by: "pre-dnat in(eth0): policy disallow-v4[0]"
      ),
    ]
  )

  private static let v6Routes = Claim(
    "S12",
    "IPv6: the longest prefix leads a forwarded packet",
    world: [v6, v6Eth1, .policy("inner", "role == 'inner'", egress: [.allow("tcp", to: 80)])],
    checks: [
      .allow(
        "tcp 2001:db8:f::9 -> [2001:db8:2::9]:80 in eth0",
        .forwarded,
        by: "normal out(eth1): policy inner[0]",
        out: "eth1"
      ),
      .deny("tcp 2001:db8:f::9 -> [2001:db8:2::9]:81 in eth0", .forwarded, by: "normal out(eth1): no-policy-matched"),
      .allow(
        "tcp 2001:db8:f::9 -> [2001:db8:2:9::9]:81 in eth0",
        .forwarded,
        by: "not-policed",
        reply: .notPoliced,
        out: "eth0"
      ),
    ]
  )

  private static let v6ICMP = Claim(
    "S57",
    "IPv6: an echo reply that nobody asked for is invalid; messages without an answer get none",
    world: [v6, v6Eth0, .policy("open", "role == 'edge'", ingress: [.allow()], egress: [.allow()])],
    checks: [
      .allow("icmp 2001:db8:f::9 -> 2001:db8::1 type 128", .toHost, by: "normal in(eth0): policy open[0]"),
      .deny("icmp 2001:db8:f::9 -> 2001:db8::1 type 129", .toHost, by: "normal in(eth0): conntrack-invalid"),
      .deny("icmp 203.0.113.9 -> 10.0.0.1 type 0 in eth0", .toHost, by: "normal in(eth0): conntrack-invalid"),
      .allow("icmp 203.0.113.9 -> 10.0.0.1 type 13 in eth0", .toHost, by: "normal in(eth0): policy open[0]"),
      .allow("icmp 2001:db8::2 -> 2001:db8::1 type 135", .toHost, by: "normal in(eth0): policy open[0]", reply: nil),
    ]
  )

  private static let v6Families = Claim(
    "S16",
    "IPv6: a workload with addresses of both families is one endpoint",
    world: [v6, v6Eth0, v6W1, v6Web, shut],
    checks: [
      .allow(
        "tcp 2001:db8:f::9 -> [2001:db8:65::1]:8080",
        .toWorkload,
        by: "workload in(cali1): policy web[0]",
        gates: ["normal in(eth0): never"]
      ),
      .allow("tcp 203.0.113.9 -> 10.65.0.1:8080", .toWorkload, by: "workload in(cali1): policy web[0]"),
    ]
  )
}
