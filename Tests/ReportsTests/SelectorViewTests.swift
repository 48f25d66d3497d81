import Reports
import Selector
import Simulator
import Testing

/// What a person is shown of a selector: its tree, why it matches, what it matches and what it all but matches.
@Suite struct SelectorViewTests {
  /// Labels of all origins: own ones, of two profiles, tags, one hidden by another.
  private static func world() throws -> World {
    func endpoint(_ name: ByteString, _ labels: LabelSet, profiles: [ByteString] = []) -> Resource {
      .hostEndpoint(
        HostEndpoint(node: "h", name: name, labels: labels, interfaceName: "eth0", expectedIPs: [], profiles: profiles))
    }
    let address = try #require(IPAddress("10.65.0.1"))
    return World([
      endpoint("web", ["role": "web"], profiles: ["gone", "base", "more"]),
      endpoint("db", ["role": "db", "app": "cart"]),
      endpoint("bare", [:]),
      .workloadEndpoint(
        WorkloadEndpoint(
          node: "h", orchestrator: "k8s", workload: "w1", name: "eth0", labels: ["role": "web", "legacy": ""],
          interfaceName: "cali1", ipNetworks: [IPNetwork(single: address)], profiles: ["more"])),
      .profile(Profile(name: "base", labels: ["env": "prod", "role": "other"], tags: ["x", "env"])),
      .profile(Profile(name: "more", labels: ["env": "test", "x": "hidden"])),
    ])
  }

  private static func selector(_ text: String) throws -> Selector { try Selector(ByteString(text), generation: .v3) }

  private func endpoint(_ name: ByteString, _ world: World) throws -> Int {
    try #require(world.endpoints.firstIndex { $0.shortName == name })
  }

  struct Facts: Sendable {
    var endpoint: ByteString
    var selector: String
    var phrases: [String]
  }

  @Test(arguments: [
    Facts(endpoint: "web", selector: "role == 'web'", phrases: ["role = \"web\" (own label)"]),
    Facts(endpoint: "web", selector: "env in {'prod', 'test'}", phrases: ["env = \"prod\" (profile base)"]),
    Facts(endpoint: "web", selector: "has(x) && !has(legacy)", phrases: ["has tag x (profile base)", "no label legacy"]),
    Facts(
      endpoint: "w1", selector: "has(x) && env != 'prod'",
      phrases: ["x = \"hidden\" (profile more)", "env = \"test\" (profile more)"]),
    Facts(endpoint: "web", selector: "has(a) || has(x) || has(role)", phrases: ["has tag x (profile base)"]),
    Facts(
      endpoint: "web", selector: "role != 'a' && role != 'b' && all() && all()",
      phrases: ["role = \"web\" (own label)", "all()"]),
    Facts(endpoint: "web", selector: "", phrases: ["all()"]),
    Facts(endpoint: "bare", selector: "!(has(a) || b == 'c') && global()", phrases: ["no label a", "no label b", "global()"]),
    // Does not match: what is in the way.
    Facts(endpoint: "db", selector: "has(role) && app == 'shop' && has(y)", phrases: ["app = \"cart\" (own label)"]),
  ])
  func factsThatSettleIt(facts: Facts) throws {
    let world = try Self.world()
    let selector = try Self.selector(facts.selector)
    let index = try endpoint(facts.endpoint, world)
    let found = LabelFacts(selector.expression, of: index, in: world)
    #expect(found.phrases == facts.phrases)
    #expect(found.matches == world.labels.endpoints(matching: selector).contains(index))
  }

  /// Where a label is said to come from is where the index has it from.
  @Test func originsAreTheIndexes() throws {
    let world = try Self.world()
    for index in world.endpoints.indices {
      let origins = LabelOrigins(of: index, in: world)
      for key: ByteString in ["role", "env", "x", "legacy", "app", "none"] {
        #expect(origins[key]?.value == world.labels.labels(of: index)[key])
      }
    }
    let web = LabelOrigins(of: try endpoint("web", world), in: world)
    #expect(web["role"]?.origin == .own && web["x"]?.origin == .tag("base") && web["env"]?.origin == .profile("base"))
    #expect(LabelOrigins(["a": "b"])["a"]?.origin == .given)
  }

