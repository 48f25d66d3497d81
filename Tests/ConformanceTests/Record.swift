import Foundation
import Testing

/// One world of the record, with the flows that were sent through it.
struct RecordedWorld: Sendable {
  var file: String
  var id: Int
  var semantics: String
  /// Each resource as JSON text.
  var resources: [(kind: String, name: String, json: String)]
  var rejected: Set<String>
  var flows: [RecordedFlow]
}

/// A flow, and what really happened to it.
struct RecordedFlow: Sendable {
  var id: Int
  /// The line as `replay` reads it.
  var line: String
  var verdict: String
  var out: String?
  var reply: String?
  /// Sorted keys of the decisions that the kernel counted; `nil` where they were not recorded.
  var matched: [String]?
  var replyMatched: [String]?
}

/// Reads the record's files, which are gzipped JSON lines.
enum Record {
  static let files = [
    "calico-2.4-default", "calico-2.4-e2h-accept", "calico-2.4-e2h-return", "calico-2.4-nofailsafe",
    "calico-2.4-permissive", "documented-permissive",
  ]

  static func worlds(in file: String) throws -> [RecordedWorld] {
    try lines(of: file).map { line in try world(file, line) }
  }

  private static func lines(of file: String) throws -> [Data] {
    let url = try #require(
      Bundle.module.url(forResource: "Resources/\(file)", withExtension: "jsonl.gz"), "the record is there")
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-dc", url.path]
    let pipe = Pipe()
    gzip.standardOutput = pipe
    try gzip.run()
    let data = try #require(try pipe.fileHandleForReading.readToEnd())
    gzip.waitUntilExit()
    try #require(gzip.terminationStatus == 0)
    return data.split(separator: UInt8(ascii: "\n")).map { Data($0) }
  }

  private static func world(_ file: String, _ line: Data) throws -> RecordedWorld {
    let object = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
    let resources = try #require(object["world"] as? [[String: Any]])
    return RecordedWorld(
      file: file,
      id: try #require(object["id"] as? Int),
      semantics: try #require(object["semantics"] as? String),
      resources: try resources.map { resource in
        let metadata = try #require(resource["metadata"] as? [String: Any])
        return (
          kind: try #require(resource["kind"] as? String), name: try #require(metadata["name"] as? String),
          json: try text(resource)
        )
      },
      rejected: Set(try #require(object["rejected"] as? [String])),
      flows: try #require(object["flows"] as? [[String: Any]]).map(flow))
  }

  private static func flow(_ object: [String: Any]) throws -> RecordedFlow {
    let expect = try #require(object["expect"] as? [String: Any])
    return RecordedFlow(
      id: try #require(object["id"] as? Int), line: try text(object),
      verdict: try #require(expect["verdict"] as? String), out: expect["out"] as? String,
      reply: expect["reply"] as? String, matched: keys(expect["matched"]), replyMatched: keys(expect["replyMatched"]))
  }

  private static func text(_ object: [String: Any]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]), as: UTF8.self)
  }

  private static func keys(_ value: Any?) -> [String]? {
    (value as? [[String: Any]])?.map(key).sorted()
  }

  /// What the kernel's counters tell of a decision, as one comparable text.
  static func key(_ decision: [String: Any]) -> String {
    ["stage", "kind", "interface", "name", "direction", "rule", "action"]
      .compactMap { field in decision[field].map { "\(field)=\($0)" } }
      .joined(separator: " ")
  }
}
