extension LintRule {
  /// All rules by id.
  package static let all: [LintRule] = ofReading + ofPolicies + worldRules

  /// What reading the files shows.
  private static let ofReading: [LintRule] = [.invalidResource, .invalidIgnore, .unusedIgnore, .staleBaseline]

  /// What policies do and what is done to the packets before they see them.
  private static let ofPolicies: [LintRule] = [
    .broadSelector,
    .onlyLogs,
    .unguardedEndpoint,
    .oneSidedPolicy,
    .invisibleEndpoint,
    .translatedPort,
    .backendPort,
    .noDenyBehind,
    .localWorkload,
    .asymmetricUntracked,
    .untrackedTooWide,
    .ignoredOnWorkloads,
    .failsafeDespite,
    .lockOut,
    .coveredRule,
    .contradictoryRule,
  ]

  /// The rule with this id; `nil` if there is none.
  package static func named(_ id: String) -> LintRule? { all.first { $0.id == id } }
}