  // MARK: The tree

  private static let tree = "role == 'web' && !(has(legacy) || env == 'test') && has(x)"

  @Test func theTreeForAnEndpoint() throws {
    let world = try Self.world()
    let origins = LabelOrigins(of: try endpoint("w1", world), in: world)
    let text = SelectorTreeText(try Self.selector(Self.tree), for: origins, style: .plain)
    #expect(
      text.lines.joined(separator: "\n") == """
        ✗ role == 'web' && !(has(legacy) || env == 'test') && has(x)  all of 3
        ├─ ✓ role == 'web'                                            role = "web", own label
        ├─ ✗ !(has(legacy) || env == 'test')                          not
        │  └─ ✓ has(legacy) || env == 'test'                          any of 2
        │     ├─ ✓ has(legacy)                                        legacy = "", own label
        │     └─ ✓ env == 'test'                                      env = "test", from profile more
        └─ ✓ has(x)                                                   x = "hidden", from profile more
        """)
    let web = LabelOrigins(of: try endpoint("web", world), in: world)
    let short = SelectorTreeText(try Self.selector("has(x) && has(y)"), for: web, style: .plain, signs: .ascii)
    #expect(
      short.lines.joined(separator: "\n") == """
        no  has(x) && has(y)  all of 2
        |- yes has(x)         x, tag of profile base
        `- no  has(y)         no label y
        """)
  }

  @Test func theTreeAlone() throws {
    let text = SelectorTreeText(try Self.selector("!(a == 'b') || all()"), style: .plain)
    #expect(
      text.lines.joined(separator: "\n") == """
        !(a == 'b') || all()  any of 2
        ├─ !(a == 'b')        not
        │  └─ a == 'b'
        └─ all()
        """)
    #expect(SelectorTreeText(.all, style: .plain).lines == ["all()"])
    #expect(SelectorTreeText(try Self.selector(""), for: LabelOrigins([:]), style: .plain).lines == ["✓ all()"])
  }

  @Test func colourAddsNothingButColour() throws {
    let labels = LabelOrigins(["role": "web", "x": "\u{1b}[1m"])
    let trees = [true, false].map { hasColour in
      try? SelectorTreeText(Self.selector(Self.tree), for: labels, style: Style(hasColour: hasColour)).lines
    }
    let coloured = try #require(trees[0])
    // What is left when the escapes are taken out, each from its ESC to the next `m`.
    let plain = coloured.map { line in
      line.split(separator: "\u{1b}", omittingEmptySubsequences: false).enumerated()
        .map { $0 == 0 ? $1 : $1.drop { $0 != "m" }.dropFirst() }.joined()
    }
    #expect(plain == trees[1] && coloured != trees[1])
  }

  /// Cut, and said so; whatever is in the text stays on its line.
  @Test func deepAndLongTreesAreCut() throws {
    let depth = 100_000
    func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    let cases: [(text: String, last: String)] = [
      (repeated("has(b) || (has(a) && (", depth / 2) + "has(c)" + repeated("))", depth / 2), "deeper levels are not shown"),
      (repeated("!(", depth + 1) + "has(a)" + repeated(")", depth + 1), "deeper levels are not shown"),
      (repeated("has(b) && ", depth) + "has(c)", "cut after 40 lines: the selector has 100,002 terms and operators"),
      ("a == '\(repeated("x\n\u{1b}", depth))' && has(b)", "has(b)"),
    ]
    for (text, last) in cases {
      let selector = try Self.selector(text)
      let lines = SelectorTreeText(selector, for: LabelOrigins(["a": ""]), style: .plain, deepest: 9, mostLines: 40).lines
      #expect(lines.count <= 41 && lines.contains { $0.contains(last) }, "\(text.prefix(20))")
      #expect(lines.allSatisfy { $0.unicodeScalars.count < 250 && !$0.unicodeScalars.contains("\n") })
      #expect(LabelFacts(selector.expression, of: 0, in: try Self.world()).phrases.count <= 3)
    }
  }

  // MARK: Selecting

  @Test func endpointsAndNearMisses() throws {
    let text = SelectText(try Self.selector("role == 'web' && !has(legacy) && has(x)"), in: try Self.world(), style: .plain)
    #expect(
      text.lines.joined(separator: "\n") == """
        1 of 4 endpoints match
          host  h/web  eth0  -  env=prod,role=web,x

        near misses
          workload  h/k8s/w1/eth0  !has(legacy): legacy = ""
        """)
    let profile = SelectText(try Self.selector("env == 'prod' && !(role == 'web')"), in: try Self.world(), style: .plain)
    #expect(profile.lines.contains { $0.hasSuffix("h/web   !(role == 'web'): role = \"web\"") })
    #expect(profile.lines.contains { $0.hasSuffix("h/db    env == 'prod': no label env") })
    // Of the workload both terms speak against it.
    #expect(!profile.lines.contains { $0.contains("h/k8s/w1") })
    let all = SelectText(.all, in: try Self.world(), style: .plain, mostRows: 2).lines
    #expect(all.first == "4 of 4 endpoints match" && all.last == "  … and 2 more" && all.count == 4)
    #expect(SelectText(.all, in: World([]), style: .plain).lines == ["there are no endpoints"])
  }

  /// What fails in everything is not near, nor is what fails in three terms; two are told only where none fails in one.
  @Test(
    arguments: [
      ("role == 'web' || has(y)", []), ("role == 'none'", ["h/web", "h/db", "h/bare", "h/k8s/w1/eth0"]),
      ("has(app) && has(y) && has(z)", ["h/db"]), ("has(app) && has(y) && has(z) && has(q)", []),
      ("!(has(app) || has(role)) && has(y)", ["h/bare"]),
      ("!(has(app) && has(role)) && has(nothing)", ["h/web", "h/bare", "h/k8s/w1/eth0"]),
    ] as [(String, [String])])
  func onlyTheNearestAreNear(text: String, expected: [String]) throws {
    let world = try Self.world()
    let lines = SelectText(try Self.selector(text), in: world, style: .plain).lines
    let near = lines.drop { $0 != "near misses" }.joined(separator: " ").split(separator: " ").map(String.init)
    #expect(Set(near.filter { $0.hasPrefix("h/") }) == Set(expected), "\(lines)")
  }

  /// Fewest flips first, however many endpoints stand before, and never a match among them.
  @Test func nearestFirst() throws {
    let endpoints = (0..<3_000).map { number -> Resource in
      var labels: LabelSet = ["group": ByteString("\(number % 7)")]
      for key in ["a", "b", "c"].prefix(number % 4) { labels[ByteString(key)] = "1" }
      return .hostEndpoint(HostEndpoint(node: "h", name: ByteString("e\(number)"), labels: labels, interfaceName: "eth0"))
    }
    let world = World(endpoints)
    let lines = SelectText(try Self.selector("has(a) && has(b) && has(c)"), in: world, style: .plain, mostRows: 5).lines
    #expect(lines[0] == "750 of 3,000 endpoints match" && lines[6] == "  … and 745 more")
    let near = lines.drop { $0 != "near misses" }.dropFirst()
    #expect(near.count == 10 && near.allSatisfy { $0.hasSuffix("has(c): no label c") })
    // Too large a selector is answered without them, and one that takes long with those that were found in time.
    let large = try Self.selector(String(repeating: "has(a) && ", count: 5_000) + "has(z)")
    let answer = SelectText(large, in: world, style: .plain).lines
    #expect(answer == ["0 of 3,000 endpoints match", "near misses are not looked for: the selector is too large"])
    let slow = try Self.selector(String(repeating: "has(y) && ", count: 900) + "has(z)")
    #expect(SelectText(slow, in: world, style: .plain).lines.last?.hasSuffix("among the first 2,218 endpoints only") == true)
  }
}
