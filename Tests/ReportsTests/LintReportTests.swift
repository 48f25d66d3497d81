import Foundation
import Lint
import Reports
import Selector
import Simulator
import Testing

@Suite struct LintReportTests {
  private static let rule = LintRule(
    id: "GW901", name: "a-rule", severity: .warning, summary: "a rule", claims: ["S1"], basis: "because", explanation: "**why**"
  ) { _ in [] }
  private static let source = SourceText(name: "a.yaml", bytes: Array("x: y\nß: [😀, z]\n".utf8))

  private func report(_ findings: Finding...) -> LintReport {
    LintReport(findings: findings, rules: [Self.rule], sources: [Self.source], resourceCount: 2)
  }

  private func finding(_ line: Int, _ column: Int, length: Int = 1, file: String = "a.yaml") -> Finding {
    Finding(
      "GW901", .warning, at: SourceLocation(file: file, line: line, column: column), length: length, "\"b\" is, so: what",
      help: "do", subject: nil)
  }

  private func object(_ bytes: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  @Test func github() {
    // The emoji is four bytes and one character, the letter before it two bytes.
    var info = finding(2, 6, length: 4)
    info.severity = .info
    let text = String(decoding: report(info, finding(1, 1, file: "-")).github, as: UTF8.self)
    #expect(
      text == """
        ::notice file=a.yaml,line=2,col=5,endColumn=6,title=GW901 a-rule::"b" is, so: what%0Ado
        ::warning title=GW901 a-rule::"b" is, so: what%0Ado

        """)
  }

  private func result(_ file: String, directory: String?) throws -> [String: String] {
    let log = try object(LintSARIF(report(finding(1, 1, file: file)), version: "0.0.1", directory: directory).bytes)
    let runs = log["runs"] as? [[String: Any]]
    let results = runs?.first?["results"] as? [[String: Any]]
    let locations = results?.first?["locations"] as? [[String: Any]]
    let physical = locations?.first?["physicalLocation"] as? [String: Any]
    return try #require(physical?["artifactLocation"] as? [String: String])
  }

  /// Paths become URIs that stay below their base, or whole ones.
  @Test(arguments: [
    ("a.yaml", "a.yaml", true), ("./x//y/../a b.yaml", "x/a%20b.yaml", true), ("/abs/ä.yaml", "file:///abs/%C3%A4.yaml", false),
    ("../up.yaml", "file:///w/up.yaml", false), ("c:d?e#f%.yaml", "c%3Ad%3Fe%23f%25.yaml", true), ("/../x", "file:///x", false),
  ])
  func uri(_ path: String, _ uri: String, _ isRelative: Bool) throws {
    let location = try result(path, directory: "/w/here")
    #expect(location == (isRelative ? ["uri": uri, "uriBaseId": "%SRCROOT%"] : ["uri": uri]))
  }

  @Test func withoutADirectoryNothingIsToldOfIt() throws {
    #expect(try result("../up.yaml", directory: nil) == ["uri": "../up.yaml", "uriBaseId": "%SRCROOT%"])
  }

  /// What a finding is recognised by does not change when lines, numbers of rules and words do.
  @Test func fingerprints() {
    func rules(_ rules: [Rule]) -> Fingerprints {
      Fingerprints([.policy(Policy(name: "web", selector: .all, ingress: rules))])
    }
    func finding(_ index: Int, _ message: String, line: Int, id: String = "GW1", field: [String] = []) -> Finding {
      Finding(
        id, .error, at: SourceLocation(file: "f\(line)", line: line, column: line), message,
        subject: Subject(ResourceID(.policy, "web"), rule: .init(.ingress, index), field: field))
    }
    let (first, second) = (Rule(.allow, protocol: ProtocolMatch(.tcp, isName: true)), Rule(.deny))
    let before = rules([second, first]).fingerprint(of: finding(1, "\"ingress[1]\" of \"web\" at f:1", line: 1))
    let moved = rules([first, second]).fingerprint(of: finding(0, "at f:9 \"ingress[0]\" or \"web\"", line: 9))
    #expect(before == moved && before.hasPrefix("gatewalk:") && before.utf8.count == 47)
    let others = [
      finding(0, "\"ingress[0]\" of \"web\"", line: 1), finding(1, "\"ingress[1]\" of \"db\"", line: 1),
      finding(1, "\"ingress[1]\" of \"web\"", line: 1, id: "GW2"),
      finding(1, "\"ingress[1]\" of \"web\"", line: 1, field: ["a"]),
    ]
    for other in others { #expect(rules([second, first]).fingerprint(of: other) != before, "\(other)") }
    // What is about no resource is about a file, by its name.
    func ofFile(_ file: String) -> String {
      let place = SourceLocation(file: file, line: 1, column: 1)
      return Fingerprints([]).fingerprint(of: Finding("GW1", .error, at: place, "x", subject: nil))
    }
    #expect(ofFile("a/b.yaml") == ofFile("./c/b.yaml") && ofFile("b.yaml") != ofFile("a.yaml"))
    let same = finding(1, "\"a\"", line: 1)
    let distinct = rules([second, first]).distinct([same, same, others[0], same])
    #expect(Set(distinct).count == 4 && distinct[1] == distinct[0] + ":2" && distinct[3] == distinct[0] + ":3")
  }
}
