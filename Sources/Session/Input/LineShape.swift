import Simulator

/// What a line of input looks like, as far as it tells whether the input goes on.
struct LineShape {
  let bytes: [UInt8]

  init(_ line: String) {
    bytes = Array(line.utf8)
  }

  private var firstWord: ArraySlice<UInt8> {
    let start = bytes.firstIndex { !Arguments.isBlank($0) } ?? bytes.count
    return bytes[start...].prefix { !Arguments.isBlank($0) }
  }

  var isBlank: Bool { firstWord.isEmpty }
  var isComment: Bool { firstWord.first == UInt8(ascii: "#") }

  /// A manifest begins here: `apiVersion:`, `- apiVersion:`, `---`, `{`.
  var beginsYAML: Bool {
    guard let first = bytes.first, !Arguments.isBlank(first) else { return false }
    return first == UInt8(ascii: "{") || bytes.starts(with: Array("---".utf8)) || bytes.starts(with: Array("- ".utf8))
      || isKey(firstWord)
  }

  /// `apply` or `add` with nothing after it.
  var asksForYAML: Bool {
    let words = Arguments(bytes).words
    return words.count == 1 && ["apply", "add"].contains(words[0].text)
  }

  /// A line that can stand in YAML that has begun; no command and no flow looks like one.
  var continuesYAML: Bool {
    guard let first = bytes.first else { return true }
    return Arguments.isBlank(first) || "-#{}[]\"'.%".utf8.contains(first) || isKey(firstWord)
  }

  /// `name:`. An address has more than one colon.
  private func isKey(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count > 1, word.last == UInt8(ascii: ":") else { return false }
    return word.dropLast().allSatisfy { byte in
      (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == UInt8(ascii: "_")
    }
  }

  /// The word that ends `apply <<WORD`.
  var hereDocumentEnd: String? {
    let words = Arguments(bytes).words
    guard words.count == 2, ["apply", "add"].contains(words[0].text), words[1].text.utf8.starts(with: "<<".utf8) else {
      return nil
    }
    let end = String(decoding: words[1].text.utf8.dropFirst(2), as: UTF8.self)
    return end.isEmpty ? nil : end
  }

  var endsInBackslash: Bool { bytes.last == UInt8(ascii: "\\") }

  /// The first word is a command's name or a protocol's, as nothing is that stands within a selector.
  var beginsCommand: Bool {
    let word = String(decoding: firstWord, as: UTF8.self)
    return CommandTable.command(named: word) != nil || IPProtocol(name: word) != nil
  }

  /// Quotes and brackets that lines have opened so far.
  struct Balance: Sendable {
    fileprivate var depth = 0
    fileprivate var quote: UInt8?

    var isOpen: Bool { depth > 0 || quote != nil }
  }

  /// Counts what the line opens and closes.
  func count(_ balance: inout Balance) {
    for (position, byte) in bytes.enumerated() {
      if let quote = balance.quote {
        if byte == quote { balance.quote = nil }
      } else if Arguments.isQuote(byte), position == 0 || !isWordByte(bytes[position - 1]) {
        balance.quote = byte
      } else if "([{".utf8.contains(byte) {
        balance.depth += 1
      } else if ")]}".utf8.contains(byte) {
        balance.depth -= 1
      }
    }
  }

  /// A quote right after one of these is an apostrophe.
  private func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte >= 0x80
  }
}
