import Simulator

/// «Model» of SEMANTICS section 9: S1-S17.
extension Claim {
  static let model: [Claim] =
    [s1, s2, s3, s4(mac: "02:00:00:00:00:01"), s4(mac: "0e:ff:00:00:00:99"), s4OfHostEndpoint] + prefixes
    + [
      s8, s8Profile, s8Accept, s9, s10, s11And12("S11"), s11And12("S12"), s12Contrast, s14, s15, s16, s17, s17Contrast,
    ]

  private static let s1 = Claim(
    "S1",
    "host endpoints and workload endpoints are two kinds, each with policy of its own",
    world: [
      .host, .eth0, .w1,
      .policy("for-host", "role == 'edge'", ingress: [.allow("tcp", to: 80)]),
      .policy("for-workload", "app == 'web'", ingress: [.allow("tcp", to: 8080)]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", .toHost, by: "normal in(eth0): policy for-host[0]", out: "host"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:8080 in eth0", .toHost, by: "normal in(eth0): no-policy-matched"),
      .allow(
        "tcp 203.0.113.9 -> 10.65.0.1:8080 in eth0",
        .toWorkload,
        by: "workload in(cali1): policy for-workload[0]",
        out: "cali1"
      ),
      .deny("tcp 203.0.113.9 -> 10.65.0.1:80 in eth0", .toWorkload, by: "workload in(cali1): no-policy-matched"),
    ]
  )

  private static let s2 = Claim(
    "S2",
    "one policy object serves both kinds",
    world: [
      .host, .hostEndpoint("eth0-hep", labels: "serves: http", interface: "eth0"),
      .workload("w1", "10.65.0.1/32", on: "cali1", labels: "serves: http"),
      .policy("http", "serves == 'http'", ingress: [.deny("tcp", to: 81), .allow("tcp", to: 80)]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy http[1]"),
      .allow("tcp 203.0.113.9 -> 10.65.0.1:80", .toWorkload, by: "workload in(cali1): policy http[1]"),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): policy http[0]"),
      .deny("tcp 203.0.113.9 -> 10.65.0.1:81", .toWorkload, by: "workload in(cali1): policy http[0]"),
    ]
  )

  private static let s3 = Claim(
    "S3",
    "labels of both kinds share one namespace: a rule's selector stands for either",
    world: [
      .host, .eth0, .w1,
      .workload("w2", "10.65.0.2/32", on: "cali2", labels: "role: client"),
      .hostEndpoint("far", node: "far-host", labels: "role: client", interface: "eth0", ips: "198.51.100.7"),
      .policy(
        "clients",
        "has(role) || has(app)",
        ingress: [.allow("source: {selector: \"role == 'client'\"}")],
        egress: [.allow()]
      ),
    ],
    checks: [
      .allow(
        "tcp 198.51.100.7 -> 10.65.0.1:80 in eth0 on my-host",
        .toWorkload,
        by: "workload in(cali1): policy clients[0]"
      ),
      .allow(
        "tcp w2 -> w1:80 from w2 on my-host",
        .workloadToWorkload,
        by: "workload in(cali1): policy clients[0]",
        gates: ["workload out(cali2): accepted"]
      ),
      .allow("tcp 198.51.100.7 -> 10.0.0.1:80 on my-host", .toHost, by: "normal in(eth0): policy clients[0]"),
      .deny(
        "tcp 198.51.100.8 -> 10.65.0.1:80 in eth0 on my-host",
        .toWorkload,
        by: "workload in(cali1): no-policy-matched"
      ),
      .deny(
        "tcp w1 -> w2:80 from w1 on my-host",
        .workloadToWorkload,
        by: "workload in(cali2): no-policy-matched"
      ),
    ]
  )

