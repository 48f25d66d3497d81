extension SelectorError {
  /// What is wrong, in a line: lower case, without a full stop, the text in question quoted.
  package var message: String {
    switch kind {
    case .unterminatedString: "the string that begins here has no closing quote"
    case .singleEquals: "expected ==, found a single ="
    case .singleAmpersand: "expected &&, found a single &"
    case .singleBar: "expected ||, found a single |"
    case .unexpectedCharacter: "unexpected character \(subject)"
    case .labelTooLong: "label \(subject) is longer than \(Tokenizer.longestLabel) bytes"
    case .expectedLabel: "expected a label after has(, found \(subject)"
    case .unclosedCall(let call): "expected ) to close \(call.spelling)(, found \(subject)"
    case .textTooLong: "a selector cannot be longer than \(UInt32.max) bytes"
    case .expectedOperator(let label): "expected an operator after label \(Self.quote(label)), found \(subject)"
    case .expectedString: "expected a quoted value, found \(subject)"
    case .expectedSet: "expected a set in braces, found \(subject)"
    case .expectedSetEnd: "expected } to close the set, found \(subject)"
    case .expectedClosingParenthesis: "expected ) or an operator, found \(subject)"
    case .expectedTerm: "expected a term, found \(subject)"
    case .unexpectedContent: "expected && or || or the end of the selector, found \(subject)"
    }
  }

  /// What was found, for the message.
  private var subject: String {
    found.isEmpty ? "the end of the selector" : Self.quote(found)
  }

  /// User text in quotes: one line, shortened, with unprintable bytes written as escapes.
  static func quote(_ bytes: ByteString) -> String {
    let longest = 40
    var quoted = ""
    for scalar in bytes.text.unicodeScalars.prefix(longest) {
      switch scalar {
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value):
        quoted += "\\u{\(String(scalar.value, radix: 16))}"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    if bytes.text.unicodeScalars.count > longest { quoted += "…" }
    return "\"\(quoted)\""
  }
}

extension SelectorError.Call {
  var spelling: String {
    switch self {
    case .has: "has"
    case .all: "all"
    case .global: "global"
    }
  }
}

extension SelectorError: CustomStringConvertible {
  package var description: String { "byte \(range.lowerBound + 1): \(message)" }
}
