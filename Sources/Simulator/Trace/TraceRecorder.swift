/// Keeps every step of a walk, for people.
struct TraceRecorder: WalkRecorder {
  static let wantsFailures = true

  let gates: [Gate]
  private(set) var steps: [TraceStep] = []
  private(set) var matched: [Decision] = []
  private var open: GateStep?

  init(gates: [Gate]) {
    self.gates = gates
  }

  mutating func enter(_ site: Decision.Site, gate: Int) {
    open = step(site, gates[gate], .asked(.noVerdict))
  }

  mutating func pass(_ site: Decision.Site, gate: Int, because reason: GatePass) {
    steps.append(.gate(step(site, gates[gate], .passed(reason))))
  }

  mutating func attempt(_ kind: Decision.Kind, subject: Int32) {
    open?.attempts.append(GateStep.Attempt(kind: kind, subject: Int(subject), rules: []))
  }

  mutating func fail(rule: Int32, _ criterion: Criterion) {
    append(GateStep.RuleResult(rule: Int(rule), failure: criterion))
  }

  mutating func match(_ decision: Decision) {
    if decision.isListed { matched.append(decision) }
    if decision.kind == .policy || decision.kind == .profile {
      append(GateStep.RuleResult(rule: Int(decision.rule), failure: nil))
    }
  }

  mutating func leave(_ outcome: GateOutcome) {
    guard var step = open else { return }
    step.result = .asked(outcome)
    steps.append(.gate(step))
    open = nil
  }

  mutating func classify(_ state: ConntrackState) {
    steps.append(.conntrack(state))
  }

  mutating func rewrite(_ before: Packet, _ after: Packet, rule: Int) {
    steps.append(.dnat(before: before, after: after, rule: rule))
  }

  mutating func route(_ exit: Exit, path: Path) {
    steps.append(.route(exit, path))
  }

  private mutating func append(_ result: GateStep.RuleResult) {
    guard let last = open?.attempts.indices.last else { return }
    open?.attempts[last].rules.append(result)
  }

  private func step(_ site: Decision.Site, _ gate: Gate, _ result: GateStep.Result) -> GateStep {
    GateStep(
      stage: gate.stage, side: gate.side, direction: gate.direction,
      interface: site.interface >= 0 ? Int(site.interface) : nil,
      endpoint: site.endpoint >= 0 ? Int(site.endpoint) : nil,
      claim: gate.claim, neverBecause: gate.neverBecause, result: result, attempts: [])
  }
}
