/// A problem in words.
struct Wording {
  /// The stable name of the kind of problem.
  var id: String
  var message: String
  var help: String?

  init(_ id: String, _ message: String, help: String? = nil) {
    self.id = id
    self.message = message
    self.help = help
  }
}

extension Wording {
  static let kindsThatAreRead =
    "Gatewalk reads apiVersion v1 with kind policy, profile, hostEndpoint, workloadEndpoint, node, ipPool, bgpPeer "
    + "or a list of these (policyList …), apiVersion gatewalk/v1 with kind Host, and scenarios, which begin with scenario: NAME"

  static func didYouMean(_ suggestion: String?, else other: String?) -> String? {
    suggestion.map { "did you mean \"\($0)\"?" } ?? other
  }

  static func typeHelp(_ expected: String, _ found: String) -> String? {
    if expected.hasPrefix("a list"), found == "a mapping" { return "begin each item with \"- \"" }
    if expected.hasPrefix("a list") { return "write it as a list, between [ and ], or with \"- \" before each item" }
    if found.hasPrefix("the text"), expected == "a number" || expected.hasPrefix("true") {
      return "leave the quotes out"
    }
    return nil
  }
}
