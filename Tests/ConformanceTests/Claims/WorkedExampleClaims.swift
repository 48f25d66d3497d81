import Simulator

/// «Worked example» of SEMANTICS section 9: S102-S117, on the world in `Scenarios/seed/pre-dnat`.
extension Claim {
  static let workedExample: [Claim] = [
    s102, s105, s105Contrast, s106, s106Contrast, s107, s107Contrast, s108, s108Contrast, s109, s109Contrast, s110,
    s110Contrast, s111("true"), s111("'true'"), s111("yes"), s111Contrast, s112, s113, s114, s115, s116, s117,
    s117Contrast,
  ]

  private static let example = [Manifest.scenario("seed/pre-dnat")]
  private static let disallowed = "pre-dnat in(eth0): policy disallow-incoming[0]"
  private static let loadBalancer = "pre-dnat in(eth0): policy allow-load-balancer-service-1[0]"
  private static let nodePort = "pre-dnat in(eth0): policy allow-node-port-service-1[0]"

  private static let s102 = Claim(
    "S102",
    "the goals: some services by their load balancer's address only, some by NodePort, nothing else",
    world: example,
    checks: [
      .allow(
        "tcp 198.51.100.9 -> 203.0.113.80:443 in eth0 on node1",
        .toWorkload,
        by: "workload in(cali12): policy shop[0]"
      ),
      .deny("tcp 198.51.100.9 -> 10.0.0.11:30443 in eth0 on node1", .toWorkload, by: disallowed),
      .allow(
        "tcp 198.51.100.9 -> 10.0.0.13:30333 in eth0 on node3",
        .toWorkload,
        by: "workload in(cali33): policy guestbook[0]"
      ),
      .deny("tcp 198.51.100.9 -> 10.0.0.13:8080 in eth0 on node3", .toHost, by: disallowed),
      .deny("icmp 198.51.100.9 -> 10.0.0.13 in eth0 on node3", .toHost, by: disallowed),
      .deny("tcp 198.51.100.9 -> 10.65.3.3:9376 in eth0 on node3", .toWorkload, by: disallowed),
    ]
  )

  /// A node with two outward interfaces of which one is a host endpoint.
  private static let twoDoors: [Manifest] = [
    .host(
      "node1",
      interfaces: "{name: eth0, addresses: [10.0.0.11/24]}, {name: eth1, addresses: [192.0.2.11/24]}"
    ),
    .hostEndpoint("node1-eth0", node: "node1", labels: "host-endpoint: ingress", interface: "eth0"),
    .workload("shop", "10.65.1.2/32", on: "cali12", node: "node1", labels: "app: shop"),
    .policy("shop", "app == 'shop'", ingress: [.allow("tcp", to: 8443)]),
    .policy(
      "disallow-incoming",
      "host-endpoint=='ingress'",
      order: 100,
      kind: .preDNAT,
      ingress: [.deny("source: {notNets: [10.65.0.0/16, 10.0.0.0/24]}")]
    ),
  ]

  private static let s105 = Claim(
    "S105",
    "every outward interface is a host endpoint: then all of them are guarded",
    world: twoDoors + [
      .hostEndpoint("node1-eth1", node: "node1", labels: "host-endpoint: ingress", interface: "eth1")
    ],
    checks: [
      .deny("tcp 198.51.100.9 -> 10.65.1.2:8443 in eth0", .toWorkload, by: disallowed),
      .deny(
        "tcp 198.51.100.9 -> 10.65.1.2:8443 in eth1",
        .toWorkload,
        by: "pre-dnat in(eth1): policy disallow-incoming[0]"
      ),
    ]
  )

  private static let s105Contrast = Claim(
    "S105",
    "one interface left out is an open door",
    world: twoDoors,
    checks: [
      .deny("tcp 198.51.100.9 -> 10.65.1.2:8443 in eth0", .toWorkload, by: disallowed),
      .allow(
        "tcp 198.51.100.9 -> 10.65.1.2:8443 in eth1",
        .toWorkload,
        by: "workload in(cali12): policy shop[0]"
      ),
      .allow(
        "tcp 198.51.100.9 -> 10.0.0.11:80 in eth1",
        .toHost,
        by: "not-policed",
        reply: .allow("normal out(eth0): conntrack-established")
      ),
    ]
  )

