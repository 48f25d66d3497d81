import Selector
import Simulator

/// Says that another set of semantics would not do what a remedy is for, and by what.
struct DisputeText {
  let dispute: RemedyDispute
  let goal: RemedyGoal

  var text: String {
    let semantics = dispute.walker.semantics
    return Style.visible("\(semantics.name) (\(semantics.summary)) would still \(words)")
  }

  private var words: String {
    let verdict = dispute.verdict
    if goal == .stop { return "let it through: by \(name(verdict.forward))" }
    if !verdict.forward.isAllowed { return "deny it: by \(name(verdict.forward))" }
    return verdict.reply.map { "deny its reply: by \(name($0))" } ?? "find no way back for its reply"
  }

  private func name(_ judgement: Judgement) -> String {
    let name = DecisionName(judgement.decidedBy, on: dispute.walker)
    return name.label + (name.rule?.location.map { " (\($0.fileAndLine))" } ?? "")
  }
}
