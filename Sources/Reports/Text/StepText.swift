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
    case .conntrack(let state): add("conntrack", "", state.rawValue, state.meaning, to: &table)
    case .dnat(let before, let after, _):
      add("dnat", "", "rewritten", "\(before.destinationText) -> \(after.destinationText)", to: &table)
    case .route(let exit, _): add("route", "", route(exit), "", to: &table)
    }
  }

  private func add(_ what: String, _ place: String, _ outcome: String, _ why: String, to table: inout TextTable) {
    table.add([Cell(what), Cell(place), Cell(outcome, style.dim), Cell(why, style.dim)])
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
    let what = Cell(gate.title)
    switch gate.result {
    case .passed(let reason):
      table.add([what, Cell(place), Cell("skipped", style.dim), Cell(gate.neverBecause ?? reason.text(on: walker), style.dim)])
    case .asked(.noVerdict):
      table.add([what, Cell(place), Cell("goes on"), Cell("no rule decides here", style.dim)])
    case .asked(.accepted(let decision)):
      table.add([what, Cell(place), Cell("allow", style.good), Cell(short(decision))])
    case .asked(.denied(let decision)):
      table.add([what, Cell(place), Cell("deny", style.bad), Cell(short(decision))])
    }
    addAttempts(gate, journey.packet(at: gate), to: &table)
  }

  private func short(_ decision: Decision) -> String {
    DecisionName(decision, on: walker).labelWithPlace
  }

  /// Rules that were tried: the ones that matched without deciding always, the others on demand.
  private func addAttempts(_ gate: GateStep, _ packet: Packet, to table: inout TextTable) {
    for attempt in gate.attempts {
      let text = AttemptText(attempt, gate.direction, on: walker)
      let rules = text.rules
      if showsAll { table.add(line: "    " + style.dim(text.head)) }
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
}
