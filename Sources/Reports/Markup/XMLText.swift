/// How text is written in XML 1.0.
package enum XMLText {
  /// The text as it may stand in an element or in an attribute, of HTML too; what XML cannot hold becomes U+FFFD.
  package static func escaped(_ text: String, inAttribute: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      // In `]]>` it has to be one, elsewhere it may.
      case ">": result += "&gt;"
      case "\"" where inAttribute: result += "&quot;"
      // A reader makes blanks of these in an attribute, and a line feed of a carriage return anywhere.
      case "\t" where inAttribute: result += "&#9;"
      case "\n" where inAttribute: result += "&#10;"
      case "\r": result += "&#13;"
      default: result.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{fffd}")
      }
    }
    return result
  }

  /// Production 2 of XML 1.0: not even an escape may stand for another character.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0a, 0x0d, 0x20...0xd7ff, 0xe000...0xfffd, 0x10000...0x10ffff: true
    default: false
    }
  }
}
