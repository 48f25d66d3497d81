extension String {
  /// The text as a double-quoted YAML scalar on one line.
  var quotedForYAML: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        switch scalar.value {
        case 0..<0x20, 0x7f...0x9f: result += "\\x" + scalar.value.hex(2)
        case 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff: result += "\\u" + scalar.value.hex(4)
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

extension UInt32 {
  fileprivate func hex(_ digits: Int) -> String {
    let text = String(self, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
