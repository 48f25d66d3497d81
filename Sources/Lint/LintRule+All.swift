extension LintRule {
  /// All rules by id.
  package static let all: [LintRule] =
    [
      .invalidResource,
      .invalidIgnore,
      .unusedIgnore,
      .broadSelector,
      .onlyLogs,
      .unguardedEndpoint,
      .oneSidedPolicy,
      .invisibleEndpoint,
      .translatedPort,
      .backendPort,
      .noDenyBehind,
      .localWorkload,
    ] + worldRules

  /// The rule with this id; `nil` if there is none.
  package static func named(_ id: String) -> LintRule? { all.first { $0.id == id } }
}
