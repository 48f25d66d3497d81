import Simulator

/// The table of rulings, to be read beside section 9 of the semantics: the first row that fits a case rules it.
enum RulingTable {
  static func ruling(for ruled: RulingCase) -> Ruling? {
    (ruled.role == .packet ? packets : replies).first { $0.fits(ruled) }?.ruling
  }

  /// A row: what is not said fits everything.
  struct Row: Sendable {
    var ruling: Ruling
    var paths: [Path] = Path.allCases
    var kinds: [Decision.Kind] = Decision.Kind.allCases
    var stages: [Stage]?
    var direction: Direction?
    var isAllowed: Bool?
    var state: ConntrackState?
    var answered: ConntrackState?
    var isTranslated: Bool?
    var semantics: String?

    init(
      _ claim: String, on paths: [Path] = Path.allCases, by kinds: [Decision.Kind] = Decision.Kind.allCases,
      at stages: [Stage]? = nil, going direction: Direction? = nil, isAllowed: Bool? = nil, seen state: ConntrackState? = nil,
      answering answered: ConntrackState? = nil, isTranslated: Bool? = nil, under semantics: String? = nil, says words: String
    ) {
      ruling = Ruling(claim: claim, words: words)
      self.paths = paths
      self.kinds = kinds
      self.stages = stages
      self.direction = direction
      self.isAllowed = isAllowed
      self.state = state
      self.answered = answered
      self.isTranslated = isTranslated
      self.semantics = semantics
    }

    func fits(_ ruled: RulingCase) -> Bool {
      paths.contains(ruled.path) && kinds.contains(ruled.kind)
        && (stages.map { stages in ruled.stage.map(stages.contains) ?? false } ?? true)
        && (direction ?? ruled.direction) == ruled.direction && (isAllowed ?? ruled.isAllowed) == ruled.isAllowed
        && (state ?? ruled.state) == ruled.state && (answered == nil || answered == ruled.answeredState)
        && (isTranslated ?? ruled.isTranslated) == ruled.isTranslated && (semantics ?? ruled.semantics) == ruled.semantics
    }
  }

  // One row a line, to be read as a table.
  // swift-format-ignore
  static let packets: [Row] = [
    // Built in.
    Row("D9", on: [.hostToWorkload], by: [.notPoliced], says: "what the host sends to its own workloads is never policed"),
    Row("S10", on: [.forwarded], by: [.notPoliced], says: "traffic between interfaces without a host endpoint is left alone"),
    Row("S9", by: [.notPoliced], says: "of the host's interfaces only those that Calico was told of are policed"),
    Row("D8", on: [.forwarded], by: [.failsafe], going: .egress, says: "a failsafe port lets forwarded packets through, too, whatever the policies say"),
    Row("D8", on: [.forwarded], by: [.failsafe], says: "a failsafe port also lets forwarded packets through, and no other interface is asked"),
    Row("S49", by: [.failsafe], going: .ingress, says: "the inbound failsafe ports stay open whatever the policies say"),
    Row("S22", by: [.failsafe], going: .egress, says: "the host reaches the outbound failsafe ports anywhere, whatever the policies say"),
    Row("S8", by: [.unknownWorkload], says: "traffic to and from a workload is blocked unless Calico knows its interface"),
    Row("S8", by: [.endpointToHostAction], says: "from a workload to its own host the workload's own policy decides first, then the setting defaultEndpointToHostAction"),
    Row("S84", by: [.conntrackInvalid], says: "an answer that belongs to no connection is dropped, whatever the rules say"),
    // Workloads.
    Row("S80", on: [.toWorkload], by: [.policy, .profile], at: [.workload], says: "for a packet to a local workload the workload's own ingress policy decides"),
    Row("S8", at: [.workload], says: "traffic to and from a workload is blocked unless policy or a profile allows it"),
    // Defaults and profiles of host endpoints.
    Row("S75", by: [.noPolicyMatched], says: "once a normal policy selects an endpoint, what no policy allows is dropped"),
    Row("S42", by: [.noProfileMatched], says: "a host endpoint without a policy or profile that allows a packet drops it"),
    Row("S36", by: [.profile, .missingProfile], says: "the profiles of a host endpoint apply in its order where no policy decides"),
    // Untracked policy.
    Row("S81", on: [.toWorkload], by: [.policy], at: [.untracked], says: "untracked policy applies to packets for a local workload, too"),
    Row("S88", on: [.toHost], by: [.policy], at: [.untracked], isAllowed: true, says: "what untracked policy allows skips pre-DNAT and normal policy"),
    Row("S87", on: [.toHost], by: [.policy], at: [.untracked], isAllowed: false, says: "untracked, pre-DNAT and normal policy all apply to what the host itself gets"),
    Row("S95", on: [.forwarded], by: [.policy], at: [.untracked], isAllowed: true, under: "documented", says: "a forwarded packet that untracked policy allows as it arrives skips pre-DNAT and any normal policy"),
    Row("D1", on: [.forwarded], by: [.policy], at: [.untracked], isAllowed: true, says: "an untracked allow as it arrives spares a forwarded packet the policies of that interface, not those of the other"),
    Row("S90", on: [.forwarded], by: [.policy], at: [.untracked], says: "a forwarded packet meets the untracked ingress rules of the interface by which it arrives"),
    Row("S98", by: [.policy], at: [.untracked], says: "what the host sends meets the untracked egress rules of the interface by which it leaves"),
    // Pre-DNAT policy.
    Row("S72", on: [.toWorkload], by: [.policy], at: [.preDNAT], says: "pre-DNAT policy is enforced wherever the packet goes, to a local workload, too"),
    Row("S89", on: [.toHost], by: [.policy], at: [.preDNAT], isAllowed: true, says: "what pre-DNAT policy allows skips normal policy"),
    Row("S87", on: [.toHost], by: [.policy], at: [.preDNAT], says: "untracked, pre-DNAT and normal policy all apply to what the host itself gets"),
    Row("S96", on: [.forwarded], by: [.policy], at: [.preDNAT], isAllowed: true, under: "documented", says: "a forwarded packet that pre-DNAT policy allows as it arrives skips any normal policy"),
    Row("D2", on: [.forwarded], by: [.policy], at: [.preDNAT], isAllowed: true, says: "a pre-DNAT allow as it arrives spares a forwarded packet the normal policy of that interface, not that of the other"),
    Row("S92", on: [.forwarded], by: [.policy], at: [.preDNAT], says: "a forwarded packet meets the pre-DNAT policy of the interface by which it arrives"),
    // Normal policy.
    Row("S87", on: [.toHost], by: [.policy], at: [.normal], says: "untracked, pre-DNAT and normal policy all apply to what the host itself gets"),
    Row("S94", on: [.forwarded], by: [.policy], at: [.normal], says: "a forwarded packet meets the normal ingress rules where it arrives and the normal egress rules where it leaves"),
    Row("D10", on: [.fromHost, .hostToWorkload], by: [.policy], at: [.normal], isTranslated: true, under: "calico-2.4", says: "what the host sends to a service is policed by the interface of the route before DNAT"),
    Row("S99", on: [.fromHost], by: [.policy], at: [.normal], says: "what the host sends meets the normal egress rules of the interface by which it leaves"),
  ]

