extension LintRule {
  /// Rules that hold policies against the endpoints, hosts and profiles that are there: GW117 to GW130.
  static let worldRules: [LintRule] = [
    .peerOnWrongSide, .selectorWithoutMatch, .negationMatchesUnlabelled, .portsWithoutProtocol, .nameDecides,
    .missingOrUnusedProfile, .contendingHostEndpoints, .hostEndpointWithoutInterface, .felixIgnores, .failsafeForwarded,
    .semanticsDiffer, .deprecatedField, .bgpBlocked, .duplicateResource,
  ]
}
