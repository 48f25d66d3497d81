import Reports
import Session

/// Does again what a dead session did.
enum Resumption {
  /// - Returns: what to say about it: how much was done, and what could not be.
  static func perform(_ dead: DeadJournal, in session: inout Session) -> [String] {
    var lines: [String] = []
    var failures = 0
    for input in dead.inputs {
      let answer = session.perform(input)
      guard answer.hasFailed else { continue }
      failures += 1
      let firstLine = input.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
      lines.append("not done again: \(Style.visible(firstLine))")
      lines += answer.lines.map { "  " + $0 }
    }
    if dead.contents.isDamaged {
      lines.append("the journal is damaged at its end: what stood there is lost")
    }
    return ["resumed \(count(dead.changes - failures)) of the session of \(dead.moment)"] + lines
  }

  /// `1 change`, `5 changes`.
  static func count(_ number: Int) -> String { "\(number) change\(number == 1 ? "" : "s")" }
}

extension DeadJournal {
  /// When the session began, by the clock here: `2026-11-25 22:10`.
  var moment: String { LocalTime.text(header.began) }

  /// `session of 2026-11-25 22:10 on cluster/ with 5 changes`.
  var summary: String {
    let files = header.files.map { Style.visible(WorkingDirectory.relative($0)) }
    let shown = files.isEmpty ? "an empty world" : files.prefix(3).joined(separator: ", ") + (files.count > 3 ? ", …" : "")
    return "session of \(moment) on \(shown) with \(Resumption.count(changes))"
  }
}