  private static let s106 = Claim(
    "S106",
    "notNets spares the sources that are known to be within the cluster",
    world: twoDoors,
    checks: [
      .allow(
        "tcp 10.65.3.3 -> 10.65.1.2:8443 in eth0",
        .toWorkload,
        by: "workload in(cali12): policy shop[0]",
        gates: ["pre-dnat in(eth0): no verdict"]
      ),
      .allow(
        "tcp 10.0.0.255 -> 10.65.1.2:8443 in eth0",
        .toWorkload,
        by: "workload in(cali12): policy shop[0]"
      ),
      .deny("tcp 10.0.1.0 -> 10.65.1.2:8443 in eth0", .toWorkload, by: disallowed),
      .deny("tcp 10.66.0.0 -> 10.65.1.2:8443 in eth0", .toWorkload, by: disallowed),
    ]
  )

  private static let s106Contrast = Claim(
    "S106",
    "without notNets inner traffic is cut, too",
    world: Array(twoDoors.dropLast()) + [
      .policy("disallow-incoming", "host-endpoint=='ingress'", kind: .preDNAT, ingress: [.deny()])
    ],
    checks: [.deny("tcp 10.65.3.3 -> 10.65.1.2:8443 in eth0", .toWorkload, by: disallowed)]
  )

  private static let s107 = Claim(
    "S107",
    "disallow-incoming denies what comes from outside, on every node and wherever it goes",
    world: example,
    checks: (1...3).flatMap { node -> [Check] in
      [
        .deny("tcp 198.51.100.9 -> 10.0.0.1\(node):80 in eth0 on node\(node)", .toHost, by: disallowed),
        .deny("udp 198.51.100.9 -> 10.0.0.1\(node):53 in eth0 on node\(node)", .toHost, by: disallowed),
        .deny("tcp 198.51.100.9 -> 10.65.9.9:80 in eth0 on node\(node)", .forwarded, by: disallowed),
      ]
    }
  )

  private static let s107Contrast = Claim(
    "S107",
    "without it workload policy alone stands in the way",
    world: Array(twoDoors.dropLast()),
    checks: [
      .allow("tcp 198.51.100.9 -> 10.65.1.2:8443 in eth0", .toWorkload, by: "workload in(cali12): policy shop[0]")
    ]
  )

  private static let s108 = Claim(
    "S108",
    "a load-balanced service is reached by its own address and port, through the ingress nodes only",
    world: example,
    checks: [
      .allow(
        "tcp 198.51.100.9 -> 203.0.113.80:443 in eth0 on node1",
        .toWorkload,
        by: "workload in(cali12): policy shop[0]",
        out: "cali12",
        gates: ["pre-dnat in(eth0): accepted", "dnat: 0"]
      ),
      .allow(
        "tcp 198.51.100.9 -> 203.0.113.80:443 in eth0 on node2",
        .toWorkload,
        by: "workload in(cali22): policy shop[0]"
      ),
      .deny("tcp 198.51.100.9 -> 203.0.113.80:443 in eth0 on node3", .forwarded, by: disallowed),
      .deny("tcp 198.51.100.9 -> 203.0.113.80:444 in eth0 on node1", .forwarded, by: disallowed),
      .deny("tcp 198.51.100.9 -> 203.0.113.81:443 in eth0 on node1", .forwarded, by: disallowed),
    ]
  )

  private static let services = Manifest.host(
    "node1",
    interfaces: "{name: eth0, addresses: [10.0.0.11/24]}",
    dnat: "{protocol: tcp, address: 203.0.113.80, port: 443, toAddress: 10.65.1.2, toPort: 8443}, "
      + "{protocol: tcp, address: 10.0.0.11, port: 30333, toAddress: 10.65.1.2, toPort: 8443}"
  )

  private static func allowing(_ order: Double, label: String = "true") -> [Manifest] {
    [
      services,
      .hostEndpoint(
        "node1-eth0",
        node: "node1",
        labels: "host-endpoint: ingress, load-balancer-ingress: \(label)",
        interface: "eth0"
      ),
    ] + twoDoors.dropFirst(2) + [
      .policy(
        "allow-load-balancer-service-1",
        "load-balancer-ingress=='true'",
        order: order,
        kind: .preDNAT,
        ingress: [.allow("protocol: tcp, destination: {nets: [203.0.113.80], ports: [443]}")]
      )
    ]
  }

