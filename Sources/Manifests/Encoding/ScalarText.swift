import Selector

/// Text as a YAML scalar: plain where every reader takes it for the same text, else in quotes.
enum ScalarText {
  static func text(_ text: ByteString, inFlow: Bool) -> [UInt8] {
    if isPlain(text.bytes, inFlow: inFlow) { return text.bytes }
    let needsEscapes = text.text.unicodeScalars.contains(where: mustBeEscaped)
    if !needsEscapes, text.bytes.contains(UInt8(ascii: "\"")) || text.bytes.contains(UInt8(ascii: "\\")) {
      return singleQuoted(text.bytes)
    }
    return doubleQuoted(text)
  }

  private static func isPlain(_ bytes: [UInt8], inFlow: Bool) -> Bool {
    guard let first = bytes.first, let last = bytes.last, last != UInt8(ascii: ":"), last != UInt8(ascii: " "),
      !"-?:,[]{}#&*!|>'\"%@`=~+ ".utf8.contains(first), bytes.allSatisfy({ (0x20..<0x7f).contains($0) }),
      !inFlow || bytes.allSatisfy({ !",[]{}:?".utf8.contains($0) })
    else { return false }
    for (left, right) in zip(bytes, bytes.dropFirst()) {
      if left == UInt8(ascii: ":"), right == UInt8(ascii: " ") { return false }
      if left == UInt8(ascii: " "), right == UInt8(ascii: "#") { return false }
    }
    guard case .string = YAMLScalar(bytes[...], style: .plain, tag: .none) else { return false }
    return !looksLikeNumber(bytes) && bytes != Array("<<".utf8)
  }

  /// Base-60 numbers and dates, which some readers of YAML 1.1 see: what begins with a digit and holds nothing but digits,
  /// dashes and colons.
  private static func looksLikeNumber(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, (0x30...0x39).contains(first) else { return false }
    return bytes.contains(UInt8(ascii: ":")) || bytes.count(where: { $0 == UInt8(ascii: "-") }) == 2
  }

  private static func singleQuoted(_ bytes: [UInt8]) -> [UInt8] {
    let quote = UInt8(ascii: "'")
    return [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
  }

  private static func doubleQuoted(_ text: ByteString) -> [UInt8] {
    var result = "\""
    for scalar in text.text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where mustBeEscaped(scalar): result += escape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return Array(result.utf8) + [UInt8(ascii: "\"")]
  }

  /// Controls, line separators, and what YAML does not take as it stands.
  private static func mustBeEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f...0xa0, 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
