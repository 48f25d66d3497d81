package import Manifests
package import Simulator

/// Which findings are mended at once, and by which changes to which texts.
///
/// Changes that could get into each other's way wait: of those about one rule all but one, and a further rule where other rules of the
/// list change.
package struct FixPlan: Sendable {
  package struct Step: Sendable {
    package var finding: Finding
    package var change: ManifestChange
  }

  private struct List: Hashable {
    var resource: ResourceID
    var direction: Direction
  }

  /// By the name of the text, in the order of the findings.
  package private(set) var steps: [String: [Step]] = [:]
  private var indices: [List: Set<Int>] = [:]
  private var lists: Set<List> = []

  /// - Parameter resources: those that the findings are about, with their places.
  package init(_ findings: some Sequence<Finding>, resources: [Resource]) {
    let files = Dictionary(
      resources.compactMap { resource in resource.location.map { (resource.id, $0.file) } }, uniquingKeysWith: { $1 })
    for finding in findings {
      guard let change = ManifestChange(finding), let file = files[change.resource], admit(change) else { continue }
      steps[file, default: []].append(Step(finding: finding, change: change))
    }
  }

  private mutating func admit(_ change: ManifestChange) -> Bool {
    let list = List(resource: change.resource, direction: change.place.direction)
    guard !lists.contains(list) else { return false }
    if case .insertRule = change.kind {
      guard indices[list] == nil else { return false }
      lists.insert(list)
      return true
    }
    return indices[list, default: []].insert(change.place.index).inserted
  }
}

extension FixPlan.Step {
  /// How the texts are to be changed, if it is for each finding alone; those that cannot be mended automatically are left out.
  ///
  /// - Complexity: that of reading each text twice; twice more for each finding in a text in which not all can be mended.
  static func edits(_ steps: [FixPlan.Step], in source: SourceText) -> [(FixPlan.Step, [TextEdit])] {
    let editor = ManifestEditor(source)
    if let all = try? editor.edits(for: steps.map(\.change)) { return Array(zip(steps, all)) }
    return steps.compactMap { step in
      guard let edits = try? editor.edits(for: [step.change]) else { return nil }
      return edits.first.map { (step, $0) }
    }
  }
}

extension LintReport {
  /// How findings can be mended that stand in the text which is to be changed, each by itself.
  ///
  /// - Parameter resources: what was looked at.
  package func edits(resources: [Resource]) -> [Finding: [TextEdit]] {
    let texts = Dictionary(sources.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    var result: [Finding: [TextEdit]] = [:]
    var waiting = findings.filter { $0.fix != nil }
    while !waiting.isEmpty {
      let steps = FixPlan(waiting, resources: resources).steps
      // What waited for others to be mended first is tried by itself, too.
      let tried = Set(steps.values.flatMap { $0.map(\.finding) })
      guard !tried.isEmpty else { break }
      waiting.removeAll { tried.contains($0) }
      for (file, steps) in steps {
        guard let source = texts[file] else { continue }
        for (step, edits) in FixPlan.Step.edits(steps, in: source) where step.finding.location?.file == file {
          result[step.finding] = edits
        }
      }
    }
    return result
  }
}

extension ManifestChange {
  /// What mends a finding; `nil` if nothing does for certain.
  init?(_ finding: Finding) {
    guard let fix = finding.fix, let subject = finding.subject else { return nil }
    switch fix {
    case .insertRule(let rule, let direction, at: let index):
      self.init(subject.resource, .insertRule(rule, direction, at: index))
    case .splitByProtocol:
      guard let rule = subject.rule else { return nil }
      self.init(subject.resource, .splitByProtocol(rule.direction, rule.index))
    case .replaceDeprecatedField:
      guard let rule = subject.rule, subject.field.count == 2, let end = RuleEnd(rawValue: subject.field[0]) else { return nil }
      switch subject.field[1] {
      case "net", "notNet": self.init(subject.resource, .replaceNets(rule.direction, rule.index))
      case "tag": self.init(subject.resource, .replaceTag(rule.direction, rule.index, end, isNegated: false))
      case "notTag": self.init(subject.resource, .replaceTag(rule.direction, rule.index, end, isNegated: true))
      default: return nil
      }
    }
  }
}
