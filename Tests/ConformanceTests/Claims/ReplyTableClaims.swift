import Simulator

/// The table of SEMANTICS section 6, cell by cell: what becomes of the answer, for TCP, UDP and ping.
extension Claim {
  static let replyTable: [Claim] = toWorkloadCells + toHostCells + forwardedCells + fromHostCells + fromWorkloadCells

  /// What becomes of the answer by protocol, with the notes of the trace.
  private struct Row {
    var forward: String
    var tcp: Check.Answer
    var udp: Check.Answer
    var icmp: Check.Answer
    var tcpNotes: [String] = []
    var notes: [String] = []
    /// Under `calico-2.4`; `nil` where it is the same.
    var calico: (forward: String, udp: Check.Answer, others: Check.Answer)?

    init(
      _ forward: String,
      tcp: Check.Answer,
      udp: Check.Answer,
      icmp: Check.Answer,
      notes: [String] = [],
      tcpNotes: [String]? = nil,
      calico: (forward: String, udp: Check.Answer, others: Check.Answer)? = nil
    ) {
      self.forward = forward
      self.tcp = tcp
      self.udp = udp
      self.icmp = icmp
      self.notes = notes
      self.tcpNotes = tcpNotes ?? notes
      self.calico = calico
    }

    /// The same for all three.
    init(_ forward: String, all answer: Check.Answer, tcpNotes: [String] = []) {
      self.init(forward, tcp: answer, udp: answer, icmp: answer, tcpNotes: tcpNotes)
    }

    func checks(_ path: Path, from source: String, to destination: String, _ entry: String) -> [Check] {
      let cases = [("tcp", ":80", tcp), ("udp", ":80", udp), ("icmp", "", icmp)]
      return cases.map { name, port, reply in
        .allow(
          "\(name) \(source) -> \(destination)\(port) \(entry)",
          path,
          by: forward,
          reply: reply,
          notes: name == "tcp" ? tcpNotes : notes,
          calico: calico.map { .allow($0.forward, reply: name == "udp" ? $0.udp : $0.others) }
        )
      }
    }
  }

  private static func open(_ name: String, _ selector: String, in ingress: Bool, out egress: Bool) -> Manifest {
    .policy(name, selector, ingress: ingress ? [.allow()] : [], egress: egress ? [.allow()] : [])
  }

  private static func raw(_ name: String, _ selector: String, in ingress: Bool, out egress: Bool) -> Manifest {
    .policy(
      name,
      selector,
      kind: .untracked,
      ingress: ingress ? [.allow()] : [],
      egress: egress ? [.allow()] : []
    )
  }

  // MARK: K1

  private static let toWorkloadCells: [Claim] = [
    toWorkload("both tracked", [], out: false, all: .allow("workload out(cali1): conntrack-established")),
    toWorkload(
      "untracked, W's egress is shut",
      [raw("raw", "role == 'edge'", in: true, out: false)],
      out: false,
      tcp: .deny("workload out(cali1): conntrack-invalid"),
      udp: .deny("workload out(cali1): no-policy-matched")
    ),
    toWorkload(
      "untracked, W's egress is open",
      [raw("raw", "role == 'edge'", in: true, out: true)],
      out: true,
      tcp: .deny("workload out(cali1): conntrack-invalid"),
      udp: .allow("workload out(cali1): policy web[0]")
    ),
    toWorkload(
      "no untracked allow ever sees the answer",
      [raw("raw", "all()", in: false, out: true)],
      out: false,
      all: .allow("workload out(cali1): conntrack-established")
    ),
  ]

  private static func toWorkload(
    _ cell: String,
    _ raw: [Manifest],
    out egress: Bool,
    all: Check.Answer? = nil,
    tcp: Check.Answer = .established,
    udp: Check.Answer = .established
  ) -> Claim {
    let forward = "workload in(cali1): policy web[0]"
    let row =
      all.map { Row(forward, all: $0) }
      ?? Row(forward, tcp: tcp, udp: udp, icmp: tcp, notes: ["untracked-to-workload"])
    return Claim(
      "K1",
      cell,
      world: [.host, .eth0, .w1, open("web", "app == 'web'", in: true, out: egress)] + raw,
      checks: row.checks(.toWorkload, from: "203.0.113.9", to: "w1", "in eth0")
    )
  }

