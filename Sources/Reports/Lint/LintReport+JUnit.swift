package import Lint
import Simulator

extension LintReport {
  /// The report as JUnit XML: a `testcase` for every rule that was asked, which passed if it found nothing, and else fails with all
  /// that it found. What is set aside is no failure.
  package var junit: [UInt8] {
    let found = Dictionary(grouping: findings, by: \.id)
    let failed = rules.count { found[$0.id] != nil }
    var xml = XMLWriter()
    let counts: KeyValuePairs<String, String?> = [
      "name": "gatewalk lint", "tests": String(rules.count), "failures": String(failed), "errors": "0", "skipped": "0",
      "time": "0.000",
    ]
    xml.element("testsuites", counts) { xml in
      xml.element("testsuite", counts) { xml in
        for rule in rules { Self.write(rule, found[rule.id] ?? [], to: &xml) }
      }
    }
    return Array(xml.text.utf8)
  }

  private static func write(_ rule: LintRule, _ findings: [Finding], to xml: inout XMLWriter) {
    let first = findings.first?.location
    let attributes: KeyValuePairs<String, String?> = [
      "classname": "gatewalk lint", "name": "\(rule.id) \(rule.name)", "file": first?.file,
      "line": first.map { String($0.line) },
    ]
    guard let finding = findings.first else { return xml.element("testcase", attributes) }
    let others = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
    xml.element("testcase", attributes) { xml in
      xml.element(
        "failure", ["message": finding.message + others, "type": finding.severity.rawValue],
        text: findings.map(line).joined(separator: "\n"))
    }
  }

  private static func line(_ finding: Finding) -> String {
    let place = finding.location.map { "\($0): " } ?? ""
    return "\(place)\(finding.severity.rawValue): \(finding.message)" + (finding.help.map { "; \($0)" } ?? "")
  }
}
