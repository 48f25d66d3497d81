import Foundation
import Manifests
import Selector
import Simulator
import Testing

/// A change of the text changes what the text means as it should, whatever the layout, and no comment gets lost.
@Suite struct EditingPropertyTests {
  /// A rule as a manifest has it, deprecated fields included.
  private struct RuleContent: Sendable {
    var fields: [(key: String, value: Content)]

    subscript(path: [String]) -> Content? {
      path.reduce(Content?.some(.mapping(fields))) { content, key in
        guard case .mapping(let entries)? = content else { return nil }
        return entries.first { $0.key == key }?.value
      }
    }

    var hasPorts: Bool { self[["source", "ports"]] != nil || self[["destination", "ports"]] != nil }

    func with(_ name: String) -> RuleContent {
      RuleContent(fields: fields + [("protocol", .plain(name))])
    }

    /// The same with other fields at both ends.
    func mapEnds(_ ends: [String], _ change: (_ key: String, _ value: Content) -> (key: String, value: Content)) -> RuleContent
    {
      RuleContent(
        fields: fields.map { field in
          guard ends.contains(field.key), case .mapping(let entries) = field.value else { return field }
          return (field.key, .mapping(entries.map { change($0.key, $0.value) }))
        })
    }
  }

  private struct Generator {
    var random: SplitMix64

