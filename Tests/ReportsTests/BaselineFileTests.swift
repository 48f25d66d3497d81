import Foundation
import Lint
import Reports
import Simulator
import Testing

/// A baseline's file: written so that changes of it read well, and read strictly.
@Suite struct BaselineFileTests {
  private func read(_ text: String) -> Result<Baseline, Diagnostic> {
    Result { () throws(Diagnostic) in try Baseline(SourceText(name: "b", bytes: Array(text.utf8))) }
  }

  @Test func roundTrip() throws {
    let hard = ["plain", "a \"quoted\" \\ one", "größe 😀", "\u{1}\n\t", ""]
    let entries = hard.enumerated().map { index, text in
      Baseline.Entry(fingerprint: "f\(index)\(text)", id: "GW\(index)", about: text, count: index + 1)
    }
    let text = String(decoding: Baseline(entries: entries).json, as: UTF8.self)
    #expect(text.split(separator: "\n").count == entries.count + 2)
    _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
    var back = try read(text).get()
    #expect(back.entries.map(\.location?.line) == [2, 3, 4, 5, 6])
    for index in back.entries.indices { back.entries[index].location = nil }
    #expect(back == Baseline(entries: entries))
    #expect(try read(String(decoding: Baseline(entries: []).json, as: UTF8.self)).get() == Baseline(entries: []))
  }

  private static let entry = #"{"id":"G","about":"a","fingerprint":"f"}"#

  @Test(arguments: [
    ("", "1:1 the line ends"), ("[]", "1:1 "), ("{}", "1:1 \"version\" is missing"),
    (#"{"version":1}"#, "1:1 \"findings\" is missing"),
    (#"{"version":2,"findings":[]}"#, "1:3 this is version 2"), (#"{"version":"1","findings":[]}"#, "1:12 "),
    (#"{"version":1,"findings":[],"x":0}"#, "1:29 \"x\" is no key"),
    (#"{"version":1,"version":1,"findings":[]}"#, "1:15 \"version\" is no key"),
    ("{\"version\":1,\n\"findings\":[{\"id\":\"G\"}]}", "2:23 a finding needs"),
    (#"{"version":1,"findings":[{"id":"G","about":"a","fingerprint":"f","line":3}]}"#, "1:67 \"line\" is no key"),
    (#"{"version":1,"findings":[{"id":"G","about":"a","fingerprint":"f","count":0}]}"#, "1:67 \"count\" is less"),
    ("{\"version\":1,\"findings\":[\(entry),\n\(entry)]}", "2:3 \"f\" is there twice"),
    (#"{"version":1,"findings":[]} x"#, "1:29 "),
    (#"{"version":1,"findings":{}}"#, "1:25 "), ("{\"version\":1,\"findings\":[\"\u{0}\"]}", "1:26 "), ("\u{feff}{}", "1:1 "),
  ])
  func refused(_ text: String, _ expected: String) {
    guard case .failure(let error) = read(text) else {
      Issue.record("taken: \(text)")
      return
    }
    let said =
      "\(error.location?.line ?? 0):\(error.location?.column ?? 0) \(error.message.dropFirst("no valid baseline: ".count))"
    #expect(said.hasPrefix(expected), "\(said)")
    #expect(error.id == "invalid-baseline" && error.help?.contains("--write-baseline") == true)
  }
}
