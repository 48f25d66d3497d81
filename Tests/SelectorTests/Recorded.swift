import Foundation
import Testing

@testable import Selector

/// One line of the recorded answers of Calico's own parsers.
struct Recorded: Decodable {
  struct Case: Decodable {
    var labels: [String: String]
    var match: Bool

    /// JSON strings are taken for their UTF-8 bytes.
    var labelSet: LabelSet {
      LabelSet(labels.map { (key: ByteString($0.key), value: ByteString($0.value)) })
    }
  }

  var expr: String
  var era: String
  var cat: String
  var valid: Bool
  var canonical: String?
  var uid: String?
  var recanon: String?
  var cases: [Case]?

  var generations: [SelectorGeneration] {
    switch era {
    case "v2": [.v2]
    case "v3": [.v3]
    default: [.v2, .v3]
    }
  }

  static func load() throws -> [Recorded] {
    let url = try #require(Bundle.module.url(forResource: "Resources/selectors.jsonl", withExtension: "gz"))
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", url.path]
    let output = Pipe()
    gzip.standardOutput = output
    try gzip.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    gzip.waitUntilExit()
    let decoder = JSONDecoder()
    return try text.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(Recorded.self, from: $0) }
  }
}