  /// The same packets whatever the address.
  private static func s4(mac: String) -> Claim {
    Claim(
      "S4",
      "MAC addresses never matter: \(mac) or none",
      world: [
        .host, .eth0,
        .workload("w1", "10.65.0.1/32", on: "cali1", labels: "app: web", mac: mac),
        .workload("w2", "10.65.0.2/32", on: "cali2", labels: "app: web"),
        .policy("web", "app == 'web'", ingress: [.allow("tcp", to: 80)], egress: [.allow("udp", to: 53)]),
      ],
      checks: ["1", "2"].flatMap { number -> [Check] in
        [
          .allow("tcp 203.0.113.9 -> w\(number):80", .toWorkload, by: "workload in(cali\(number)): policy web[0]"),
          .deny("tcp 203.0.113.9 -> w\(number):81", .toWorkload, by: "workload in(cali\(number)): no-policy-matched"),
          .allow(
            "udp w\(number) -> 203.0.113.9:53 from w\(number)",
            .fromWorkload,
            by: "workload out(cali\(number)): policy web[0]"
          ),
        ]
      }
    )
  }

  private static let s4OfHostEndpoint = Claim(
    "S4",
    "a host endpoint has no MAC address to police at all",
    world: [
      .host,
      .text(
        "{apiVersion: v1, kind: hostEndpoint, metadata: {name: eth0-hep, node: my-host}, "
          + "spec: {interfaceName: eth0, mac: '02:00:00:00:00:01'}}"
      ),
    ],
    errors: ["unknown-field: mac"],
    checks: [.allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "not-policed", reply: .notPoliced)]
  )

  private static let s8 = Claim(
    "S8",
    "traffic to and from a workload is blocked unless its interface is known and policy allows it",
    world: [
      .host(
        interfaces: "{name: eth0, addresses: [10.0.0.1/24]}, {name: cali9}",
        routes: "{to: 0.0.0.0/0, interface: eth0}, {to: 10.65.0.9/32, interface: cali9}"
      ),
      .w1, .w2,
      .policy("open", "app == 'web'", ingress: [.allow("tcp", to: 80)], egress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "workload in(cali1): policy open[0]"),
      .allow("tcp w1 -> 203.0.113.9:80", .fromWorkload, by: "workload out(cali1): policy open[0]"),
      .deny("tcp 203.0.113.9 -> w1:81", .toWorkload, by: "workload in(cali1): no-policy-matched"),
      .deny("tcp w1 -> 203.0.113.9:81", .fromWorkload, by: "workload out(cali1): no-policy-matched"),
      .deny("tcp 203.0.113.9 -> w2:80", .toWorkload, by: "workload in(cali2): no-profile-matched"),
      .deny("tcp w2 -> 203.0.113.9:80", .fromWorkload, by: "workload out(cali2): no-profile-matched"),
      .deny("tcp w1 -> w2:80", .workloadToWorkload, by: "workload in(cali2): no-profile-matched"),
      .deny("tcp 203.0.113.9 -> 10.65.0.9:80", .toWorkload, by: "workload in(cali9): unknown-workload"),
      .deny("tcp 10.65.0.9 -> 203.0.113.9:80 in cali9", .fromWorkload, by: "workload out(cali9): unknown-workload"),
      .deny("tcp w1 -> 10.65.0.9:80", .workloadToWorkload, by: "workload in(cali9): unknown-workload"),
      .deny("tcp 10.65.0.9 -> 10.0.0.1:80 in cali9", .workloadToHost, by: "workload out(cali9): unknown-workload"),
      .deny("tcp w1 -> 10.0.0.1:80", .workloadToHost, by: "workload out(cali1): endpoint-to-host-action"),
      .allow("tcp 10.0.0.1 -> w2:80 from host", .hostToWorkload, by: "not-policed"),
    ]
  )

  private static let s8Profile = Claim(
    "S8",
    "a profile serves as well as a policy, where no policy applies",
    world: [
      .host, .workload("w1", "10.65.0.1/32", on: "cali1", profiles: "open, gone"),
      .profile("open", ingress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> w1:80", .toWorkload, by: "workload in(cali1): profile open[0]"),
      .deny("tcp 203.0.113.9 -> w1:81", .toWorkload, by: "workload in(cali1): missing-profile gone"),
      .deny("tcp w1 -> 203.0.113.9:80", .fromWorkload, by: "workload out(cali1): missing-profile gone"),
    ]
  )

  private static let s8Accept = Claim(
    "S8",
    "what a workload may send reaches the host only where defaultEndpointToHostAction lets it",
    world: [
      .host(felix: "defaultEndpointToHostAction: Accept"), .eth0, .w1,
      .policy("open", "app == 'web'", egress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow(
        "tcp w1 -> 10.0.0.1:80",
        .workloadToHost,
        by: "workload out(cali1): endpoint-to-host-action",
        reply: .notPoliced
      ),
      .deny("tcp w1 -> 10.0.0.1:81", .workloadToHost, by: "workload out(cali1): no-policy-matched"),
    ]
  )

  private static let s9 = Claim(
    "S9",
    "of the host's interfaces only those that Calico was told of are policed",
    world: [.host, .eth0],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", .toHost, by: "normal in(eth0): no-profile-matched"),
      .allow(
        "tcp 10.1.0.9 -> 10.1.0.1:80 in eth1",
        .toHost,
        by: "not-policed",
        reply: .notPoliced,
        gates: ["normal in(eth1): no endpoint"]
      ),
      .deny("tcp 10.0.0.1 -> 203.0.113.9:80 from host", .fromHost, by: "normal out(eth0): no-profile-matched"),
      .allow(
        "tcp 10.1.0.1 -> 10.1.0.9:80 from host",
        .fromHost,
        by: "not-policed",
        reply: .notPoliced,
        out: "eth1"
      ),
    ]
  )

  private static let s10 = Claim(
    "S10",
    "traffic between interfaces without a host endpoint is left alone; one with a host endpoint polices its half",
    world: [
      .host(
        interfaces: "{name: eth0, addresses: [10.0.0.1/24]}, {name: eth1, addresses: [10.1.0.1/24]}, "
          + "{name: eth2, addresses: [10.2.0.1/24]}"
      ),
      .eth0,
      .policy("inward", "role == 'edge'", ingress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow(
        "tcp 10.1.0.9 -> 10.2.0.9:80 in eth1",
        .forwarded,
        by: "not-policed",
        reply: .notPoliced,
        out: "eth2"
      ),
      .deny("tcp 10.1.0.9 -> 203.0.113.9:80 in eth1", .forwarded, by: "normal out(eth0): no-policy-matched"),
      .allow("tcp 203.0.113.9 -> 10.1.0.9:80 in eth0", .forwarded, by: "normal in(eth0): policy inward[0]"),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:81 in eth0", .forwarded, by: "normal in(eth0): no-policy-matched"),
    ]
  )

  private static func s11And12(_ id: String) -> Claim {
    Claim(
      id,
      id == "S11"
        ? "host endpoint policy applies to traffic that ends at the host"
        : "host endpoint policy applies to traffic that is forwarded between host endpoints",
      world: [
        .host, .eth0, .eth1,
        .policy("outer", "role == 'edge'", ingress: [.allow("tcp", to: 80), .allow("tcp", to: 82)]),
        .policy("inner", "role == 'inner'", egress: [.allow("tcp", to: 80), .allow("tcp", to: 81)]),
      ],
      checks: id == "S11"
        ? [
          .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy outer[0]"),
          .deny("tcp 203.0.113.9 -> 10.0.0.1:81", .toHost, by: "normal in(eth0): no-policy-matched"),
          .deny("tcp 10.0.0.1 -> 203.0.113.9:80", .fromHost, by: "normal out(eth0): no-policy-matched"),
        ]
        : [
          .allow("tcp 203.0.113.9 -> 10.1.0.9:80", .forwarded, by: "normal out(eth1): policy inner[0]", out: "eth1"),
          .deny("tcp 203.0.113.9 -> 10.1.0.9:81", .forwarded, by: "normal in(eth0): no-policy-matched"),
          .deny("tcp 203.0.113.9 -> 10.1.0.9:82", .forwarded, by: "normal out(eth1): no-policy-matched"),
        ]
    )
  }

  private static let s12Contrast = Claim(
    "S12",
    "without host endpoints the same forwarded packets pass",
    world: [.host, .policy("outer", "role == 'edge'", ingress: [.allow("tcp", to: 80)])],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.1.0.9:81", .forwarded, by: "not-policed", reply: .notPoliced, out: "eth1")
    ]
  )

  private static let s14 = Claim(
    "S14",
    "a NAT gateway is secured: the DNATed destination is what its policy sees",
    world: [.scenario("seed/gateway")],
    checks: [
      .allow(
        "tcp 198.51.100.9 -> 203.0.113.1:8443 in eth0 on gateway",
        .forwarded,
        by: "normal out(eth1): policy inside[0]",
        out: "eth1",
        gates: ["dnat: 0", "normal in(eth0): accepted"]
      ),
      .deny(
        "tcp 198.51.100.9 -> 203.0.113.1:8025 in eth0 on gateway",
        .forwarded,
        by: "normal in(eth0): no-policy-matched",
        gates: ["dnat: 1"]
      ),
      .deny(
        "tcp 198.51.100.9 -> 203.0.113.1:443 in eth0 on gateway",
        .toHost,
        by: "normal in(eth0): no-policy-matched"
      ),
    ]
  )

  private static let s15 = Claim(
    "S15",
    "a gateway's policy names the workloads behind it by their labels",
    world: [.scenario("seed/gateway")],
    checks: [
      .allow(
        "tcp 198.51.100.9 -> 10.1.0.80:443 in eth0 on gateway",
        .forwarded,
        by: "normal out(eth1): policy inside[0]"
      ),
      .deny(
        "tcp 198.51.100.9 -> 10.1.0.90:443 in eth0 on gateway",
        .forwarded,
        by: "normal in(eth0): no-policy-matched"
      ),
      .allow(
        "tcp 10.1.0.90 -> 198.51.100.9:443 in eth1 on gateway",
        .forwarded,
        by: "normal out(eth0): policy outside[0]",
        out: "eth0"
      ),
      .deny(
        "tcp 10.1.0.80 -> 198.51.100.9:443 in eth1 on gateway",
        .forwarded,
        by: "normal in(eth1): no-policy-matched"
      ),
    ]
  )

  private static let s16 = Claim(
    "S16",
    "traffic that is forwarded to workloads bypasses the host endpoint's normal policy",
    world: [
      .host, .eth0, .w1,
      .policy("shut", "role == 'edge'", ingress: [.deny()], egress: [.deny()]),
      .policy("open", "app == 'web'", ingress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> w1:80",
        .toWorkload,
        by: "workload in(cali1): policy open[0]",
        gates: ["normal in(eth0): never"]
      ),
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy shut[0]"),
      .deny("tcp 203.0.113.9 -> 10.1.0.9:80", .forwarded, by: "normal in(eth0): policy shut[0]"),
    ]
  )

  private static let s17 = Claim(
    "S17",
    "an interface is policed once a host endpoint stands for it",
    world: [.host, .eth0, .policy("shut", "all()", ingress: [.deny()], egress: [.deny()])],
    checks: [
      .deny("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "normal in(eth0): policy shut[0]"),
      .deny("tcp 10.0.0.1 -> 203.0.113.9:80", .fromHost, by: "normal out(eth0): policy shut[0]"),
    ]
  )

  private static let s17Contrast = Claim(
    "S17",
    "before there is a host endpoint, policies for all() police nothing of the host",
    world: [.host, .policy("shut", "all()", ingress: [.deny()], egress: [.deny()])],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.0.0.1:80", .toHost, by: "not-policed", reply: .notPoliced),
      .allow("tcp 10.0.0.1 -> 203.0.113.9:80", .fromHost, by: "not-policed", reply: .notPoliced),
    ]
  )
}
