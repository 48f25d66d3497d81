import Manifests
import Selector
import Simulator

/// A comment that asks lint to keep quiet: `# gatewalk:ignore GW106,GW107 why`.
///
/// It holds for the findings of these rules on its own line; alone on its line, for those on the next line that is more than a
/// comment; and before the first value of a document for all findings in that document.
struct IgnoreComment {
  /// A rule that is named, and where.
  struct Mention {
    var rule: LintRule
    var location: SourceLocation
    var length: Int
  }

  static let word: StaticString = "gatewalk:"

  let comment: YAMLComment
  private(set) var mentions: [Mention] = []
  private(set) var reason = ""
  /// What is wrong with it. A mention that is wrong holds for nothing, and without a reason none does.
  private(set) var problems: [Finding] = []

  init(_ comment: YAMLComment) {
    self.comment = comment
    var words = Words(comment.text.bytes[...])
    let instruction = words.next() ?? words.rest(at: 0)
    guard instruction.text == "gatewalk:ignore" else {
      problems = [
        note(
          "\"\(instruction.text)\" is nothing that gatewalk can be told in a comment", instruction,
          help: "write # gatewalk:ignore GW106 and a reason")
      ]
      return
    }
    readMentions(&words, after: instruction)
  }

  private mutating func readMentions(_ words: inout Words, after instruction: Words.Word) {
    var continues = true
    var names: [Words.Word] = []
    while continues, let word = words.next() {
      continues = word.text.hasSuffix(",")
      names += word.split()
    }
    guard !names.isEmpty else {
      problems.append(
        note("the comment names no rule that is to be ignored", instruction, help: "write # gatewalk:ignore GW106 and a reason")
      )
      return
    }
    for name in names {
      do throws(UnknownRule) {
        mention(try LintRule.meant(by: name.text), name)
      } catch {
        let help = error.closest.map { "did you mean \"\($0)\"?" } ?? "\"gatewalk lint --list\" lists the rules"
        problems.append(note("there is no rule \"\(name.text)\" to be ignored", name, help: help))
      }
    }
    reason = words.remainder
    if reason.isEmpty {
      mentions = []
      problems.append(
        note(
          "the comment does not say why \"\(names[0].text)\" is to be ignored, so it is not", names[0],
          help: "write the reason behind it"))
    }
  }

  private mutating func mention(_ rule: LintRule, _ word: Words.Word) {
    guard !LintRule.aboutIgnoring.contains(rule.id) else {
      problems.append(
        note(
          "\"\(word.text)\" cannot be ignored by a comment", word, help: "mend the comment that it speaks of, or use --disable")
      )
      return
    }
    mentions.append(Mention(rule: rule, location: location(word), length: word.length))
  }

  private func note(_ message: String, _ word: Words.Word, help: String) -> Finding {
    Finding("GW002", .warning, at: location(word), length: word.length, message, help: help, subject: nil)
  }

  private func location(_ word: Words.Word) -> SourceLocation {
    var location = comment.location
    location.column += word.offset
    return location
  }

  /// Does it speak of this place?
  func covers(_ location: SourceLocation) -> Bool {
    location.file == comment.location.file
      && (location.line == comment.line || comment.headOf?.contains(location.line) == true)
  }
}

/// The words of a comment, one after another.
private struct Words {
  struct Word {
    var text: String
    /// Bytes from the beginning of the comment.
    var offset: Int
    var length: Int

    /// What stands between commas.
    func split() -> [Word] {
      var start = offset
      return text.split(separator: ",", omittingEmptySubsequences: false).compactMap { part in
        defer { start += part.utf8.count + 1 }
        return part.isEmpty ? nil : Word(text: String(part), offset: start, length: part.utf8.count)
      }
    }
  }

  private let bytes: ArraySlice<UInt8>
  private var left: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    left = bytes
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  mutating func next() -> Word? {
    left = left.drop(while: Self.isBlank)
    let word = left.prefix { !Self.isBlank($0) }
    left = left[word.endIndex...]
    guard !word.isEmpty else { return nil }
    return Word(text: String(decoding: word, as: UTF8.self), offset: word.startIndex - bytes.startIndex, length: word.count)
  }

  /// What no word has been taken of.
  var remainder: String { String(decoding: left.drop(while: Self.isBlank), as: UTF8.self) }

  func rest(at offset: Int) -> Word { Word(text: remainder, offset: offset, length: max(1, left.count)) }
}