    mutating func oneIn(_ chance: Int) -> Bool { Int.random(in: 0..<chance, using: &random) == 0 }
    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &random)] }

    mutating func end(usesNets: Bool, canHavePorts: Bool) -> Content {
      var fields: [(key: String, value: Content)] = []
      if oneIn(2) {
        let net = pick(["10.0.0.0/8", "10.1.2.3", "192.168.0.0/16"])
        fields.append(usesNets ? ("nets", .list([.plain(net), .plain("10.9.0.0/16")])) : ("net", .plain(net)))
      }
      if oneIn(3) { fields.append(usesNets ? ("notNets", .list([.plain("10.8.0.0/16")])) : ("notNet", .plain("10.7.0.0/16"))) }
      if oneIn(3) {
        fields.append(("tag", .plain(pick(["t", "a-b", "x.y"]))))
      } else if oneIn(2) {
        fields.append(("selector", .plain(pick(["has(x)", "a == \"b c\" && c in {'d', 'e'}", "all()"]))))
      }
      if oneIn(4) { fields.append(("notTag", .plain("z"))) }
      if canHavePorts, oneIn(2) { fields.append(("ports", .list([.plain("80"), .plain("90:100")]))) }
      fields.shuffle(using: &random)
      return .mapping(fields)
    }

    mutating func rule() -> RuleContent {
      let name: String? = oneIn(2) ? pick(["tcp", "udp", "icmp", "132"]) : nil
      let canHavePorts = name.map { $0 == "tcp" || $0 == "udp" } ?? true
      let usesNets = oneIn(2)
      var fields: [(key: String, value: Content)] = [("action", .plain(pick(["allow", "deny", "log", "pass"])))]
      if let name { fields.append(("protocol", .plain(name))) }
      if !oneIn(4) { fields.append(("source", end(usesNets: usesNets, canHavePorts: canHavePorts))) }
      if !oneIn(4) { fields.append(("destination", end(usesNets: usesNets, canHavePorts: canHavePorts))) }
      fields.shuffle(using: &random)
      return RuleContent(fields: fields)
    }

    mutating func rules() -> [RuleContent] { (0..<Int.random(in: 0...3, using: &random)).map { _ in rule() } }
  }

  private struct PolicyContent: Sendable {
    var rules: [Direction: [RuleContent]]
    var hasList: [Direction: Bool]
    var order: Int

    var content: Content {
      var spec: [(key: String, value: Content)] = [("order", .plain("\(order)"))]
      for direction in Direction.allCases where hasList[direction] == true {
        spec.append((direction.rawValue, .list((rules[direction] ?? []).map { .mapping($0.fields) })))
      }
      return .mapping([
        ("apiVersion", .plain("v1")), ("kind", .plain("policy")), ("metadata", .mapping([("name", .plain("p"))])),
        ("spec", .mapping(spec)),
      ])
    }
  }

  // MARK: A change, and what is to come of it

  private static let added = Rule(
    .allow, protocol: ProtocolMatch(.tcp, isName: true),
    source: EntityRule(selector: .has("q")), destination: EntityRule(ports: [PortRange(443)]))
  private static let addedContent = RuleContent(fields: [
    ("action", .plain("allow")), ("protocol", .plain("tcp")), ("source", .mapping([("selector", .plain("has(q)"))])),
    ("destination", .mapping([("ports", .list([.plain("443")]))])),
  ])

  /// A change that can be made to the policy, which is then as it should be afterwards; `nil` if the dice show one that cannot.
  private func change(_ policy: inout PolicyContent, _ generator: inout Generator) -> ManifestChange.Kind? {
    let direction = generator.pick(Direction.allCases)
    var rules = policy.rules[direction] ?? []
    defer { policy.rules[direction] = rules }
    if rules.isEmpty || generator.oneIn(3) {
      let index = Int.random(in: 0...rules.count, using: &generator.random)
      rules.insert(Self.addedContent, at: index)
      policy.hasList[direction] = true
      return .insertRule(Self.added, direction, at: index)
    }
    let index = Int.random(in: 0..<rules.count, using: &generator.random)
    let rule = rules[index]
    switch Int.random(in: 0..<3, using: &generator.random) {
    case 0:
      guard rule[["protocol"]] == nil, rule.hasPorts else { return nil }
      rules.replaceSubrange(index...index, with: [rule.with("tcp"), rule.with("udp")])
      return .splitByProtocol(direction, index)
    case 1:
      let old = ["net", "notNet"]
      guard old.contains(where: { rule[["source", $0]] != nil || rule[["destination", $0]] != nil }) else { return nil }
      rules[index] = rule.mapEnds(["source", "destination"]) { key, value in
        old.contains(key) ? ("\(key)s", .list([value])) : (key, value)
      }
      return .replaceNets(direction, index)
    default:
      let (end, isNegated) = (generator.pick(["source", "destination"]), generator.oneIn(2))
      let old = isNegated ? "notTag" : "tag"
      guard case .plain(let tag)? = rule[[end, old]] else { return nil }
      rules[index] = rule.mapEnds([end]) { key, value in
        key == old ? (isNegated ? "notSelector" : "selector", .plain("has(\(tag))")) : (key, value)
      }
      return .replaceTag(direction, index, end == "source" ? .source : .destination, isNegated: isNegated)
    }
  }

  private func decode(_ text: String) -> LoadedManifests {
    decodeManifests(SourceText(name: "a", bytes: Array(text.utf8)), strictness: .lenient)
  }

  private func instance(_ seed: UInt64) -> (before: PolicyContent, after: PolicyContent, change: ManifestChange)? {
    var generator = Generator(random: SplitMix64(state: seed))
    let rules = Dictionary(uniqueKeysWithValues: Direction.allCases.map { ($0, generator.rules()) })
    let before = PolicyContent(
      rules: rules, hasList: rules.mapValues { !$0.isEmpty || generator.oneIn(2) },
      order: Int.random(in: 1...9, using: &generator.random))
    var after = before
    guard let kind = change(&after, &generator) else { return nil }
    return (before, after, ManifestChange(ResourceID(.policy, "p"), kind))
  }

  @Test func yaml() {
    var (done, refused) = (0, 0)
    for seed in 0..<700 as Range<UInt64> {
      guard let (before, after, change) = instance(seed) else { continue }
      var layout = RandomLayout(seed: seed)
      layout.document(before.content)
      let text = seed % 5 == 0 ? layout.text.replacing("\n", with: "\r\n") : layout.text
      #expect(
        decode(text).diagnostics.allSatisfy { $0.severity == .warning }, "seed \(seed)\n\(text)\n\(decode(text).diagnostics)")
      let result = Result { () throws(EditRefusal) in
        try ManifestEditor(SourceText(name: "a", bytes: Array(text.utf8))).applying([change])
      }
      guard case .success(let changed) = result else {
        refused += 1
        continue
      }
      done += 1
      let edited = String(decoding: changed.bytes, as: UTF8.self)
      #expect(
        decode(edited).resources.map(\.withoutLocations) == decode(after.content.json("")).resources.map(\.withoutLocations),
        "seed \(seed) \(change.kind)\n\(text)\n\(edited)")
      let lost = (1...max(1, layout.comments)).filter { number in
        number <= layout.comments && edited.utf8.count(of: "#c\(number).") != 1
      }
      #expect(lost.isEmpty, "seed \(seed): comments \(lost)\n\(text)\n\(edited)")
      #expect(
        edited.utf8.count(where: { $0 == 0x0d }) == (seed % 5 == 0 ? edited.utf8.count { $0 == 0x0a } : 0),
        "line ends, seed \(seed)")
    }
    #expect(done > 350 && refused == 0, "\(done) changed, \(refused) refused")
  }

  /// Whatever a file holds, it is read, changed as it should be, or left alone.
  @Test func damagedTexts() {
    let alphabet = Array("{}[]:,-#&*!|>'\"% \n\r\t\u{e9}<?@`~0a".utf8) + [0, 0xff, 0xef]
    for seed in 0..<400 as Range<UInt64> {
      guard let (before, _, change) = instance(seed) else { continue }
      var layout = RandomLayout(seed: seed)
      layout.document(before.content)
      var bytes = Array(layout.text.utf8)
      var random = SplitMix64(state: seed)
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = alphabet.randomElement(using: &random) ?? 0x20
        case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0x20, at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...8, using: &random)))
        }
      }
      let source = SourceText(name: "a", bytes: bytes)
      let places = comments(in: source, beginningWith: "c").map(\.location)
      #expect(places == places.sorted(), "seed \(seed)")
      _ = decodeConfiguration(source)
      let resources = decodeManifests(source, strictness: .lenient).resources
      guard let changed = try? ManifestEditor(source).applying([change]) else { continue }
      let expected = resources.map { $0.id == change.resource ? change.applied(to: $0) : $0 }
      let after = decodeManifests(changed, strictness: .lenient).resources
      #expect(after.map(\.withoutLocations) == expected.compactMap { $0?.withoutLocations }, "seed \(seed)")
    }
  }

  @Test func json() throws {
    for seed in 0..<200 as Range<UInt64> {
      guard let (before, after, change) = instance(seed) else { continue }
      let text = before.content.json(seed % 2 == 0 ? "" : "\n  ")
      let changed = try ManifestEditor(SourceText(name: "a", bytes: Array(text.utf8))).applying([change])
      _ = try JSONSerialization.jsonObject(with: Data(changed.bytes))
      let edited = String(decoding: changed.bytes, as: UTF8.self)
      #expect(
        decode(edited).resources.map(\.withoutLocations) == decode(after.content.json("")).resources.map(\.withoutLocations),
        "seed \(seed)\n\(text)\n\(edited)")
    }
  }
}

extension String.UTF8View {
  /// How often a text stands in these bytes.
  fileprivate func count(of text: String) -> Int {
    let (bytes, wanted) = (Array(self), Array(text.utf8))
    guard bytes.count >= wanted.count else { return 0 }
    return (0...(bytes.count - wanted.count)).count {
      bytes[$0] == wanted[0] && bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
    }
  }
}
