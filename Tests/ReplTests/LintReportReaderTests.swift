import Foundation
import Lint
import Reports
import Selector
import Simulator
import Testing

/// Lint reports, read by programs that others wrote.
@Suite struct LintReportReaderTests {
  private static let rules = ["GW901", "GW902", "GW903"].enumerated().map { index, id in
    LintRule(
      id: id, name: "rule-\(index)", severity: Severity.allCases[index], summary: Readers.nasty[index + 3],
      claims: ["S1", "S1", "D2"], basis: Readers.nasty[index + 6], explanation: Readers.nasty[index + 9]
    ) { _ in [] }
  }

  /// Lines whose characters are of one to four bytes, and what stands on them.
  private static let lines = ["a: plain", "größe: 日本 # 😀😀 x", "", "\t\u{1f468}\u{200d}\u{1f469} é", "last, without an end: ß"]

  /// Findings with each hard text, at places all over a file of each name; every third is set aside.
  private static func report(in folder: String) throws -> LintReport {
    var findings: [Finding] = []
    var sources: [SourceText] = []
    for (index, text) in Readers.nasty.enumerated() {
      // Neither an empty name nor one with a zero byte is one; others hold what they like.
      let name = "d\(index % 3)/\(index) \(text.split(separator: "\0").joined().split(separator: "/").joined())"
      let mark: [UInt8] = index % 2 == 0 ? [] : [0xef, 0xbb, 0xbf]
      let ending = index % 4 == 0 ? "\r\n" : "\n"
      let source = SourceText(name: name, bytes: mark + Array(lines.joined(separator: ending).utf8))
      sources.append(source)
      let url = URL(fileURLWithPath: folder).appendingPathComponent(name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(source.bytes).write(to: url)
      for (number, line) in lines.enumerated() {
        for column in Set([0, line.utf8.count / 2, max(0, line.utf8.count - 2)]) {
          let start = line.utf8.index(line.utf8.startIndex, offsetBy: column).samePosition(in: line.unicodeScalars)
          guard start != nil else { continue }
          let first = number == 0 ? mark.count : 0
          let place = SourceLocation(file: name, line: number + 1, column: first + column + 1)
          findings.append(
            Finding(
              rules[index % 3].id, Severity.allCases[(index + number) % 3], at: place, length: 1 + (index + number) % 9,
              "\(text) \"\(number) \(column)\"", help: index % 2 == 0 ? nil : text,
              subject: index % 5 == 0 ? nil : Subject(ResourceID(.policy, ByteString(text)), field: ["spec", text]),
              related: number == 1 ? [.init(text, at: place), .init("nowhere", at: nil)] : []))
        }
      }
      findings.append(Finding(rules[0].id, .info, at: nil, "no place \(text)", subject: nil))
      findings.append(
        Finding(rules[1].id, .info, at: SourceLocation(file: "-", line: 1, column: 1), text, subject: nil))
    }
    var report = LintReport(findings: findings, rules: rules, sources: sources, resourceCount: 7)
    report.setAside = stride(from: 0, to: findings.count, by: 3).map { index in
      let comment = SetAside.Reason.comment(
        "because \(findings[index].message)", at: SourceLocation(file: "d0/0 plain", line: 1, column: 1))
      return SetAside(findings[index], index % 2 == 0 ? .baseline : comment)
    }
    report.findings = findings.enumerated().filter { $0.offset % 3 != 0 }.map(\.element)
    return report
  }

  @Test func sarif() throws {
    let files = try Scratch()
    defer { files.remove() }
    let folder = files.folder.path + "/here"
    let report = try Self.report(in: folder)
    try Readers.check("sarif.py", [report.json, LintSARIF(report, version: "1.2.3", directory: folder).bytes], [folder])
  }

  @Test func junit() throws {
    let files = try Scratch()
    defer { files.remove() }
    var report = try Self.report(in: files.folder.path)
    try Readers.check("lintjunit.py", [report.json, report.junit])
    report.findings = []
    try Readers.check("lintjunit.py", [report.json, report.junit])
  }
}
