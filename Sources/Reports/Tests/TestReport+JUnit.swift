import Simulator

extension TestReport {
  /// The report as JUnit XML in the dialect of Surefire, which Jenkins, GitLab and GitHub's actions read: a scenario is a
  /// `testsuite`, a flow a `testcase`. A case has one `failure` with all points in it, since some readers see only the first.
  ///
  /// What is no text, or cannot stand in XML, becomes U+FFFD.
  package var junit: [UInt8] {
    var xml = XMLWriter()
    xml.element(
      "testsuites",
      [
        "name": "gatewalk test", "tests": String(cases.count), "failures": String(failureCount - brokenCount),
        "errors": String(brokenCount), "time": duration.seconds,
      ]
    ) { xml in
      for suite in suites { suite.write(to: &xml) }
    }
    return Array(xml.text.utf8)
  }
}

extension TestSuite {
  fileprivate func write(to xml: inout XMLWriter) {
    let broken = cases.count(where: \.isBroken)
    xml.element(
      "testsuite",
      [
        "name": title, "tests": String(cases.count), "failures": String(cases.count(where: \.hasFailed) - broken),
        "errors": String(broken), "skipped": "0", "time": duration.seconds, "file": location?.file,
      ]
    ) { xml in
      xml.element("properties") { xml in
        xml.element("property", ["name": "semantics", "value": semantics])
        for claim in claims { xml.element("property", ["name": "claim", "value": claim]) }
      }
      for test in cases { test.write(to: &xml, in: title) }
    }
  }
}

extension TestCase {
  fileprivate func write(to xml: inout XMLWriter, in suite: String) {
    let attributes: KeyValuePairs<String, String?> = [
      "classname": suite, "name": name, "file": location?.file, "line": location.map { String($0.line) },
    ]
    switch outcome {
    case .passed:
      xml.element("testcase", attributes)
    case .failed(let failures):
      let sentences = failures.map(\.sentence)
      xml.element("testcase", attributes) { xml in
        xml.element(
          "failure", ["message": sentences.joined(separator: "; "), "type": failures.first?.point ?? "failure"],
          text: text(sentences))
      }
    case .broken(let message, let help):
      xml.element("testcase", attributes) { xml in
        xml.element("error", ["message": message, "type": "error"], text: text([message] + (help.map { [$0] } ?? [])))
      }
    }
  }

  /// What went wrong, and at the end where the case stands.
  private func text(_ lines: [String]) -> String {
    (lines + (location.map { ["\($0.fileAndLine)"] } ?? [])).joined(separator: "\n")
  }
}
