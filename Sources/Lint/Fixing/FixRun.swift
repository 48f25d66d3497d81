package import Manifests
package import Simulator

/// Mends what can be mended for certain, in memory: finds, changes the texts, and looks again until nothing is left to mend.
package struct FixRun: Sendable {
  /// A finding that is not mended, and why.
  package struct Refused: Hashable, Sendable {
    package var finding: Finding
    package var message: String
  }

  /// A text, as it was and as it is.
  package struct Changed: Sendable {
    package var before: SourceText
    package var after: SourceText
  }

  /// Nothing takes as many turns: each mends something in every policy that needs it.
  private static let limit = 1_000

  /// What is found in the end.
  package private(set) var report: LintReport
  package private(set) var fixed: [Finding] = []
  package private(set) var refused: [Refused] = []
  private var loaded: LoadedManifests
  private let original: [SourceText]
  /// How often a finding may still be mended: one that comes back is not chased for ever.
  private var attempts: [String: Int] = [:]

  /// - Parameter look: what lint says of some manifests, what is set aside included.
  package init(_ loaded: LoadedManifests, look: (LoadedManifests) -> LintReport) {
    self.loaded = loaded
    original = loaded.sources
    report = look(loaded)
    for _ in 0..<Self.limit {
      guard takeTurn() else { return }
      self.loaded = decodeManifests(self.loaded.sources, strictness: .lenient)
      report = look(self.loaded)
    }
  }

  /// The texts that changed, in the order of the input.
  package var changed: [Changed] {
    zip(original, loaded.sources).compactMap { before, after in
      before.bytes == after.bytes ? nil : Changed(before: before, after: after)
    }
  }

  /// - Returns: has a text changed?
  private mutating func takeTurn() -> Bool {
    let steps = FixPlan(dueFindings(), resources: loaded.resources).steps
    var hasChanged = false
    // The last text of a name is the one that counts.
    for (file, steps) in steps.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard let index = loaded.sources.lastIndex(where: { $0.name == file }) else { continue }
      for step in steps { attempts[report.fingerprints.fingerprint(of: step.finding), default: 0] -= 1 }
      if file == "-" {
        refused += steps.map { Refused(finding: $0.finding, message: "standard input cannot be changed") }
        continue
      }
      let before = loaded.sources[index].bytes
      loaded.sources[index] = apply(steps, to: loaded.sources[index])
      if loaded.sources[index].bytes != before { hasChanged = true }
    }
    return hasChanged
  }

  /// Findings that can be mended and were not tried as often as they were there when they were first seen.
  private mutating func dueFindings() -> [Finding] {
    let fixable = report.findings.filter { $0.fix != nil }
    let prints = fixable.map(report.fingerprints.fingerprint)
    for (print, count) in Dictionary(prints.map { ($0, 1) }, uniquingKeysWith: +) where attempts[print] == nil {
      attempts[print] = count
    }
    var left = attempts
    return zip(fixable, prints).compactMap { finding, print in
      guard let count = left[print], count > 0 else { return nil }
      left[print] = count - 1
      return finding
    }
  }

  /// All steps at once, or one after another, from the end, where not all can be done.
  private mutating func apply(_ steps: [FixPlan.Step], to source: SourceText) -> SourceText {
    if let all = try? ManifestEditor(source).applying(steps.map(\.change)) {
      fixed += steps.map(\.finding)
      return all
    }
    var source = source
    for step in steps.sorted(by: { $0.change.place.index > $1.change.place.index }) {
      do throws(EditRefusal) {
        source = try ManifestEditor(source).applying([step.change])
        fixed.append(step.finding)
      } catch {
        refused.append(Refused(finding: step.finding, message: error.message))
      }
    }
    return source
  }
}
