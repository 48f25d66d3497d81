import Selector
import Simulator

/// The steps of a trace as rows: where, at which endpoint, what came of it, and by what.
struct StepText {
  let walker: Walker
  let style: Style
  let showsAll: Bool

  typealias Cell = TextTable.Cell

  func add(_ step: TraceStep, packet: Packet, to table: inout TextTable, journey: Journey) {
    switch step {
    case .gate(let gate): add(gate, journey: journey, to: &table)
    case .conntrack(let state): add("conntrack", "", state.rawValue, meaning(state), to: &table)
    case .dnat(let before, let after, _):
      add("dnat", "", "rewritten", "\(before.destinationText) -> \(after.destinationText)", to: &table)
    case .route(let exit, _): add("route", "", route(exit), "", to: &table)
    }
  }

  private func add(_ what: String, _ place: String, _ outcome: String, _ why: String, to table: inout TextTable) {
    table.add([Cell(what), Cell(place), Cell(outcome, style.dim), Cell(why, style.dim)])
  }

  private func meaning(_ state: ConntrackState) -> String {
    switch state {
    case .new: ""
    case .established: "answers a connection that was let through"
    case .invalid: "begins no connection and answers none"
    case .untracked: "no connection is recorded, no DNAT is done"
    }
  }

  private func route(_ exit: Exit) -> String {
    switch exit {
    case .host: return "to host"
    case .interface(let place): return Style.visible("to \(walker.topology.interfaces[place].name)")
    }
  }

  private func add(_ gate: GateStep, journey: Journey, to table: inout TextTable) {
    let endpoint = gate.endpoint.map { walker.world.endpoints[$0].shortName.text }
    let interface = gate.interface.map { walker.topology.interfaces[$0].name.text }
    let place = Style.visible(
      [endpoint, interface.map { endpoint == nil ? $0 : "(\($0))" }].compactMap { $0 }.joined(separator: " "))
    let what = Cell("\(gate.stage.rawValue) \(gate.side == .hostAction ? "to host" : gate.direction.rawValue)")
    switch gate.result {
    case .passed(let reason):
      table.add([what, Cell(place), Cell("skipped", style.dim), Cell(gate.neverBecause ?? text(reason), style.dim)])
    case .asked(.noVerdict):
      table.add([what, Cell(place), Cell("goes on"), Cell("no rule decides here", style.dim)])
    case .asked(.accepted(let decision)):
      table.add([what, Cell(place), Cell("allow", style.good), Cell(short(decision))])
    case .asked(.denied(let decision)):
      table.add([what, Cell(place), Cell("deny", style.bad), Cell(short(decision))])
    }
    addAttempts(gate, packet(at: gate, journey), to: &table)
  }

  /// The packet as the gate saw it: after DNAT from routing on.
  private func packet(at gate: GateStep, _ journey: Journey) -> Packet {
    gate.stage.isBeforeRouting ? journey.packet : journey.judgement.delivered
  }

  private func short(_ decision: Decision) -> String {
    let name = DecisionName(decision, on: walker)
    return Style.visible(name.label) + (name.rule?.location.map { " (\($0.shortFileAndLine))" } ?? "")
  }

  private func text(_ reason: GatePass) -> String {
    switch reason {
    case .never: "not on this path"
    case .spared(let decision), .final(let decision): "\(short(decision)) let the packet through before"
    case .noEndpoint: "no host endpoint: left alone"
    case .noPolicy: "no policy of this kind applies"
    case .noInterface: "the packet stays on the host"
    }
  }

  /// Rules that were tried: the ones that matched without deciding always, the others on demand.
  private func addAttempts(_ gate: GateStep, _ packet: Packet, to table: inout TextTable) {
    for attempt in gate.attempts {
      let isPolicy = attempt.kind == .policy
      let rules: [Rule]
      var head: String
      if isPolicy {
        let policy = walker.world.policies[attempt.subject]
        rules = policy.rules(gate.direction)
        head = "policy \(policy.name), order \(policy.order.map(Self.number) ?? "none"), selects \(policy.selector.text)"
      } else {
        let profile = walker.world.profiles[attempt.subject]
        rules = profile.rules(gate.direction)
        head = "profile \(profile.name)"
      }
      if rules.isEmpty { head += ": no \(gate.direction.rawValue) rules" }
      if showsAll { table.add(line: "    " + style.dim(Style.visible(head))) }
      for result in attempt.rules {
        let rule = rules[result.rule]
        let label = "\(gate.direction.rawValue)[\(result.rule)] \(RuleText(rule: rule).text)"
        let place = rule.location.map { "  (\($0.shortFileAndLine))" } ?? ""
        if let failure = result.failure {
          guard showsAll else { continue }
          let reason = CriterionText(rule: rule, packet: packet).reason(failure)
          table.add(line: "      " + style.dim("no match: \(label)\(place)"))
          table.add(line: "                " + style.dim(reason))
        } else if showsAll || rule.action == .log || rule.action == .pass {
          table.add(line: "    \(showsAll ? "  " : "")matched: \(label)\(place)")
        }
      }
    }
  }

  /// `100`, `1.5`.
  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
