import Selector
import Simulator

/// What a remedy alters besides: a line if nothing, else the first few flows, watched ones first.
struct ImpactText {
  private static let shown = 5

  let impact: RemedyImpact
  let style: Style

  var lines: [String] {
    let changes = impact.watchedChanges + impact.neighbourChanges
    if changes.isEmpty { return ["alters nothing else of \(looked(at: { _, count in "\(count)" }))"] + governed }
    let more = changes.count - Self.shown
    return [style.warning("alters \(looked(at: { "\($0) of \($1)" })):")] + changes.prefix(Self.shown).map(line)
      + (more > 0 ? ["  … and \(more) more"] : []) + governed
  }

  /// `1 of 3 watched flows and 0 of 57 neighbouring flows`.
  private func looked(at counts: (_ changed: Int, _ all: Int) -> String) -> String {
    func part(_ changed: Int, _ all: Int, _ kind: String) -> String {
      "\(counts(changed, all)) \(kind) \(all == 1 ? "flow" : "flows")"
    }
    let neighbours = part(impact.neighbourChanges.count, impact.neighbourCount, "neighbouring")
    guard impact.watchedCount > 0 else { return neighbours }
    return part(impact.watchedChanges.count, impact.watchedCount, "watched") + " and " + neighbours
  }

  private var governed: [String] {
    guard let first = impact.alsoGoverned.first else { return [] }
    let world = impact.world
    let names = impact.alsoGoverned.prefix(3).map { world.endpoints[$0].name.text }.joined(separator: ", ")
    let count = impact.alsoGoverned.count
    let more = count > 3 ? ", …" : ""
    return [
      Style.visible(
        count == 1
          ? "what is changed also applies at \(world.endpoints[first].name)"
          : "what is changed also applies at \(count) other endpoints: \(names)\(more)")
    ]
  }

  private func line(_ change: RemedyImpact.FlowChange) -> String {
    let flow = change.flow.flow
    let what = "\(flow.packet.text)  \(flow.entry.text(on: change.walkerBefore)) on \(change.flow.node)"
    let (before, after) = (fate(change.before), fate(change.after))
    let verdicts = before == after ? "\(after), otherwise decided" : "\(before) -> \(after)"
    let by = change.after.map { verdict in
      let judgement = verdict.reply.map { $0.isAllowed ? verdict.forward : $0 } ?? verdict.forward
      return "  by \(DecisionName(judgement.decidedBy, on: change.walkerAfter).label)"
    }
    return "  " + Style.visible("\(verdicts)  \(what)\(by ?? "")")
  }

  private func fate(_ verdict: Verdict?) -> String {
    guard let verdict else { return "error" }
    guard verdict.forward.isAllowed else { return "deny" }
    return verdict.reply?.isAllowed == false ? "allow, reply deny" : "allow"
  }
}