  // MARK: K2

  private static let toHostCells: [Claim] = [
    toHost(
      "both tracked",
      [open("filter", "all()", in: true, out: false)],
      Row("normal in(eth0): policy filter[0]", all: .allow("normal out(eth0): conntrack-established"))
    ),
    toHost(
      "untracked, normal egress is shut",
      [raw("raw", "all()", in: true, out: false)],
      Row(
        "untracked in(eth0): policy raw[0]",
        tcp: .deny("normal out(eth0): conntrack-invalid"),
        udp: .deny("normal out(eth0): no-profile-matched"),
        icmp: .deny("normal out(eth0): conntrack-invalid"),
        notes: ["untracked-one-way"]
      )
    ),
    toHost(
      "answer untracked",
      [open("filter", "all()", in: true, out: false), raw("raw", "all()", in: false, out: true)],
      Row(
        "normal in(eth0): policy filter[0]",
        all: .allow("untracked out(eth0): policy raw[0]"),
        tcpNotes: ["reply-untracked"]
      )
    ),
    Claim(
      "K2",
      "untracked, normal egress is open",
      world: [
        .host, .eth0, raw("raw", "all()", in: true, out: false), open("filter", "all()", in: false, out: true),
      ],
      checks: [
        .allow(
          "tcp 203.0.113.9 -> 10.0.0.1:80",
          .toHost,
          by: "untracked in(eth0): policy raw[0]",
          reply: .deny("normal out(eth0): conntrack-invalid"),
          notes: ["untracked-one-way"]
        ),
        .allow(
          "udp 203.0.113.9 -> 10.0.0.1:80",
          .toHost,
          by: "untracked in(eth0): policy raw[0]",
          reply: .allow("normal out(eth0): policy filter[0]")
        ),
        .allow(
          "icmp 203.0.113.9 -> 10.0.0.1",
          .toHost,
          by: "untracked in(eth0): policy raw[0]",
          reply: .deny("normal out(eth0): conntrack-invalid"),
          notes: ["untracked-one-way"]
        ),
      ]
    ),
  ]

  private static func toHost(_ cell: String, _ policies: [Manifest], _ row: Row) -> Claim {
    Claim(
      "K2",
      cell,
      world: [.host, .eth0] + policies,
      checks: row.checks(.toHost, from: "203.0.113.9", to: "10.0.0.1", "in eth0")
    )
  }

  // MARK: K4

