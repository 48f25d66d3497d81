import Foundation
import Manifests
import Simulator
import Testing

/// What calicoctl 1.4.0's own decoder and validator said of 420 files.
@Suite struct ConformanceTests {
  struct Row: Decodable {
    var id: Int
    var mutation: String
    var manifest: String
    var status: String
    var error: String
  }

  @Test func `strict reading agrees with calicoctl on every recorded file`() throws {
    let rows = try Self.rows()
    #expect(rows.count == 420)
    for row in rows {
      let loaded = decodeManifests(
        SourceText(name: "\(row.id).yaml", bytes: Array(row.manifest.utf8)),
        strictness: .strict
      )
      let comment = Comment(rawValue: "\(row.id) \(row.mutation): \(row.error)\n\(loaded.diagnostics)\n\(row.manifest)")
      switch row.status {
      case "OK":
        #expect(!loaded.hasErrors, comment)
        #expect("\(loaded.resources.count) resources" == row.error, comment)
        #expect(loaded.rejected.isEmpty, comment)
      case "FELIXERR":
        #expect(!loaded.hasErrors && !loaded.diagnostics.isEmpty, comment)
      case "ERR", "IDERR":
        #expect(loaded.hasErrors, comment)
        #expect(loaded.resources.isEmpty && loaded.rejected.count == 1, comment)
      default:
        Issue.record("unknown status \(row.status)")
      }
    }
  }

  /// Lenient reading takes all that strict reading takes, and besides only ports without a protocol.
  @Test func `lenient reading is kinder where the pages say so and nowhere else`() throws {
    for row in try Self.rows() {
      let source = SourceText(name: "m.yaml", bytes: Array(row.manifest.utf8))
      let lenient = decodeManifests(source, strictness: .lenient)
      let strict = decodeManifests(source, strictness: .strict)
      let comment = Comment(rawValue: "\(row.id) \(row.mutation) \(lenient.diagnostics)")
      if !strict.hasErrors { #expect(lenient.resources == strict.resources, comment) }
      let kind = strict.hasErrors && !lenient.hasErrors
      #expect(kind == ["policy/ports-no-proto", "policy/notports-no-proto"].contains(row.mutation), comment)
    }
  }

  static func rows() throws -> [Row] {
    let url = try #require(
      Bundle.module.url(forResource: "manifests.jsonl", withExtension: "gz", subdirectory: "Resources")
    )
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", url.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Row.self, from: $0) }
  }
}
