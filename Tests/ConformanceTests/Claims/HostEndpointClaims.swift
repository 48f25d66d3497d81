import Simulator

/// «Host endpoints» of SEMANTICS section 9: S32-S48.
extension Claim {
  static let hostEndpoints: [Claim] = [
    s32ByName, s32ByAddress, s33, s34(name: "aardvark"), s34(name: "Some/Long_name.1"), s34Tie, s35, s36, s36Missing,
    s38, s39, s40, s42, s44Name, s44Address, s44Node, s45, s46, s48,
  ]

  private static let threeInterfaces = Manifest.host(
    interfaces: "{name: eth0, addresses: [10.0.0.1/24]}, {name: eth1, addresses: [10.1.0.1/24]}, "
      + "{name: eth2, addresses: [10.2.0.1/24]}"
  )

  private static let s32ByName = Claim(
    "S32",
    "a host endpoint stands for the interface that it names",
    world: [.host, .hostEndpoint("h", interface: "eth1")],
    checks: [
      .deny("tcp 10.1.0.9 -> 10.1.0.1:80 in eth1", .toHost, by: "normal in(eth1): no-profile-matched"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", .toHost, by: "not-policed", reply: .notPoliced),
    ]
  )

  private static let s32ByAddress = Claim(
    "S32",
    "a host endpoint without a name of an interface stands for the one that carries its expected address",
    world: [.host, .hostEndpoint("h", ips: "10.1.0.1")],
    checks: [
      .deny("tcp 10.1.0.9 -> 10.1.0.1:80 in eth1", .toHost, by: "normal in(eth1): no-profile-matched"),
      .deny("tcp 10.1.0.9 -> 10.0.0.1:80 in eth1", .toHost, by: "normal in(eth1): no-profile-matched"),
      .allow("tcp 203.0.113.9 -> 10.1.0.1:80 in eth0", .toHost, by: "not-policed", reply: .notPoliced),
    ]
  )

  private static let s33 = Claim(
    "S33",
    "only the node that a host endpoint names enforces it",
    world: [.host, .host("other-host"), .hostEndpoint("h", node: "other-host", interface: "eth0")],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80 in eth0 on other-host", .toHost, by: "normal in(eth0): no-profile-matched"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80 in eth0 on my-host", .toHost, by: "not-policed", reply: .notPoliced),
    ]
  )

  private static func s34(name: String) -> Claim {
    Claim(
      "S34",
      "the name of a host endpoint is arbitrary: \(name)",
      world: [
        .host, .hostEndpoint(name, labels: "role: edge", interface: "eth0"),
        .policy("web", "role == 'edge'", ingress: [.allow("tcp", to: 80)]),
      ],
      checks: [
        .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy web[0]"),
        .deny("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): no-policy-matched"),
      ]
    )
  }

  private static let s34Tie = Claim(
    "S34",
    "of several host endpoints for one interface the byte-wise smallest name wins, however it matched",
    world: [
      .host,
      .hostEndpoint("alpha", labels: "pick: alpha", interface: "eth0"),
      .hostEndpoint("Zulu", labels: "pick: zulu", interface: "eth0"),
      .hostEndpoint("by-name", labels: "pick: name", interface: "eth1"),
      .hostEndpoint("by-address", labels: "pick: address", ips: "10.1.0.1"),
      .policy("for-alpha", "pick == 'alpha' || pick == 'name'", ingress: [.allow("tcp", to: 80)]),
      .policy("for-zulu", "pick == 'zulu' || pick == 'address'", ingress: [.allow("tcp", to: 81)]),
    ],
    warnings: ["inactive-host-endpoint"],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): policy for-zulu[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): no-policy-matched"),
      .allow("tcp 10.1.0.9 -> 10.1.0.1:81", .toHost, by: "normal in(eth1): policy for-zulu[0]"),
      .deny("tcp 10.1.0.9 -> 10.1.0.1:80", .toHost, by: "normal in(eth1): no-policy-matched"),
    ]
  )

  private static let s35 = Claim(
    "S35",
    "interface name and expected address may both be given; the name then decides alone",
    world: [.host, .hostEndpoint("h", interface: "eth0", ips: "10.0.0.1, 10.1.0.1")],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", .toHost, by: "normal in(eth0): no-profile-matched"),
      .allow("tcp 10.1.0.9 -> 10.1.0.1:80 in eth1", .toHost, by: "not-policed", reply: .notPoliced),
    ]
  )

  private static let s36 = Claim(
    "S36",
    "the profiles of a host endpoint apply, in its order, unless a policy does that does not pass the packet on",
    world: [
      .host, .hostEndpoint("h", labels: "role: edge", interface: "eth0", profiles: "second, first"),
      .hostEndpoint("h1", labels: "role: inner", interface: "eth1", profiles: "second"),
      .profile("first", ingress: [.deny("tcp", to: 80), .allow("tcp", to: 81)]),
      .profile("second", ingress: [.allow("tcp", to: 80), .allow("tcp", to: 84)], egress: [.allow("udp", to: 123)]),
      .policy("inner", "role == 'inner'", ingress: [.allow("tcp", to: 82), .pass("tcp", to: 84)]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): profile second[0]"),
      .allow("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): profile first[1]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:82", .toHost, by: "normal in(eth0): no-profile-matched"),
      .allow("udp 10.0.0.1 -> 203.0.113.9:123", .fromHost, by: "normal out(eth0): profile second[0]"),
      .deny("tcp 10.1.0.9 -> 10.1.0.1:80", .toHost, by: "normal in(eth1): no-policy-matched"),
      .allow("tcp 10.1.0.9 -> 10.1.0.1:84", .toHost, by: "normal in(eth1): profile second[1]"),
      .deny("udp 10.1.0.1 -> 10.1.0.9:123", .fromHost, by: "normal out(eth1): no-policy-matched"),
    ]
  )

  private static let s36Missing = Claim(
    "S36",
    "a profile that does not exist denies, after those before it have had their say",
    world: [
      .host, .hostEndpoint("h", interface: "eth0", profiles: "first, gone, late"),
      .profile("first", ingress: [.allow("tcp", to: 80)]),
      .profile("late", ingress: [.allow()], egress: [.allow()]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): profile first[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): missing-profile gone"),
      .deny("tcp 10.0.0.1 -> 203.0.113.9:81", .fromHost, by: "normal out(eth0): missing-profile gone"),
    ]
  )

  private static let clients: [Manifest] = [
    .host, .eth0,
    .policy(
      "clients",
      "role == 'edge'",
      ingress: [
        .allow("protocol: tcp, source: {selector: \"role == 'client'\"}, destination: {ports: [80]}"),
        .allow("protocol: tcp, source: {notSelector: \"role == 'client'\"}, destination: {ports: [81]}"),
      ]
    ),
  ]

  private static let s38 = Claim(
    "S38",
    "on other hosts a host endpoint's labels stand for its expectedIPs",
    world: clients + [
      .hostEndpoint("far", node: "far-host", labels: "role: client", interface: "eth0", ips: "198.51.100.7, 10.9.9.9")
    ],
    checks: [
      .allow("tcp 198.51.100.7 -> 10.0.0.1:80 on my-host", .toHost, by: "normal in(eth0): policy clients[0]"),
      .allow("tcp 10.9.9.9 -> 10.0.0.1:80 on my-host", .toHost, by: "normal in(eth0): policy clients[0]"),
      .deny("tcp 198.51.100.8 -> 10.0.0.1:80 on my-host", .toHost, by: "normal in(eth0): no-policy-matched"),
      .deny("tcp 198.51.100.7 -> 10.0.0.1:81 on my-host", .toHost, by: "normal in(eth0): no-policy-matched"),
      .allow("tcp 198.51.100.8 -> 10.0.0.1:81 on my-host", .toHost, by: "normal in(eth0): policy clients[1]"),
    ]
  )

  private static let s39 = Claim(
    "S39",
    "without expectedIPs rules that use labels never match the endpoint, whatever its interface carries",
    world: clients + [
      .host("far-host", interfaces: "{name: eth0, addresses: [198.51.100.7/24]}"),
      .hostEndpoint("far", node: "far-host", labels: "role: client", interface: "eth0"),
    ],
    warnings: ["no-expected-ips"],
    checks: [
      .deny("tcp 198.51.100.7 -> 10.0.0.1:80 on my-host", .toHost, by: "normal in(eth0): no-policy-matched"),
      .allow("tcp 198.51.100.7 -> 10.0.0.1:81 on my-host", .toHost, by: "normal in(eth0): policy clients[1]"),
    ]
  )

  private static let s40 = Claim(
    "S40",
    "with expectedIPs alone every interface that carries one of them is policed",
    world: [
      threeInterfaces, .hostEndpoint("h", labels: "role: edge", ips: "10.0.0.1, 10.2.0.1"),
      .policy("web", "role == 'edge'", ingress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", .toHost, by: "normal in(eth0): policy web[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:81 in eth0", .toHost, by: "normal in(eth0): no-policy-matched"),
      .deny("tcp 10.2.0.9 -> 10.2.0.1:81 in eth2", .toHost, by: "normal in(eth2): no-policy-matched"),
      .allow("tcp 10.1.0.9 -> 10.1.0.1:81 in eth1", .toHost, by: "not-policed", reply: .notPoliced),
    ]
  )

  private static let s42 = Claim(
    "S42",
    "with no policy and no profile in place traffic is dropped on the interface",
    world: [.host, .eth0, .policy("elsewhere", "role == 'inner'", ingress: [.allow()], egress: [.allow()])],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): no-profile-matched"),
      .deny("udp 10.0.0.1 -> 203.0.113.9:123", .fromHost, by: "normal out(eth0): no-profile-matched"),
      .deny("tcp 10.1.0.9 -> 203.0.113.9:80 in eth1", .forwarded, by: "normal out(eth0): no-profile-matched"),
    ]
  )

  private static let untouched: [Check] = [
    .allow("tcp 203.0.113.9 -> 10.0.0.1:80 in eth0 on my-host", .toHost, by: "not-policed", reply: .notPoliced),
    .allow("tcp 10.0.0.1 -> 203.0.113.9:80 from host on my-host", .fromHost, by: "not-policed", reply: .notPoliced),
  ]

  private static let s44Name = Claim(
    "S44",
    "with the wrong interface name nothing is policed",
    world: [.host, .hostEndpoint("h", interface: "eth9", ips: "10.0.0.1")],
    warnings: ["inactive-host-endpoint"],
    checks: untouched
  )

  private static let s44Address = Claim(
    "S44",
    "with the wrong expected address nothing is policed",
    world: [.host, .hostEndpoint("h", ips: "10.0.0.2")],
    warnings: ["inactive-host-endpoint"],
    checks: untouched
  )

  private static let s44Node = Claim(
    "S44",
    "with the wrong node name nothing is policed",
    world: [.host, .hostEndpoint("h", node: "my-hots", interface: "eth0")],
    checks: untouched
  )

  private static let s45 = Claim(
    "S45",
    "an invalid host endpoint is treated as missing",
    world: [
      .host, .hostEndpoint("h", labels: "foo: bar", profiles: "prof1"),
      .policy("shut", "all()", ingress: [.deny()], egress: [.deny()]),
    ],
    errors: ["endpoint-selects-nothing"],
    strictErrors: ["endpoint-selects-nothing"],
    checks: untouched
  )

  private static let s46 = Claim(
    "S46",
    "the error names the cause: the interface's name or its expected address must be there",
    world: [.host, .hostEndpoint("h"), .hostEndpoint("h2", ips: "10.0.0.1/24")],
    errors: [
      "endpoint-selects-nothing: \"interfaceName\" or \"expectedIPs\"", "invalid-address: \"10.0.0.1/24\"",
    ],
    checks: untouched
  )

  private static let s48 = Claim(
    "S48",
    "the webserver policy after the failsafe policy: each lets pass what is its own",
    world: [.scenario("seed/host-basics")],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", .toHost, by: "normal in(eth0): policy webserver[0]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:443 in eth0", .toHost, by: "normal in(eth0): no-policy-matched"),
      .allow("icmp 203.0.113.9 -> 10.0.0.1 in eth0", .toHost, by: "normal in(eth0): policy failsafe[1]"),
      .allow("tcp 10.0.0.1 -> 203.0.113.9:443 from host", .fromHost, by: "normal out(eth0): policy webserver[0]"),
      .allow(
        "udp 10.0.0.1:68 -> 10.0.0.254:67 from host",
        .fromHost,
        by: "normal out(eth0): policy failsafe[1]",
        calico: .allow("normal out(eth0): failsafe udp 67")
      ),
    ]
  )
}