  private static let toShop = "tcp 198.51.100.9 -> 203.0.113.80:443 in eth0"

  private static let s108Contrast = Claim(
    "S108",
    "without its allow the load-balanced service is shut",
    world: Array(allowing(90).dropLast()),
    checks: [.deny(toShop, .toWorkload, by: disallowed)]
  )

  private static let s109 = Claim(
    "S109",
    "a NodePort service is reached by any node's address and its NodePort",
    world: example,
    checks: [
      .allow(
        "tcp 198.51.100.9 -> 10.0.0.13:30333 in eth0 on node3",
        .toWorkload,
        by: "workload in(cali33): policy guestbook[0]",
        out: "cali33",
        gates: ["pre-dnat in(eth0): accepted"]
      ),
      .allow(
        "tcp 198.51.100.9 -> 10.0.0.11:30333 in eth0 on node1",
        .forwarded,
        by: nodePort,
        out: "eth0",
        calico: .deny("normal out(eth0): no-profile-matched")
      ),
      .allow(
        "tcp 198.51.100.9 -> 10.0.0.12:30333 in eth0 on node2",
        .forwarded,
        by: nodePort,
        out: "eth0",
        calico: .deny("normal out(eth0): no-profile-matched")
      ),
      .deny("tcp 198.51.100.9 -> 10.0.0.13:30334 in eth0 on node3", .toHost, by: disallowed),
    ]
  )

  private static let s109Contrast = Claim(
    "S109",
    "without its allow the NodePort is shut",
    world: allowing(90),
    checks: [.deny("tcp 198.51.100.9 -> 10.0.0.11:30333 in eth0", .toWorkload, by: disallowed)]
  )

  private static let s110 = Claim(
    "S110",
    "order 90 comes before order 100",
    world: allowing(90),
    checks: [.allow(toShop, .toWorkload, by: "workload in(cali12): policy shop[0]")]
  )

  private static let s110Contrast = Claim(
    "S110",
    "with order 110 the allow comes too late",
    world: allowing(110),
    checks: [.deny(toShop, .toWorkload, by: disallowed)]
  )

  private static func s111(_ label: String) -> Claim {
    Claim(
      "S111",
      "the label load-balancer-ingress: \(label) equals 'true'",
      world: allowing(90, label: label),
      checks: [.allow(toShop, .toWorkload, by: "workload in(cali12): policy shop[0]")]
    )
  }

  private static let s111Contrast = Claim(
    "S111",
    "the text 'yes' in quotes does not",
    world: allowing(90, label: "'yes'"),
    checks: [.deny(toShop, .toWorkload, by: disallowed)]
  )

  private static let s112 = Claim(
    "S112",
    "with these objects the goals are met, as far as packets go to local workloads",
    world: example,
    checks: [
      .allow(
        "tcp 198.51.100.9 -> 203.0.113.80:443 in eth0 on node1",
        .toWorkload,
        by: "workload in(cali12): policy shop[0]",
        reply: .allow("workload out(cali12): conntrack-established")
      ),
      .allow(
        "tcp 198.51.100.9 -> 10.0.0.13:30333 in eth0 on node3",
        .toWorkload,
        by: "workload in(cali33): policy guestbook[0]",
        reply: .allow("workload out(cali33): conntrack-established")
      ),
      .deny("tcp 198.51.100.9 -> 10.65.1.2:8443 in eth0 on node1", .toWorkload, by: disallowed),
      .deny("tcp 198.51.100.9 -> 10.65.2.9:80 in eth0 on node2", .toWorkload, by: disallowed),
      .allow("tcp 198.51.100.9 -> 10.0.0.11:22 in eth0 on node1", .toHost, by: "normal in(eth0): failsafe tcp 22"),
    ]
  )

