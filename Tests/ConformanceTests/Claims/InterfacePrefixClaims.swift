import Simulator

/// S5-S7: which interfaces are the workloads'.
extension Claim {
  static let prefixes: [Claim] = [s5, s5Contrast, s6, s7]

  private static let interfaces = """
    {name: eth0, addresses: [10.0.0.1/24]}, {name: cali9, addresses: [10.9.0.1/24]}, \
    {name: tap9, addresses: [10.8.0.1/24]}, {name: cal9, addresses: [10.7.0.1/24]}
    """

  private static let s5 = Claim(
    "S5",
    "the prefix of workload interfaces can be configured",
    world: [
      .host(interfaces: interfaces, felix: "interfacePrefix: tap"),
      .workload("w1", "10.65.0.1/32", on: "tap1", labels: "app: web"),
      .hostEndpoint("was-workload", labels: "role: edge", interface: "cali9"),
      .policy("web", "app == 'web'", ingress: [.allow("tcp", to: 80)]),
    ],
    checks: [
      .allow("tcp 203.0.113.9 -> 10.65.0.1:80", .toWorkload, by: "workload in(tap1): policy web[0]"),
      .deny("tcp 203.0.113.9 -> 10.65.0.1:81", .toWorkload, by: "workload in(tap1): no-policy-matched"),
      .deny("tcp 10.8.0.9 -> 203.0.113.9:80 in tap9", .fromWorkload, by: "workload out(tap9): unknown-workload"),
      .deny("tcp 10.9.0.9 -> 10.9.0.1:80 in cali9", .toHost, by: "normal in(cali9): no-profile-matched"),
    ]
  )

  private static let s5Contrast = Claim(
    "S5",
    "a workload endpoint whose interface lacks the prefix is not policed, nor is it a workload",
    world: [
      .host(interfaces: interfaces),
      .workload("w1", "10.65.0.1/32", on: "tap9", labels: "app: web"),
      .hostEndpoint("no-host-interface", labels: "role: edge", interface: "cali9"),
      .policy("web", "app == 'web'", ingress: [.allow("tcp", to: 80)]),
    ],
    warnings: ["wrong-prefix", "inactive-host-endpoint"],
    checks: [
      .allow(
        "tcp 203.0.113.9 -> 10.8.0.1:81 in eth0",
        .toHost,
        by: "not-policed",
        reply: .notPoliced
      ),
      .allow("tcp 10.8.0.9 -> 203.0.113.9:80 in tap9", .forwarded, by: "not-policed", reply: .notPoliced),
    ]
  )

  private static let s6 = Claim(
    "S6",
    "the prefix is cali, if nobody says otherwise",
    world: [.host(interfaces: interfaces)],
    checks: [
      .deny("tcp 10.9.0.9 -> 203.0.113.9:80 in cali9", .fromWorkload, by: "workload out(cali9): unknown-workload"),
      .allow("tcp 10.7.0.9 -> 203.0.113.9:80 in cal9", .forwarded, by: "not-policed", reply: .notPoliced),
      .allow("tcp 10.8.0.9 -> 203.0.113.9:80 in tap9", .forwarded, by: "not-policed", reply: .notPoliced),
    ]
  )

  private static let s7 = Claim(
    "S7",
    "there may be several prefixes; every other interface is a host interface",
    world: [.host(interfaces: interfaces, felix: "interfacePrefix: \"cali,tap\"")],
    checks: [
      .deny("tcp 10.9.0.9 -> 203.0.113.9:80 in cali9", .fromWorkload, by: "workload out(cali9): unknown-workload"),
      .deny("tcp 10.8.0.9 -> 203.0.113.9:80 in tap9", .fromWorkload, by: "workload out(tap9): unknown-workload"),
      .allow("tcp 10.7.0.9 -> 203.0.113.9:80 in cal9", .forwarded, by: "not-policed", reply: .notPoliced),
    ]
  )
}
