import Lint
import Reports
import Scenarios
import Simulator

/// What there is to say about the lines of one file: rules that decide, findings, flows.
struct LineMarks: Sendable {
  private(set) var rules: [Int: [RuleCoverage.Entry]] = [:]
  private(set) var findings: [Int: [SiteFindings.Entry]] = [:]
  private(set) var flows: [Int: [FlowPlace]] = [:]

  /// The marks of all files, by name.
  static func all(_ coverage: RuleCoverage, _ findings: SiteFindings, _ stories: [ScenarioStory]) -> [String: LineMarks] {
    var marks: [String: LineMarks] = [:]
    for entry in coverage.owners.flatMap(\.entries) {
      guard let location = entry.rule.location else { continue }
      marks[location.file, default: LineMarks()].rules[location.line, default: []].append(entry)
    }
    for entry in findings.entries {
      guard let location = entry.finding.location else { continue }
      marks[location.file, default: LineMarks()].findings[location.line, default: []].append(entry)
    }
    for (number, story) in stories.enumerated() {
      for (index, flow) in story.flows.enumerated() {
        guard let location = flow.check.location else { continue }
        marks[location.file, default: LineMarks()].flows[location.line, default: []]
          .append(FlowPlace(story: number, number: index + 1))
      }
    }
    return marks
  }

  var ruleCount: Int { rules.values.reduce(0) { $0 + $1.count } }
  var coveredRuleCount: Int { rules.values.reduce(0) { $0 + $1.count { !$0.flows.isEmpty } } }
  var findingCount: Int { findings.values.reduce(0) { $0 + $1.count } }
}