  // One row a line, to be read as a table.
  // swift-format-ignore
  static let replies: [Row] = [
    // It is let through untracked, or stopped there.
    Row("S57", by: [.policy], at: [.untracked], isAllowed: false, says: "untracked policy comes before connection tracking, so it drops replies, too"),
    Row("S91", on: [.forwarded], by: [.policy], at: [.untracked], answering: .untracked, says: "untracked ingress rules of both interfaces that mirror each other let both directions pass"),
    Row("S61", by: [.policy], at: [.untracked], answering: .untracked, says: "an untracked policy needs its rules for both directions"),
    Row("D6", on: [.fromWorkload], by: [.policy], at: [.untracked], says: "what a workload sends meets no host endpoint policy on its way out, but untracked ingress rules see the reply"),
    Row("S64", by: [.policy], at: [.untracked], going: .ingress, says: "untracked ingress rules see everything that arrives, replies included"),
    Row("S65", by: [.policy], at: [.untracked], going: .egress, says: "untracked egress rules see what the host itself sends, its replies included"),
    // It answers a packet that was not tracked.
    Row("D5", on: [.toWorkload], by: [.conntrackInvalid], says: "behind an untracked allow a workload's TCP and ping answers are invalid, whatever its policy says"),
    Row("S61", by: [.conntrackInvalid], says: "an untracked policy needs its rules for both directions"),
    Row("S49", by: [.failsafe], says: "failsafe ports stay open whatever the policies say"),
    Row("D4", on: [.toWorkload], answering: .untracked, says: "behind an untracked allow the workload's own egress policy decides on an answer over UDP"),
    Row("S58", answering: .untracked, says: "what untracked policy allows is not tracked, so its answer is judged like a packet of its own"),
    // It is taken out of its connection.
    Row("D3", on: [.forwarded], seen: .untracked, says: "an answer that untracked policy allows still meets the normal egress rules of the interface by which it leaves"),
    Row("D6", on: [.fromWorkload], seen: .untracked, says: "an answer that untracked rules allow belongs to no connection any more, so the workload's ingress policy decides on it"),
    Row("S58", seen: .untracked, says: "an answer that untracked policy allows is not tracked, so it is judged like a packet of its own"),
    // It belongs to the connection.
    Row("S8", by: [.unknownWorkload], says: "traffic to and from a workload is blocked unless Calico knows its interface"),
    Row("S93", on: [.forwarded], by: [.conntrackEstablished], says: "the answer to a forwarded packet passes by the state of its connection, against the policies on its way"),
    Row("S71", on: [.toWorkload], by: [.conntrackEstablished], says: "connection tracking alone lets the answer return"),
    Row("S63", by: [.conntrackEstablished], says: "a tracked policy usually needs rules for one direction only, as answers belong to its connection"),
    Row("S9", by: [.notPoliced], says: "of the host's interfaces only those that Calico was told of are policed"),
  ]
}

/// The claims that let gates be left out, for gates whose own claim does not say it.
enum SkipTable {
  static func claim(for gate: GateStep, on path: Path, _ semantics: String) -> String {
    guard case .passed(let reason) = gate.result else { return gate.claim }
    switch reason {
    case .final(let decision): return decision.kind == .failsafe ? "D8" : "S93"
    case .spared(let decision): return early(decision.stage, gate.stage, path, semantics) ?? gate.claim
    case .never, .noEndpoint, .noPolicy, .noInterface: return gate.claim
    }
  }

  private static func early(_ accepted: Stage?, _ skipped: Stage, _ path: Path, _ semantics: String) -> String? {
    switch (path, accepted, skipped) {
    case (.toWorkload, .untracked, .preDNAT): "D11"
    case (.toHost, .untracked, _), (.fromHost, .untracked, _), (.hostToWorkload, .untracked, _): "S88"
    case (.toHost, .preDNAT, _): "S89"
    case (.forwarded, .untracked, .preDNAT): semantics == "documented" ? "S95" : "D11"
    case (.forwarded, .untracked, _): semantics == "documented" ? "S95" : "D1"
    case (.forwarded, .preDNAT, _): semantics == "documented" ? "S96" : "D2"
    default: nil
    }
  }
}
