import Reports
import Simulator

extension Command {
  static let semantics = Command(
    "semantics", forms: ["semantics [\(Semantics.all.map(\.name).joined(separator: "|"))]"],
    summary: "judge by other rules of the road, and see which watched flows change",
    details: """
      documented follows Calico's guide to host endpoints word for word; calico-2.4 does what Felix 2.4.0 does on a kernel.
      """,
    isJournalled: true, slots: { $0.isEmpty ? [.words(Semantics.all.map(\.name))] : [] },
    example: { _ in "semantics calico-2.4" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      guard let word = arguments.take() else {
        answer.say("semantics \(session.semantics.name), \(session.semantics.summary)")
        answer.changedNothing = true
        return
      }
      try arguments.expectEnd()
      guard let semantics = Semantics.named(word.text) else {
        let names = Semantics.all.map(\.name)
        let close = closestName(to: word.text, among: names).map { "did you mean \"\($0)\"? " } ?? ""
        throw .at(
          word.range, "there are no semantics \"\(word.text)\"", help: close + "they are \(names.joined(separator: ", "))")
      }
      answer.say("semantics \(semantics.name), \(semantics.summary)")
      session.judgeAnew(session.judge.under(semantics), &answer)
    })
}
