import Selector

extension ByteString {
  /// The text for a message: one line, shortened, controls as escapes. A problem holds no more of the input than this,
  /// however large the input is.
  var shown: String {
    let longest = 60
    var result = ""
    for scalar in String(decoding: bytes.prefix(longest * 4), as: UTF8.self).unicodeScalars.prefix(longest) {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value):
        result += "\\x" + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.utf8.count < count && count > longest ? result + "…" : result
  }
}
