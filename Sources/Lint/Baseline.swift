package import Simulator

/// Findings that are known: they do not count any more, and what is new does.
package struct Baseline: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// What `Fingerprints` gives for the finding.
    package var fingerprint: String
    /// The rule's id.
    package var id: String
    /// What it was about, for people.
    package var about: String
    /// How many findings have the fingerprint; from 1.
    package var count: Int
    /// Where it stands in the baseline's file.
    package var location: SourceLocation?

    package init(fingerprint: String, id: String, about: String, count: Int, location: SourceLocation? = nil) {
      self.fingerprint = fingerprint
      self.id = id
      self.about = about
      self.count = count
      self.location = location
    }
  }

  /// No two have one fingerprint.
  package var entries: [Entry]

  package init(entries: [Entry]) {
    self.entries = entries
  }

  /// The findings of a report that count; in an order that does not depend on where they stand.
  package init(of report: LintReport) {
    var entries: [String: Entry] = [:]
    for finding in report.findings where finding.id != LintRule.staleBaseline.id {
      let fingerprint = report.fingerprints.fingerprint(of: finding)
      entries[fingerprint, default: Entry(fingerprint: fingerprint, id: finding.id, about: finding.about, count: 0)].count += 1
    }
    self.entries = entries.values.sorted { ($0.id, $0.about, $0.fingerprint) < ($1.id, $1.about, $1.fingerprint) }
  }

  /// Sets aside what is known. Entries of rules that were asked and whose findings are gone become findings themselves (GW004), as
  /// they would hide what comes back.
  ///
  /// - Complexity: O(1) a finding, O(*n* log *n*) to sort them.
  package func apply(to report: inout LintReport) {
    var left = Dictionary(entries.map { ($0.fingerprint, $0.count) }, uniquingKeysWith: +)
    var kept: [Finding] = []
    for finding in report.findings {
      let fingerprint = report.fingerprints.fingerprint(of: finding)
      if let count = left[fingerprint], count > 0 {
        left[fingerprint] = count - 1
        report.setAside.append(SetAside(finding, .baseline))
      } else {
        kept.append(finding)
      }
    }
    let asked = Set(report.rules.map(\.id))
    if asked.contains(LintRule.staleBaseline.id) {
      kept += entries.compactMap { entry in
        guard asked.contains(entry.id), let count = left[entry.fingerprint], count > 0 else { return nil }
        return Self.stale(entry, count)
      }
    }
    report.findings = kept.sorted(by: Linter.isBefore)
    report.setAside.sort { Linter.isBefore($0.finding, $1.finding) }
  }

  private static func stale(_ entry: Entry, _ count: Int) -> Finding {
    let times = count < entry.count ? "\(count) of \(entry.count) times" : "any more"
    return Finding(
      LintRule.staleBaseline.id, .info, at: entry.location,
      "\(entry.id) about \"\(entry.about)\" is in the baseline and is not found \(times)",
      help: "write the baseline anew with --write-baseline", subject: nil)
  }
}

extension Finding {
  /// `policy web ingress source.net`, or the file of what is about no resource.
  fileprivate var about: String {
    guard let subject else { return location?.file ?? "" }
    return
      ([subject.resource.description] + (subject.rule.map { [$0.direction.rawValue] } ?? [])
      + (subject.field.isEmpty ? [] : [subject.field.joined(separator: ".")])).joined(separator: " ")
  }
}
