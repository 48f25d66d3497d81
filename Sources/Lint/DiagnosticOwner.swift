import Simulator

/// Which rule of lint speaks of what reading the manifests, or making the world, warns about. Everything else is GW001's.
enum DiagnosticOwner {
  /// By the id of the diagnostic; any of the rules may be the one.
  private static let rules: [String: [String]] = [
    "ports-without-protocol": ["GW120"],
    "duplicate-resource": ["GW130"],
    "icmp-zero": ["GW125"],
    "slash-in-profile-name": ["GW125"],
    "no-expected-ips": ["GW105"],
    "inactive-host-endpoint": ["GW123", "GW124"],
  ]

  /// Does a rule with an eye of its own for it report what the diagnostic says? Errors are always GW001's.
  static func isElsewhere(_ diagnostic: Diagnostic) -> Bool {
    diagnostic.severity == .warning && rules[diagnostic.id]?.contains { LintRule.named($0) != nil } == true
  }
}