  private static let s113 = Claim(
    "S113",
    "a packet that no pre-DNAT policy matches goes on its way",
    world: example,
    checks: [
      .allow(
        "tcp 10.65.3.3 -> 10.65.1.2:8443 in eth0 on node1",
        .toWorkload,
        by: "workload in(cali12): policy shop[0]",
        gates: ["pre-dnat in(eth0): no verdict"]
      ),
      .deny(
        "tcp 10.0.0.12 -> 10.0.0.11:10250 in eth0 on node1",
        .toHost,
        by: "normal in(eth0): no-profile-matched",
        gates: ["pre-dnat in(eth0): no verdict"]
      ),
    ]
  )

  private static let s114 = Claim(
    "S114",
    "a packet that no normal policy matches is dropped",
    world: example + [.policy("kubelet", "host-endpoint=='ingress'", ingress: [.allow("tcp", to: 10250)])],
    checks: [
      .allow("tcp 10.0.0.12 -> 10.0.0.11:10250 in eth0 on node1", .toHost, by: "normal in(eth0): policy kubelet[0]"),
      .deny("tcp 10.0.0.12 -> 10.0.0.11:10251 in eth0 on node1", .toHost, by: "normal in(eth0): no-policy-matched"),
    ]
  )

  private static let s115 = Claim(
    "S115",
    "flows within the cluster need no allow in pre-DNAT policy",
    world: example,
    checks: [
      .allow(
        "tcp guestbook -> 10.65.1.2:8443 from guestbook on node3",
        .fromWorkload,
        by: "workload out(cali33): policy guestbook[0]",
        out: "eth0"
      ),
      .allow(
        "tcp 10.65.3.3 -> 10.65.1.2:8443 in eth0 on node1",
        .toWorkload,
        by: "workload in(cali12): policy shop[0]"
      ),
    ]
  )

  private static let s116 = Claim(
    "S116",
    "pre-DNAT policy is enforced as well as the workload's own ingress policy",
    world: example,
    checks: [
      .deny("tcp 198.51.100.9 -> 10.65.3.3:9376 in eth0 on node3", .toWorkload, by: disallowed),
      .deny(
        "tcp 10.65.1.2 -> 10.65.3.3:9377 in eth0 on node3",
        .toWorkload,
        by: "workload in(cali33): no-policy-matched"
      ),
      .allow(
        "tcp 10.65.1.2 -> 10.65.3.3:9376 in eth0 on node3",
        .toWorkload,
        by: "workload in(cali33): policy guestbook[0]"
      ),
    ]
  )

  private static let s117 = Claim(
    "S117",
    "the NodePort's allow exposes no workload that happens to use the same port",
    world: example,
    checks: [
      .deny(
        "tcp 198.51.100.9 -> 10.65.3.9:30333 in eth0 on node3",
        .toWorkload,
        by: "workload in(cali39): no-policy-matched",
        gates: ["pre-dnat in(eth0): accepted"]
      ),
      .deny(
        "tcp 198.51.100.9 -> 10.65.2.9:30333 in eth0 on node2",
        .toWorkload,
        by: "workload in(cali29): no-profile-matched",
        gates: ["pre-dnat in(eth0): accepted"]
      ),
    ]
  )

  private static let s117Contrast = Claim(
    "S117",
    "nor the backend, unless the workload's own policy allows the packet",
    world: [
      services,
      .hostEndpoint("node1-eth0", node: "node1", labels: "host-endpoint: ingress", interface: "eth0"),
      .workload("shop", "10.65.1.2/32", on: "cali12", node: "node1", labels: "app: shop"),
      .policy("shop", "app == 'shop'", ingress: [.allow("protocol: tcp, source: {nets: [198.51.100.9/32]}")]),
      .policy(
        "allow-node-port-service-1",
        "host-endpoint=='ingress'",
        kind: .preDNAT,
        ingress: [.allow("destination: {ports: [30333]}")]
      ),
    ],
    warnings: ["ports-without-protocol"],
    checks: [
      .allow(
        "tcp 198.51.100.9 -> 10.0.0.11:30333 in eth0",
        .toWorkload,
        by: "workload in(cali12): policy shop[0]"
      ),
      .deny(
        "tcp 198.51.100.8 -> 10.0.0.11:30333 in eth0",
        .toWorkload,
        by: "workload in(cali12): no-policy-matched",
        gates: ["pre-dnat in(eth0): accepted"]
      ),
    ]
  )
}
