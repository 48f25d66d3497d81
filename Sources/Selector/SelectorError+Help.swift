extension SelectorError {
  /// What the writer probably meant, where that can be told: one line, lower case, without a full stop.
  package var help: String? {
    switch kind {
    case .unterminatedString: "a string ends with the kind of quote it begins with, and knows no escapes"
    case .singleEquals: "write == to compare"
    case .singleAmpersand: "write && for and"
    case .singleBar: "write || for or"
    case .unexpectedCharacter: helpForCharacter
    case .labelTooLong, .textTooLong: nil
    case .expectedLabel: "name the label without quotes, as in has(role)"
    case .unclosedCall(let call): helpForCall(call)
    case .expectedOperator(let label): helpForOperator(after: label)
    case .expectedString: helpForString
    case .expectedSet: "write the values in braces: in {\"a\", \"b\"}"
    case .expectedSetEnd: helpForSetEnd
    case .expectedClosingParenthesis(let opened):
      connective ?? "the parenthesis opened at byte \(opened + 1) is not closed"
    case .expectedTerm: helpForTerm
    case .unexpectedContent:
      found == ")" ? "no parenthesis is open here" : connective ?? "join two terms with && or ||"
    }
  }

  private var helpForCharacter: String? {
    switch found {
    case "\u{201c}", "\u{201d}", "\u{201e}", "\u{2018}", "\u{2019}", "\u{201a}", "\u{ab}", "\u{bb}", "`":
      "strings stand in straight quotes: \" or '"
    case "\n", "\r", "\u{b}", "\u{c}", "\u{a0}", "\u{feff}": "only spaces and tabs may stand between words"
    case "[", "]": "a set is written in braces: in {\"a\", \"b\"}"
    case "<", ">", "~", "*", "^", "$": "values are compared as text with ==, !=, in and not in only"
    case "#": "selectors have no comments"
    case "\\": "there are no escapes; a value with \" in it is quoted with '"
    default: "labels are made of letters, digits and _ . / -"
    }
  }

  private func helpForCall(_ call: Call) -> String {
    switch call {
    case .has: "has takes one label, as in has(role)"
    case .all, .global: "nothing stands between the parentheses of \(call.spelling)()"
    }
  }

  private func helpForOperator(after label: ByteString) -> String? {
    switch (label, found) {
    case ("not", _): return "to negate, write ! before the term; between label and set, not in"
    case ("global", "(") where generation == .v2: return "Calico v2 has no global()"
    case ("has", "("): return "write has(label) without blank before the parenthesis, and one label in it"
    case ("all", "("), ("global", "("): return "write \(label)() without blank before or in the parentheses"
    case (_, "contains"), (_, "starts"), (_, "startswith"), (_, "ends"), (_, "endswith"):
      return generation == .v2 ? "Calico v2 has no contains, starts with and ends with" : nil
    case (_, "is"), (_, "eq"), (_, "equals"): return "write == to compare"
    default: break
    }
    if label.count == Tokenizer.longestLabel, isBareWord {
      return "a label has at most \(Tokenizer.longestLabel) bytes"
    }
    let asked = "to ask whether the label is there, write has(\(label.count <= 60 ? label.text : "…"))"
    return found.isEmpty || found == ")" || found == "&&" || found == "||" ? asked : connective
  }

  private var helpForString: String? {
    guard isBareWord else {
      return found.isEmpty ? nil : "the value stands in quotes, and labels cannot be compared with one another"
    }
    return found.count <= 60 ? "quote the value: \"\(found)\"" : "quote the value"
  }

  private var helpForSetEnd: String? {
    switch found {
    case ",": "one comma between values"
    default: isBareWord ? "quote the value: \(Self.quote(found))" : "put commas between values and } after the last"
    }
  }

  private var helpForTerm: String? {
    switch found.bytes.first {
    case ASCII.quote, ASCII.apostrophe: return "the label stands on the left, without quotes"
    case UInt8(ascii: "i"), UInt8(ascii: "n"):
      return "the word is an operator here; in Calico v2 only has() takes such a label"
    case nil: return "a term is missing after the last operator"
    default: return "a term is has(label), label == \"value\", label in {\"a\", \"b\"} or all()"
    }
  }

  /// Help for words of other languages that stand where `&&` or `||` has to.
  private var connective: String? {
    switch found {
    case "and", "AND", "And": "write && for and"
    case "or", "OR", "Or": "write || for or"
    default: nil
    }
  }

  private var isBareWord: Bool {
    !found.isEmpty && found.bytes.allSatisfy(ASCII.isLabelByte)
  }
}
