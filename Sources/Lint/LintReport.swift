package import Manifests
package import Simulator

/// What lint says of some manifests: the findings, and what a format needs to show them.
package struct LintReport: Sendable {
  /// By place: file, line, column; then by id.
  package var findings: [Finding]
  /// The rules that were asked, by id.
  package var rules: [LintRule]
  /// The texts that were read, for excerpts; a place names one by its file.
  package var sources: [SourceText]
  /// How many resources were looked at.
  package var resourceCount: Int
  /// What was left out because something in it is wrong.
  package var leftOut: [RejectedResource]
  /// What was found and does not count, by place.
  package var setAside: [SetAside]
  /// What the findings are recognised by.
  package var fingerprints: Fingerprints

  package init(
    findings: [Finding], rules: [LintRule], sources: [SourceText] = [], resourceCount: Int, leftOut: [RejectedResource] = [],
    setAside: [SetAside] = [], fingerprints: Fingerprints = Fingerprints([])
  ) {
    self.findings = findings
    self.rules = rules
    self.sources = sources
    self.resourceCount = resourceCount
    self.leftOut = leftOut
    self.setAside = setAside
    self.fingerprints = fingerprints
  }

  /// How many findings are of this severity.
  package func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

  /// Is anything as bad as this, or worse?
  package func hasFindings(from severity: Severity) -> Bool { findings.contains { $0.severity >= severity } }
}

extension Linter {
  /// Holds the rules against what was read; what is invalid is a finding, and the rest is looked at without it. What a comment
  /// speaks of is set aside.
  package func report(on loaded: LoadedManifests, semantics: Semantics = .documented) -> LintReport {
    let context = LintContext(
      resources: loaded.resources, diagnostics: loaded.diagnostics, rejected: loaded.rejected,
      deprecatedFields: loaded.deprecatedFields, replaced: loaded.replaced, semantics: semantics)
    var report = LintReport(
      findings: findings(in: context), rules: rules, sources: loaded.sources, resourceCount: loaded.resources.count,
      leftOut: loaded.rejected, fingerprints: Fingerprints(loaded.resources))
    IgnoreComments(in: loaded.sources).apply(to: &report)
    return report
  }
}
