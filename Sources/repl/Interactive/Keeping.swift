import Session

/// What outlives the session: history and journal. Neither ever stops it; what cannot be kept is said once.
struct Keeping {
  private(set) var history = History()
  private var historyFile: HistoryFile?
  private var historyProblem: String?
  private let folder: StateFolder?
  private var journal: Journal?
  private var journalHasFailed = false

  /// - Parameter folder: `nil` if there is no home directory.
  init(_ folder: StateFolder?, _ header: JournalHeader) {
    self.folder = folder
    guard let folder else {
      historyProblem = "note: there is no home directory, so neither history nor unsaved changes outlive this session"
      return
    }
    journal = Journal(in: folder, header)
    let file = HistoryFile(in: folder)
    historyFile = file
    do throws(SystemFailure) {
      history = try file.load()
    } catch {
      failHistory(error)
    }
  }

  // MARK: History

  mutating func remember(_ text: String) -> History.Addition {
    let addition = history.add(text)
    if case .nothing = addition { return addition }
    do throws(SystemFailure) {
      try historyFile?.append(text)
    } catch {
      failHistory(error)
    }
    return addition
  }

  private mutating func failHistory(_ failure: SystemFailure) {
    historyFile = nil
    historyProblem = "note: what you type is not kept for the next session: \(failure)"
  }

  /// What is to be said about the history; said once.
  mutating func takeHistoryProblem() -> String? {
    defer { historyProblem = nil }
    return historyProblem
  }

  // MARK: Journal

  /// Is every change kept that is not saved?
  var isKept: Bool { journal?.isComplete ?? false }

  /// - Returns: what to say if it cannot be kept, the first time.
  mutating func record(_ inputs: [String]) -> String? {
    guard !inputs.isEmpty else { return nil }
    do throws(SystemFailure) {
      try journal?.record(inputs)
      return nil
    } catch {
      return failJournal(error)
    }
  }

  private mutating func failJournal(_ failure: SystemFailure) -> String? {
    guard !journalHasFailed else { return nil }
    journalHasFailed = true
    return "warning: your changes are NOT kept: \(failure); \"save FILE\" writes them to a file"
  }

  /// - Returns: what to say if it cannot be taken over; then it stays where it is.
  mutating func takeOver(_ dead: DeadJournal) -> String? {
    do throws(SystemFailure) {
      try journal?.takeOver(dead)
      return nil
    } catch {
      return failJournal(error)
    }
  }

  /// One line about the sessions on the same files that died, if one did.
  func notice(about files: [String]) -> String? {
    guard let folder else { return nil }
    let journals = DeadJournal.find(in: folder, about: files).journals
    guard let newest = journals.first else { return nil }
    let older = journals.count - 1
    let others = older == 0 ? "" : ", and \(older) older session\(older == 1 ? "" : "s")"
    return "unsaved since \(newest.moment): \(Resumption.count(newest.commands))\(others); "
      + "\"gatewalk repl --resume\" brings them back"
  }

  /// Ends the keeping.
  ///
  /// - Returns: what to say about changes that are not saved.
  mutating func leave(unsaved: Int, discards: Bool) -> [String] {
    var lines: [String] = []
    do throws(SystemFailure) {
      try historyFile?.tidy()
    } catch {
      lines.append("note: the history could not be put in order: \(error)")
    }
    if discards || unsaved == 0 {
      journal?.remove()
    } else if isKept {
      let what = unsaved == 1 ? "1 unsaved change is kept" : "\(unsaved) unsaved changes are kept"
      lines.append(
        "\(what); \"gatewalk repl --resume\" brings \(unsaved == 1 ? "it" : "them") back or discards \(unsaved == 1 ? "it" : "them")"
      )
    }
    return lines
  }
}
