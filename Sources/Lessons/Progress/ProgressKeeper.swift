package import Session

/// A conversation in which progress is made.
package protocol ProgressMaking: Conversation {
  var progress: Progress { get }
}

/// A conversation whose progress is written as it is made, so that it can be left at any time.
package struct ProgressKeeper<Talk: ProgressMaking>: Conversation {
  private var talk: Talk
  /// `nil` where there is no home directory.
  private let file: ProgressFile?
  private var written: Progress
  /// Said once.
  private var hasFailed = false

  package init(_ talk: Talk, in file: ProgressFile?) {
    self.talk = talk
    self.file = file
    written = talk.progress
  }

  package var prompt: String { talk.prompt }
  package var unsavedChanges: Int { talk.unsavedChanges }
  package var farewell: [String] { talk.farewell }
  package var greeting: [String] {
    talk.greeting + (file == nil ? ["note: there is no home directory, so progress is not kept"] : [])
  }

  package func completion(of line: [UInt8], cursor: Int) -> Completion { talk.completion(of: line, cursor: cursor) }

  package mutating func perform(_ input: String) -> Answer {
    var answer = talk.perform(input)
    guard let file, talk.progress != written else { return answer }
    do throws(SystemFailure) {
      if let notice = try file.add(talk.progress) { answer.lines.append(notice) }
      written = talk.progress
    } catch {
      if !hasFailed { answer.lines.append("warning: progress is NOT kept: \(error)") }
      hasFailed = true
    }
    return answer
  }
}