  private static let fromHostCells: [Claim] = [
    fromHost(
      "both tracked",
      [open("filter", "all()", in: false, out: true)],
      Row("normal out(eth0): policy filter[0]", all: .allow("normal in(eth0): conntrack-established"))
    ),
    fromHost(
      "untracked, nothing else",
      [raw("raw", "all()", in: false, out: true)],
      Row(
        "untracked out(eth0): policy raw[0]",
        tcp: .deny("normal in(eth0): conntrack-invalid"),
        udp: .deny("normal in(eth0): no-profile-matched"),
        icmp: .deny("normal in(eth0): conntrack-invalid"),
        notes: ["untracked-one-way"]
      )
    ),
    fromHost(
      "untracked, B has pre-DNAT policy",
      [
        raw("raw", "all()", in: false, out: true), .policy("mangle", "all()", kind: .preDNAT, ingress: [.deny()]),
        open("filter", "all()", in: true, out: true),
      ],
      Row(
        "untracked out(eth0): policy raw[0]",
        tcp: .deny("pre-dnat in(eth0): conntrack-invalid"),
        udp: .deny("pre-dnat in(eth0): policy mangle[0]"),
        icmp: .deny("pre-dnat in(eth0): conntrack-invalid"),
        notes: ["untracked-one-way"]
      )
    ),
    fromHost(
      "answer untracked",
      [open("filter", "all()", in: false, out: true), raw("raw", "all()", in: true, out: false)],
      Row(
        "normal out(eth0): policy filter[0]",
        all: .allow("untracked in(eth0): policy raw[0]"),
        tcpNotes: ["reply-untracked"]
      )
    ),
    Claim(
      "K4",
      "untracked, B's pre-DNAT or normal ingress is open",
      world: [
        .host, .eth0, .eth1, raw("raw", "all()", in: false, out: true),
        open("filter", "role == 'edge'", in: true, out: false),
        .policy("mangle", "role == 'inner'", kind: .preDNAT, ingress: [.allow()]),
      ],
      checks: [
        .allow(
          "udp 10.0.0.1 -> 203.0.113.9:80",
          .fromHost,
          by: "untracked out(eth0): policy raw[0]",
          reply: .allow("normal in(eth0): policy filter[0]")
        ),
        .allow(
          "udp 10.1.0.1 -> 10.1.0.9:80",
          .fromHost,
          by: "untracked out(eth1): policy raw[0]",
          reply: .allow("pre-dnat in(eth1): policy mangle[0]")
        ),
        .allow(
          "tcp 10.0.0.1 -> 203.0.113.9:80",
          .fromHost,
          by: "untracked out(eth0): policy raw[0]",
          reply: .deny("normal in(eth0): conntrack-invalid"),
          notes: ["untracked-one-way"]
        ),
        .allow(
          "icmp 10.1.0.1 -> 10.1.0.9",
          .fromHost,
          by: "untracked out(eth1): policy raw[0]",
          reply: .deny("pre-dnat in(eth1): conntrack-invalid"),
          notes: ["untracked-one-way"]
        ),
      ]
    ),
  ]

  private static func fromHost(_ cell: String, _ policies: [Manifest], _ row: Row) -> Claim {
    Claim(
      "K4",
      cell,
      world: [.host, .eth0] + policies,
      checks: row.checks(.fromHost, from: "10.0.0.1", to: "203.0.113.9", "from host")
    )
  }

  // MARK: K5

  private static let fromWorkloadCells: [Claim] = [
    fromWorkload(
      "both tracked",
      in: false,
      [],
      Row("workload out(cali1): policy web[0]", all: .allow("workload in(cali1): conntrack-established"))
    ),
    fromWorkload(
      "no untracked allow ever sees the packet",
      in: false,
      [raw("raw", "all()", in: false, out: true)],
      Row("workload out(cali1): policy web[0]", all: .allow("workload in(cali1): conntrack-established"))
    ),
    fromWorkload(
      "answer untracked, W's ingress is shut",
      in: false,
      [raw("raw", "all()", in: true, out: false)],
      Row("workload out(cali1): policy web[0]", all: .deny("workload in(cali1): no-policy-matched"))
    ),
    fromWorkload(
      "answer untracked, W's ingress is open",
      in: true,
      [raw("raw", "all()", in: true, out: false)],
      Row(
        "workload out(cali1): policy web[0]",
        all: .allow("workload in(cali1): policy web[0]"),
        tcpNotes: ["reply-untracked"]
      )
    ),
  ]

  private static func fromWorkload(_ cell: String, in ingress: Bool, _ raw: [Manifest], _ row: Row) -> Claim {
    Claim(
      "K5",
      cell,
      world: [.host, .eth0, .w1, open("web", "app == 'web'", in: ingress, out: true)] + raw,
      checks: row.checks(.fromWorkload, from: "w1", to: "203.0.113.9", "")
    )
  }

  // MARK: K3

  private static let untrackedAtA = "untracked in(eth0): policy raw[0]"
  private static let invalidAtB = Check.Answer.deny("normal in(eth1): conntrack-invalid")

