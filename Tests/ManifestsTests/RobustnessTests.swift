import Manifests
import Selector
import Simulator
import Testing

/// Input that is large, deep or broken: a clear error or an answer, in bounded time, and never a crash.
@Suite struct RobustnessTests {
  private func read(_ bytes: [UInt8], _ strictness: Strictness = .lenient) -> LoadedManifests {
    decodeManifests(SourceText(name: "test.yaml", bytes: bytes), strictness: strictness)
  }

  @Test(
    arguments: [
      // A lone continuation byte, an overlong form, a cut sequence, a surrogate, UTF-16.
      ([0x80], "not-utf8"), ([0xc0, 0x80], "not-utf8"), ([0xe2, 0x82], "not-utf8"), ([0xed, 0xa0, 0x80], "not-utf8"),
      ([0xff, 0xfe], "not-utf8"), ([0x00], "control-character"), ([0x07], "control-character"),
      ([0x7f], "control-character"),
    ] as [([UInt8], String)]
  )
  func `bytes that are no text`(bytes: [UInt8], id: String) {
    let text = Array("apiVersion: v1\nkind: node\nmetadata: {name: å".utf8) + bytes + Array("}\n".utf8)
    let loaded = read(text)
    #expect(loaded.diagnostics.map(\.id) == [id])
    #expect(loaded.diagnostics.first?.location?.description == "test.yaml:3:20")
    #expect(loaded.resources.isEmpty && loaded.rejected.count == 1)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func `nested ten thousand deep`(opening: String) {
    let loaded = read(Array(String(repeating: opening, count: 10_000).utf8))
    #expect(loaded.diagnostics.map(\.id) == ["nested-too-deep"])
    let selector = String(repeating: "(", count: 10_000) + "has(a)" + String(repeating: ")", count: 10_000)
    let policy = "{apiVersion: v1, kind: policy, metadata: {name: p}, spec: {selector: '\(selector)'}}"
    #expect(read(Array(policy.utf8)).resources.count == 1)
  }

  @Test func `an alias bomb is refused, and honest aliases are not`() {
    var bomb = "- &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      bomb += "- &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(read(Array(bomb.utf8)).diagnostics.map(\.id) == ["aliases-too-large"])
    // A long text weighs more than one value.
    let long = "- &a \"\(String(repeating: "x", count: 1_000_000))\"\n" + String(repeating: "- *a\n", count: 100)
    #expect(read(Array(long.utf8)).diagnostics.map(\.id) == ["aliases-too-large"])
    let rules = String(repeating: "  - *r\n", count: 20_000)
    let honest =
      "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  ingress:\n  - &r {action: allow, protocol: tcp, source: {ports: [80]}}\n\(rules)"
    let loaded = read(Array(honest.utf8))
    #expect(loaded.diagnostics.isEmpty)
    guard case .policy(let policy)? = loaded.resources.first else {
      Issue.record("no policy")
      return
    }
    #expect(policy.ingress.count == 20_001)
  }

  @Test func `so many problems that nobody reads them`() {
    let documents = String(repeating: "{a: 1}\n---\n", count: 30_000)
    let loaded = read(Array(documents.utf8))
    #expect(loaded.diagnostics.count == 10_001 && loaded.diagnostics.last?.id == "too-many-errors")
    let keys = (0..<200_000).map { "k\($0): 1\n" }.joined()
    let one = read(Array(("apiVersion: v1\nkind: node\n" + keys).utf8))
    #expect(one.diagnostics.count == 10_001 && one.resources.isEmpty)
    let empty = read(
      Array((String(repeating: "\n---", count: 30_000) + "\n{apiVersion: v1, kind: node, metadata: {name: a}}").utf8)
    )
    #expect(empty.diagnostics.count == 10_001 && empty.diagnostics.last?.id == "too-many-warnings")
    #expect(empty.resources.count == 1)
  }

  @Test func `a name of a megabyte does not fill the message`() {
    let text = "{apiVersion: v1, kind: node, metadata: {name: \"\(String(repeating: "x y", count: 400_000))\"}}"
    let loaded = read(Array(text.utf8))
    #expect(loaded.diagnostics.map(\.id) == ["invalid-name"])
    #expect((loaded.diagnostics.first?.message.utf8.count ?? 0) < 200)
  }

  /// Any prefix of a good file, and any file with a byte lost or doubled, is read or refused.
  @Test func `mutilated files`() {
    var generator = ResourceGenerator(seed: 7)
    let resources = encodeManifests((0..<6).map { _ in generator.resource() })
    let bytes = Array("\(ScenarioDocumentTests.whole)\n---\n\(resources)".utf8)
    for length in stride(from: 0, through: bytes.count, by: 61) { checkInvariants(read(Array(bytes[..<length]))) }
    for _ in 0..<300 {
      var mutilated = bytes
      let index = Int.random(in: 0..<bytes.count, using: &generator.random)
      switch Int.random(in: 0..<3, using: &generator.random) {
      case 0: mutilated.remove(at: index)
      case 1: mutilated.insert(mutilated[index], at: index)
      default:
        mutilated[index] = Array("-:{}[]\"'&*#\n \u{0}\t|>,%@`!?~é".utf8).randomElement(using: &generator.random) ?? 0
      }
      checkInvariants(read(mutilated))
    }
  }

  private func checkInvariants(_ loaded: LoadedManifests, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
    #expect(loaded.hasErrors == !loaded.rejected.isEmpty, sourceLocation: sourceLocation)
    let lines = loaded.sources.first?.bytes.split(separator: 0x0a, omittingEmptySubsequences: false) ?? []
    for diagnostic in loaded.diagnostics {
      guard let place = diagnostic.location, (1...max(1, lines.count)).contains(place.line) else {
        Issue.record("\(diagnostic)", sourceLocation: sourceLocation)
        continue
      }
      // The end of the line, and the place after it, are places too.
      let length = lines.isEmpty ? 0 : lines[place.line - 1].count
      #expect((1...length + 1).contains(place.column), sourceLocation: sourceLocation)
    }
    for scenario in loaded.scenarios {
      let again = decodeManifests(SourceText(name: "s.yaml", bytes: Array(encodeScenario(scenario).utf8)), strictness: .strict)
      #expect(again.scenarios.map(\.withoutLocations) == [scenario.withoutLocations], sourceLocation: sourceLocation)
    }
    for resource in loaded.resources.suffix(1) {
      let again = decodeManifests(
        SourceText(name: "again.yaml", bytes: Array(encodeManifest(resource).utf8)),
        strictness: .lenient
      )
      #expect(again.resources.map(\.withoutLocations) == [resource.withoutLocations], sourceLocation: sourceLocation)
    }
  }

  /// Many resources, and a text of 50 MB. The limit is for a debug build on a busy machine.
  @Test(.timeLimit(.minutes(2))) func `large files`() {
    var generator = ResourceGenerator(seed: 1)
    let policies = (0..<200).map { index in
      var policy = generator.policy()
      policy.name = ByteString("p\(index)")
      return Resource.policy(policy)
    }
    let loaded = read(Array(encodeManifests(policies).utf8), .strict)
    #expect(loaded.resources.map(\.withoutLocations) == policies)
    let large =
      "{apiVersion: v1, kind: policy, metadata: {name: p, annotations: {a: \""
      + String(repeating: "åbc ", count: 10_000_000) + "\"}}}"
    #expect(large.utf8.count > 50_000_000)
    #expect(read(Array(large.utf8)).resources.count == 1)
  }
}
