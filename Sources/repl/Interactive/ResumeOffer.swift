import Reports
import Session

/// Asks which of the sessions that died is to go on.
struct ResumeOffer {
  let question: Question
  let console: Console

  /// - Parameter files: only sessions on these, as absolute paths.
  /// - Returns: `nil` if there is none or none is wanted.
  func choose(in folder: StateFolder, about files: [String]?) -> DeadJournal? {
    let findings = DeadJournal.find(in: folder, about: files)
    for path in findings.unreadable {
      console.say("\(Style.visible(path)) is damaged and cannot be resumed; it is left as it is")
    }
    guard !findings.journals.isEmpty else {
      console.say("there is no session to resume\(files == nil ? "" : " on these files")")
      return nil
    }
    for journal in findings.journals {
      switch answer(journal) {
      case .yes where isWanted(journal): return journal
      case .yes: continue
      case .no: continue
      case .discard: journal.remove()
      case .stop: return nil
      }
    }
    return nil
  }

  private enum Choice {
    case yes, no, discard, stop
  }

  /// It was made of changes to files that may be others by now.
  private func isWanted(_ journal: DeadJournal) -> Bool {
    guard let caution = journal.caution else { return true }
    console.say(caution)
    return question.confirm("resume all the same?")
  }

  private func answer(_ journal: DeadJournal) -> Choice {
    while true {
      guard let word = question.ask("\(journal.summary): resume? [Y]es, [n]o, [d]iscard") else { return .stop }
      switch word.lowercased() {
      case "", "y", "yes": return .yes
      case "n", "no": return .no
      case "d", "discard": return .discard
      default: console.say("please answer y, n or d")
      }
    }
  }
}
