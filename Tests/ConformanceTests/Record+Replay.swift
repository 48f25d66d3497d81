import Foundation
import Manifests
import Reports
import Simulator
import Testing

extension RecordedWorld {
  /// What was in force: the resources that calicoctl did not refuse.
  func load() throws -> LoadedManifests {
    let kept = resources.filter { !rejected.contains("\($0.kind)/\($0.name)") }
    let text = "[\(kept.map(\.json).joined(separator: ",\n"))]"
    let loaded = decodeManifests(SourceText(name: "world.json", bytes: Array(text.utf8)), strictness: .strict)
    try #require(!loaded.hasErrors, "\(loaded.diagnostics.first.map { "\($0)" } ?? "")")
    #expect(loaded.resources.count == kept.count)
    return loaded
  }
}

extension RecordedFlow {
  /// What we say of the flow, as `replay` prints it.
  func replay(_ replayer: inout Replayer) throws -> [String: Any] {
    let bytes = Array(line.utf8)
    var json = JSONWriter()
    _ = replayer.answer(bytes, 0..<bytes.count, into: &json)
    return try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
  }
}
