import Selector
import Simulator

/// What can be wrong with one value.
enum ValueProblem: Error {
  case invalidName(String, NamePattern, what: String)
  case invalidLabelKey(String)
  case invalidLabelValue(String)
  case numberOutOfRange(String, what: String, range: ClosedRange<Int>)
  case oneOf(String, what: String, allowed: [String])
  case invalidNetwork(String)
  case invalidAddress(String)
  case invalidMAC(String)
  case invalidPort(PortProblem)
  case invalidFailsafePort(String)
  case invalidProtocol(String)
  case invalidASNumber(String)
  case selector(SelectorError)
}

extension ValueProblem {
  var wording: Wording {
    switch self {
    case .invalidName(let name, let pattern, let what):
      return Wording("invalid-name", "\"\(name)\" is no valid \(what)", help: pattern.help)
    case .invalidLabelKey(let key):
      return Wording("invalid-label", "\"\(key)\" is no valid label key", help: NamePattern.labelKey.help)
    case .invalidLabelValue(let value):
      return Wording("invalid-label", "\"\(value)\" is no valid label value", help: NamePattern.labelValue.help)
    case .numberOutOfRange(let text, let what, let range):
      return Wording(
        "out-of-range",
        "\"\(text)\" is no valid \(what)",
        help: "expected a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    case .oneOf(let text, let what, let allowed):
      let near = closestName(to: text, among: allowed)
      let list = "expected one of \(allowed.joined(separator: ", "))"
      return Wording(
        "unknown-word",
        "\"\(text)\" is no valid \(what)",
        help: near.map { "did you mean \"\($0)\"? \(list)" } ?? list
      )
    case .invalidNetwork(let text):
      return Wording(
        "invalid-network",
        "\"\(text)\" is no network",
        help: "expected CIDR form, such as 10.0.0.0/8 or fd00::/8, or an address"
      )
    case .invalidAddress(let text):
      let help =
        text.contains("/") ? "a single address has no \"/\"" : "expected an address such as 10.0.0.1 or fd00::1"
      return Wording("invalid-address", "\"\(text)\" is no IP address", help: help)
    case .invalidMAC(let text):
      return Wording("invalid-mac", "\"\(text)\" is no MAC address", help: "expected a form like 02:00:00:00:00:01")
    case .invalidPort(let problem):
      return problem.wording
    case .invalidFailsafePort(let text):
      return Wording(
        "invalid-failsafe-port",
        "\"\(text)\" is no failsafe port",
        help: "expected {protocol: tcp, port: 22}, \"tcp:22\", or none instead of the list"
      )
    case .invalidProtocol(let text):
      let names = IPProtocol.named.map(\.name)
      let list = "expected one of \(names.joined(separator: ", ")) or a number from 1 to 255"
      let near = closestName(to: text, among: names)
      return Wording(
        "invalid-protocol",
        "\"\(text)\" is no protocol",
        help: near.map { "did you mean \"\($0)\"? \(list)" } ?? list
      )
    case .invalidASNumber(let text):
      return Wording(
        "invalid-as-number",
        "\"\(text)\" is no AS number",
        help: "expected a 32-bit number, or two 16-bit ones as \"1.10\""
      )
    case .selector(let error):
      return Wording("invalid-selector", "invalid selector: \(error.message)", help: error.help)
    }
  }
}
