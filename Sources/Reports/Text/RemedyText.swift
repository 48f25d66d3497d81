import Selector
package import Simulator

/// How rules and resources are written as YAML: reports do not know how, so whoever makes one says it.
package struct RemedyYAML {
  package var rule: (Rule) -> String
  package var resource: (Resource) -> String

  package init(rule: @escaping (Rule) -> String, resource: @escaping (Resource) -> String) {
    self.rule = rule
    self.resource = resource
  }
}

/// What stands in a flow's way and what to change, for a person: what happens now, by what, the change as it is to be
/// written, what happens then, and what else it alters.
package struct RemedyText {
  private static let width = 100

  let flow: Flow
  let answer: RemedyAnswer
  let impact: RemedyImpact?
  /// The host before the change.
  let walker: Walker
  let style: Style
  let yaml: RemedyYAML

  package init(
    _ answer: RemedyAnswer, to flow: Flow, impact: RemedyImpact?, on walker: Walker, style: Style, yaml: RemedyYAML
  ) {
    self.answer = answer
    self.flow = flow
    self.impact = impact
    self.walker = walker
    self.style = style
    self.yaml = yaml
  }

  package var lines: [String] {
    switch answer {
    case .remedy(let remedy):
      return [head(remedy.before)] + way(remedy.goal, remedy.obstacle) + change(remedy.edits) + [then(remedy)]
        + (remedy.dispute.map { [style.warning("note:") + " " + DisputeText(dispute: $0, goal: remedy.goal).text] } ?? [])
        + (impact.map { ImpactText(impact: $0, style: style).lines } ?? [])
    case .none(let none):
      return [head(none.before)] + (none.obstacle.map { way(none.goal, $0) } ?? []) + limit(none)
    }
  }

  private func head(_ verdict: Verdict?) -> String {
    let what = "\(style.bold(flow.packet.text))  \(flow.entry.text(on: walker)) on \(walker.topology.node)"
    guard let verdict else { return "\(style.bad("ERROR"))  \(what)" }
    let works = verdict.getsThrough || !verdict.forward.isAllowed
    return "\(word(verdict.forward.isAllowed))  \(what)"
      + (works ? "" : "; reply \(verdict.replyError == nil ? style.bad("DENY") : style.bad("ERROR"))")
  }

  private func word(_ isAllowed: Bool) -> String { isAllowed ? style.good("ALLOW") : style.bad("DENY ") }

  /// What stands there; with a place, which may be long, the stage gets a line of its own.
  private func way(_ goal: RemedyGoal, _ obstacle: Obstacle) -> [String] {
    let lead = goal == .stop ? "let through by" : obstacle.isReply ? "stands in the reply's way" : "stands in the way"
    let name = DecisionName(obstacle.decision, on: walker)
    let place = name.rule?.location.map { " (\($0.fileAndLine))" }
    let stage = obstacle.decision.stage.map { stage in
      "\(stage.rawValue) stage" + ((name.endpoint ?? name.interface).map { " of \($0)" } ?? "")
    }
    let head = "\(lead): " + style.bold(Style.visible(name.label))
    guard let place else { return [head + Style.visible(stage.map { ", \($0)" } ?? "")] }
    return [head + Style.visible(place)] + (stage.map { ["    \(Style.visible($0))"] } ?? [])
  }

  private func change(_ edits: [RemedyEdit]) -> [String] {
    steps(edits, lead: "smallest change")
  }

  private func steps(_ edits: [RemedyEdit], lead: String) -> [String] {
    let texts = edits.map { EditText(edit: $0, walker: walker, yaml: yaml) }
    if texts.count == 1 { return step(texts[0], lead: "\(lead): ", indent: "    ") }
    return ["\(lead), in \(texts.count) steps:"]
      + texts.enumerated().flatMap { number, text in step(text, lead: "  \(number + 1). ", indent: "      ") }
  }

  /// The place gets a line of its own where the line would be long.
  private func step(_ text: EditText, lead: String, indent: String) -> [String] {
    let body = text.body.map { indent + $0 }
    guard let place = text.place else { return [lead + text.headline] + body }
    let line = "\(lead)\(text.headline) \(place)"
    return (line.count <= Self.width ? [line] : [lead + text.headline, indent + place]) + body
  }

  private func then(_ remedy: Remedy) -> String {
    func words(_ judgement: Judgement) -> String {
      let name = DecisionName(judgement.decidedBy, on: remedy.walker)
      return "\(word(judgement.isAllowed))  by \(Style.visible(name.label))"
    }
    let reply = remedy.verdict.reply.map { "; reply \($0.isAllowed ? style.good("ALLOW") : style.bad("DENY"))" } ?? ""
    return "then   \(words(remedy.verdict.forward))\(reply)"
  }

  private func limit(_ none: NoRemedy) -> [String] {
    let text = LimitText(limit: none.limit, goal: none.goal, walker: walker)
    let first = none.edits.isEmpty ? [] : steps(none.edits, lead: "needed first")
    return first + ["no change of policy \(none.edits.isEmpty ? "" : "alone ")does it: \(Style.visible(text.reason))"]
      + text.advice.map { "instead: \(Style.visible($0))" }
  }
}
