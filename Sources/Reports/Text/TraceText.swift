import Selector
package import Simulator

/// A trace for a person: the verdict in one line, who decided, the stages as a table, then the reply.
package struct TraceText {
  let trace: Trace
  let walker: Walker
  let style: Style
  /// Are the rules that did not match shown too?
  let showsAll: Bool

  package init(_ trace: Trace, on walker: Walker, style: Style, showsAll: Bool) {
    self.trace = trace
    self.walker = walker
    self.style = style
    self.showsAll = showsAll
  }

  package var lines: [String] {
    var lines = header
    lines.append("")
    lines += table(trace.forward)
    if !reply.isEmpty { lines += [""] + reply }
    let notes = trace.notes.map { NoteText(note: $0, walker: walker).text }
    if !notes.isEmpty {
      lines.append("")
      lines += notes.map { style.warning("note:") + " " + $0 }
    }
    return lines
  }

  /// The verdict, who decided, and the reply, without the steps.
  package var brief: [String] {
    header + replyHead + trace.notes.map { style.warning("note:") + " " + NoteText(note: $0, walker: walker).text }
  }

  private var header: [String] {
    let judgement = trace.forward.judgement
    let (label, detail) = decision(judgement.decidedBy)
    return [
      "\(verdict(judgement.isAllowed))  \(style.bold(trace.forward.packet.text))  "
        + Style.visible("\(trace.flow.entry.text(on: walker)) on \(walker.topology.node)"),
      "by     \(label)",
    ] + (detail.map { ["       \($0)"] } ?? []) + [
      "path   \(judgement.path.rawValue) (\(judgement.path.number)), \(Style.visible(way(judgement))); semantics \(walker.semantics.name)"
    ]
  }

  private func verdict(_ isAllowed: Bool) -> String {
    isAllowed ? style.good("ALLOW") : style.bad("DENY ")
  }

  private func way(_ judgement: Judgement) -> String {
    switch judgement.exit {
    case nil: return "dropped"
    case .host: return "delivered to the host"
    case .interface(let place):
      let interface = walker.topology.interfaces[place]
      guard interface.isWorkload else { return "out \(interface.name)" }
      guard let endpoint = interface.endpoint else { return "to unknown workload \(interface.name)" }
      return "delivered to \(walker.world.endpoints[endpoint].shortName) (\(interface.name))"
    }
  }

  private func decision(_ decision: Decision) -> (label: String, detail: String?) {
    let text = DecisionText(decision, on: walker, style: style)
    return (text.label, text.detail)
  }

  private func table(_ journey: Journey) -> [String] {
    var table = TextTable()
    let text = StepText(walker: walker, style: style, showsAll: showsAll)
    for step in journey.steps { text.add(step, packet: journey.packet, to: &table, journey: journey) }
    return table.lines(indent: 2)
  }

  private var reply: [String] {
    guard let reply = trace.reply else { return replyHead }
    let isPlain = reply.judgement.isAllowed && reply.judgement.state == .established && reply.matched.isEmpty
    return isPlain && !showsAll ? replyHead : replyHead + table(reply)
  }

  private var replyHead: [String] {
    if let error = trace.replyError {
      return ["reply  \(style.bad("ERROR"))  " + Style.visible("\(error.message(walker)); \(error.help(walker))")]
    }
    guard let reply = trace.reply else {
      return trace.forward.judgement.isAllowed ? ["reply  none: nothing answers this packet"] : []
    }
    let judgement = reply.judgement
    let (label, detail) = decision(judgement.decidedBy)
    return ["reply  \(verdict(judgement.isAllowed))  \(label)"] + (detail.map { ["              \($0)"] } ?? [])
  }
}
