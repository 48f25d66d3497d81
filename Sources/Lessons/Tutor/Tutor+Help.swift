import Manifests
import Reports
import Selector
import Session
import Simulator

extension Tutor {
  /// What the tutor has a page about.
  static let pages: Set<String> = Set(TutorCommand.all.map(\.name)).union(["tool", "write"])

  func help(_ page: String) -> [String] {
    switch page {
    case "": return overview
    case "tool":
      var session = session
      return session.perform("help").lines
    case "predict": return Self.predictHelp(style)
    case "write", "check": return writeHelp
    default:
      return TutorCommand.all.filter { $0.name == page }.flatMap { ["  \(style.bold($0.form))", $0.summary] }
    }
  }

  private var overview: [String] {
    var table = TextTable()
    for command in TutorCommand.all { table.add([TextTable.Cell(command.form, style.bold), TextTable.Cell(command.summary)]) }
    table.add([TextTable.Cell("quit", style.bold), TextTable.Cell("leave; what is done is kept")])
    return table.lines(indent: 0) + [
      "Everything else is the tool itself, and works as it does outside of lessons: a flow",
      "shows what becomes of it, "
        + "\(style.bold("why")) every step, \(style.bold("show policies")) what there is, \(style.bold("reset")) takes changes back.",
    ]
  }

  static func predictHelp(_ style: Style) -> [String] {
    var table = TextTable()
    for (guess, meaning) in [
      ("predict allow by policy web ingress[0]", "rule 0 of web's ingress list"),
      ("predict deny by no-policy-matched", "policies apply, none decides"),
      ("predict deny by no-profile-matched", "none applies, no profile allows it"),
      ("predict allow by profile open egress[0]", "no policy, but this profile"),
      ("predict allow by failsafe", "a failsafe port"),
      ("predict allow by conntrack-established", "it belongs to a known connection"),
      ("predict deny by conntrack-invalid", "it belongs to none and begins none"),
      ("predict allow by not-policed", "nothing stands in its way"),
      ("predict deny by missing-profile team", "a profile that is not there"),
      ("predict deny by endpoint-to-host-action Drop", "a setting; or Accept"),
    ] { table.add([TextTable.Cell(guess, style.bold), TextTable.Cell(meaning)]) }
    return table.lines(indent: 0) + [
      "Rules are counted from 0. Of several that let a packet through name the last.",
      "Where two endpoints have a default drop, \"at NAME\" at the end may say which.",
      "Tab completes what you type.",
    ]
  }

  private var writeHelp: [String] {
    var table = TextTable()
    for (form, meaning) in [
      ("YAML, pasted or typed", "a policy that is new, or takes the place of its namesake"),
      ("edit web", "policy web in your editor"),
      ("set policy web order 50", "one field: also selector, preDNAT, doNotTrack"),
      ("label NAME KEY=VALUE", "a label of an endpoint; unlabel NAME KEY takes it away"),
      ("delete policy web", "undo takes a step back, reset all of them"),
      ("check", "is it as the task wants it? as often as you like"),
    ] { table.add([TextTable.Cell(form, style.bold), TextTable.Cell(meaning)]) }
    let example = [
      "apiVersion: v1", "kind: policy", "metadata: {name: web}", "spec:", "  selector: role == 'web'", "  order: 10",
      "  ingress:",
      "  - {action: allow, protocol: tcp, source: {nets: [10.0.0.0/8]},", "     destination: {ports: [80]}}",
    ]
    return table.lines(indent: 0) + ["A policy to start from (an empty line ends YAML that is typed):"]
      + example.map { "  \(style.dim($0))" }
  }

  /// The tasks of the lesson, with what is done.
  var contents: [String] {
    var lines = [style.bold("Lesson \(lesson.number): \(Style.visible(lesson.title))")]
    let mine = progress[lesson.name]
    for (index, task) in lesson.tasks.enumerated() {
      if index == 0 || lesson.tasks[index - 1].section != task.section { lines.append("  " + Style.visible(task.section.text)) }
      let name = task.name.text
      let state = mine.done.contains(name) ? (mine.shown.contains(name) ? "done, with the solution" : "done") : "to do"
      let here = index == taskIndex ? " <- you are here" : ""
      lines.append("    \(index + 1)  \(Style.visible(name)): \(mine.done.contains(name) ? style.good(state) : state)\(here)")
    }
    return lines + ["\"task N\" goes to a task, \"lesson N\" to another lesson, \"progress\" lists the lessons"]
  }
}
