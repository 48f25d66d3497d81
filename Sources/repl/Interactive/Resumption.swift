import Reports
import Session

/// Does again what a dead session did.
struct Resumption {
  /// What to say about it: how much was done, and what could not be.
  private(set) var lines: [String] = []
  /// Inputs that could not be done again.
  private(set) var failures = 0

  init(_ dead: DeadJournal, in session: inout Session) {
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
    lines.insert("resumed \(Self.count(dead.commands - failures)) of the session of \(dead.moment)", at: 0)
  }

  /// `1 command`, `5 commands`: one that was taken back with another has changed nothing, but is done again.
  static func count(_ number: Int) -> String { "\(number) command\(number == 1 ? "" : "s")" }
}

extension DeadJournal {
  /// When the session began, by the clock here: `2026-11-25 22:10`.
  var moment: String { LocalTime.text(header.began) }

  /// What to say before it is resumed on other files than it was about.
  var caution: String? {
    let changed = header.changedFiles.map { Style.visible(WorkingDirectory.relative($0)) }
    guard !changed.isEmpty else { return nil }
    let shown = changed.prefix(3).joined(separator: ", ") + (changed.count > 3 ? " and \(changed.count - 3) more" : "")
    return "the files have changed since: \(shown); what is resumed may not be what was left"
  }

  /// `session of 2026-11-25 22:10 on cluster/ with 5 commands`.
  var summary: String {
    let files = header.files.map { Style.visible(WorkingDirectory.relative($0)) }
    let shown = files.isEmpty ? "an empty world" : files.prefix(3).joined(separator: ", ") + (files.count > 3 ? ", …" : "")
    return "session of \(moment) on \(shown) with \(Resumption.count(commands))"
  }
}
