extension LintRule {
  /// Rules that hold policies against the endpoints, hosts and profiles that are there: GW117 to GW130.
  static let worldRules: [LintRule] = [
    .selectorWithoutMatch, .negationMatchesUnlabelled, .portsWithoutProtocol, .missingOrUnusedProfile,
    .contendingHostEndpoints, .hostEndpointWithoutInterface, .felixIgnores,
    .deprecatedField, .duplicateResource,
  ]
}