  private static let forwardedCells: [Claim] = [
    forwarded(
      "both tracked",
      [open("a", "role == 'edge'", in: true, out: false), open("b", "role == 'inner'", in: false, out: true)],
      Row("normal out(eth1): policy b[0]", all: .allow("conntrack-established"))
    ),
    forwarded(
      "untracked, B's normal ingress is shut",
      [raw("raw", "role == 'edge'", in: true, out: false), open("b", "role == 'inner'", in: false, out: true)],
      untrackedRow(udp: .deny("normal in(eth1): no-policy-matched"))
    ),
    forwarded(
      "untracked, A's normal egress is shut",
      [raw("raw", "role == 'edge'", in: true, out: false), open("b", "role == 'inner'", in: true, out: true)],
      untrackedRow(udp: .deny("normal out(eth0): no-profile-matched"))
    ),
    forwarded(
      "untracked, B's pre-DNAT policy denies",
      [
        raw("raw", "role == 'edge'", in: true, out: false), open("b", "has(role)", in: true, out: true),
        .policy("mangle", "role == 'inner'", kind: .preDNAT, ingress: [.deny()]),
      ],
      untrackedRow(
        udp: .deny("pre-dnat in(eth1): policy mangle[0]"),
        others: .deny("pre-dnat in(eth1): conntrack-invalid")
      )
    ),
    forwardedUDP(
      "untracked, B's normal ingress and A's normal egress are open",
      [raw("raw", "role == 'edge'", in: true, out: false), open("b", "has(role)", in: true, out: true)],
      documented: .allow("normal out(eth0): policy b[0]"),
      calico: .allow("normal out(eth0): policy b[0]")
    ),
    forwardedUDP(
      "untracked, B's pre-DNAT policy allows: it spares any normal policy, or B's alone",
      [
        raw("raw", "role == 'edge'", in: true, out: false), open("b", "role == 'inner'", in: false, out: true),
        .policy("mangle", "role == 'inner'", kind: .preDNAT, ingress: [.allow()]),
      ],
      documented: .allow("pre-dnat in(eth1): policy mangle[0]"),
      calico: .deny("normal out(eth0): no-profile-matched")
    ),
    answerUntracked(
      "A's normal egress is shut",
      edgeEgress: false,
      calico: .deny("normal out(eth0): no-policy-matched")
    ),
    answerUntracked("A's normal egress is open", edgeEgress: true, calico: .allow("normal out(eth0): policy a[0]")),
  ]

  private static func forwarded(_ cell: String, _ policies: [Manifest], _ row: Row) -> Claim {
    Claim(
      "K3",
      cell,
      world: [.host, .eth0, .eth1] + policies,
      checks: row.checks(.forwarded, from: "203.0.113.9", to: "10.1.0.9", "in eth0")
    )
  }

  private static func untrackedRow(udp: Check.Answer, others: Check.Answer = invalidAtB) -> Row {
    Row(
      untrackedAtA,
      tcp: others,
      udp: udp,
      icmp: others,
      notes: ["untracked-one-way"],
      calico: ("normal out(eth1): policy b[0]", udp, others)
    )
  }

  private static func forwardedUDP(
    _ cell: String,
    _ policies: [Manifest],
    documented: Check.Answer,
    calico: Check.Answer
  ) -> Claim {
    Claim(
      "K3",
      cell,
      world: [.host, .eth0, .eth1] + policies,
      checks: [
        .allow(
          "udp 203.0.113.9 -> 10.1.0.9:80",
          .forwarded,
          by: untrackedAtA,
          reply: documented,
          calico: .allow("normal out(eth1): policy b[0]", reply: calico)
        )
      ]
    )
  }

  private static func answerUntracked(_ cell: String, edgeEgress: Bool, calico: Check.Answer) -> Claim {
    forwarded(
      "answer untracked, \(cell)",
      [
        open("a", "role == 'edge'", in: true, out: edgeEgress), open("b", "role == 'inner'", in: false, out: true),
        raw("raw", "role == 'inner'", in: true, out: false),
      ],
      Row(
        "normal out(eth1): policy b[0]",
        tcp: .allow("untracked in(eth1): policy raw[0]"),
        udp: .allow("untracked in(eth1): policy raw[0]"),
        icmp: .allow("untracked in(eth1): policy raw[0]"),
        tcpNotes: ["reply-untracked"],
        calico: ("normal out(eth1): policy b[0]", calico, calico)
      )
    )
  }
}
