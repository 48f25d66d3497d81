extension GateStep {
  /// The decision that a rule takes here where it matches: the same as among what a journey matched.
  ///
  /// - Parameters:
  ///   - kind: `policy` or `profile`.
  ///   - subject: the policy or profile, by index in the world.
  package func decision(of kind: Decision.Kind, _ subject: Int, rule: Int, _ action: Action) -> Decision {
    let site = Decision.Site(
      stage: stage, direction: direction, interface: Int32(interface ?? -1), endpoint: Int32(endpoint ?? -1))
    return Decision(kind, at: site, action: action, subject: Int32(subject), rule: Int32(rule))
  }
}
