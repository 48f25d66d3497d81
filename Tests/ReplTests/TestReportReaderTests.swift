import Reports
import Simulator
import Testing

/// Reports of tests, read by programs that others wrote.
@Suite struct TestReportReaderTests {
  /// A case of each outcome for each hard text, everywhere a text can stand.
  static let report = TestReport(
    suites: Readers.nasty.enumerated().map { index, text in
      let place = SourceLocation(file: "dir/\(text).yaml", line: index + 1, column: 3)
      let other = Readers.nasty[(index + 7) % Readers.nasty.count]
      return TestSuite(
        name: text, location: index % 3 == 0 ? nil : place, semantics: index % 2 == 0 ? "documented" : "calico-2.4",
        claims: index % 4 == 0 ? [] : ["S\(index)", text],
        cases: [
          TestCase(name: text, location: place, outcome: .passed, note: index % 2 == 0 ? nil : text),
          TestCase(name: "\(index) \(other)", location: nil, outcome: .passed),
          TestCase(
            name: other, location: place,
            outcome: .failed([
              TestFailure("verdict", expected: "allow", got: "deny", because: other, decidedAt: place),
              TestFailure(text, expected: text, got: other),
            ])),
          TestCase(
            name: text, location: nil, outcome: .failed([TestFailure("out", expected: other, got: text, because: text)])),
          TestCase(name: text, location: place, outcome: .broken(other, help: index % 2 == 0 ? nil : text)),
        ], duration: Double(index) / 7)
    })

  /// By name, as the texts are nothing to print.
  static let reports = ["hard": report, "small": small, "empty": TestReport()]

  static let small = TestReport(suites: [TestSuite(name: "none", location: nil, semantics: "documented")])

  @Test(arguments: ["hard", "small", "empty"])
  func junit(_ name: String) throws {
    let report = try #require(Self.reports[name])
    try Readers.check("junit.py", [report.json, report.junit])
  }

  @Test(arguments: ["hard", "small"])
  func tap(_ name: String) throws {
    let report = try #require(Self.reports[name])
    try Readers.check("tap.py", [report.json, report.tap])
  }

  @Test(arguments: ["hard", "small", "empty"])
  func json(_ name: String) throws {
    let report = try #require(Self.reports[name])
    try Readers.check("testjson.py", [report.json])
  }
}
