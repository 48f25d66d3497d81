import Selector
import Simulator

/// What is disabled, as YAML comments: no manifest can say that something is, and it must not be lost by writing.
enum DisabledText {
  /// A disabled policy's document behind comment signs.
  static func comment(of policy: ByteString, _ document: String) -> String {
    // A name that was made in memory may hold anything; as a scalar it stays on its line.
    let name = String(decoding: ScalarText.text(policy, inFlow: false), as: UTF8.self)
    return comment("policy \(name)", document)
  }

  /// A resource's disabled rules behind comment signs, ingress first, each with its number; empty if there are none.
  static func comments(on resource: Resource) -> String {
    let rules: [(Direction, [Rule])] =
      switch resource {
      case .policy(let policy): [(.ingress, policy.ingress), (.egress, policy.egress)]
      case .profile(let profile): [(.ingress, profile.ingress), (.egress, profile.egress)]
      default: []
      }
    var text = ""
    for (direction, list) in rules {
      for (number, rule) in list.enumerated() where rule.isDisabled {
        text += comment("\(direction.rawValue)[\(number)]", encodeRule(rule))
      }
    }
    return text
  }

  private static func comment(_ what: String, _ text: String) -> String {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
    return "# disabled: \(what)\n" + lines.map { "# \(Substring($0))\n" }.joined()
  }
}

extension Resource {
  var isDisabled: Bool {
    if case .policy(let policy) = self { return policy.isDisabled }
    return false
  }
}
