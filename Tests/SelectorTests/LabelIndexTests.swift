import Testing

@testable import Selector

@Suite struct LabelIndexTests {
  /// The index in plain dictionaries, asked by testing every endpoint.
  struct Model {
    var endpoints: [Int: (labels: LabelSet, profiles: [ByteString])] = [:]
    var profiles: [ByteString: (labels: LabelSet, tags: [ByteString])] = [:]
    var selectors: [(handle: Int, meant: Meant, selector: Selector)] = []

    func labels(of id: Int) -> LabelSet {
      guard let endpoint = endpoints[id] else { return LabelSet() }
      var labels = endpoint.labels
      for name in endpoint.profiles {
        guard let profile = profiles[name] else { continue }
        for label in profile.labels.sorted where labels[label.key] == nil { labels[label.key] = label.value }
        for tag in profile.tags where labels[tag] == nil { labels[tag] = "" }
      }
      return labels
    }

    func endpoints(matching meant: Meant) -> [Int] {
      endpoints.keys.filter { meant.matches(labels(of: $0).dictionary) }.sorted()
    }
  }

  struct World {
    var model = Model()
    var index = LabelIndex()

    mutating func change(_ random: inout SeededGenerator, ids: Int) throws {
      let id = Int.random(in: 0..<ids, using: &random)
      let name = ByteString(["p", "q", "r"].randomElement(using: &random)!)
      switch Int.random(in: 0..<10, using: &random) {
      case 0...4: setEndpoint(id, .random(&random), Self.names(&random))
      case 5:
        model.endpoints[id] = nil
        index.removeEndpoint(id)
      case 6:
        setProfile(name, .random(&random), (0..<2).map { _ in ByteString(Meant.keys.randomElement(using: &random)!) })
      case 7:
        model.profiles[name] = nil
        index.removeProfile(name)
      case 8:
        let meant = Meant.random(3, .v3, &random)
        let selector = try Selector(ByteString(meant.text(&random)), generation: .v3)
        model.selectors.append((index.add(selector), meant, selector))
      default:
        guard let place = model.selectors.indices.randomElement(using: &random) else { return }
        index.remove(selector: model.selectors.remove(at: place).handle)
      }
    }

    mutating func setEndpoint(_ id: Int, _ labels: LabelSet, _ profiles: [ByteString]) {
      model.endpoints[id] = (labels, profiles)
      index.setEndpoint(id, labels: labels, profiles: profiles)
    }

    mutating func setProfile(_ name: ByteString, _ labels: LabelSet, _ tags: [ByteString]) {
      model.profiles[name] = (labels, tags)
      index.setProfile(name, labels: labels, tags: tags)
    }

    private static func names(_ random: inout SeededGenerator) -> [ByteString] {
      (0..<Int.random(in: 0...3, using: &random)).map { _ in
        ByteString(["p", "q", "r", "missing"].randomElement(using: &random)!)
      }
    }

    func check(_ context: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
      for id in model.endpoints.keys {
        #expect(index.labels(of: id) == model.labels(of: id), context, sourceLocation: sourceLocation)
      }
      for (handle, meant, selector) in model.selectors {
        let expected = model.endpoints(matching: meant)
        #expect(Array(index.endpoints(of: handle)) == expected, context, sourceLocation: sourceLocation)
        #expect(Array(index.endpoints(matching: selector)) == expected, context, sourceLocation: sourceLocation)
      }
    }
  }

  @Test(arguments: [(seed: 10, ids: 6), (seed: 11, ids: 40), (seed: 12, ids: 700)])
  func agreesWithTestingEveryEndpoint(_ parameters: (seed: UInt64, ids: Int)) throws {
    var random = SeededGenerator(state: parameters.seed)
    var world = World()
    for step in 0..<1_200 {
      try world.change(&random, ids: parameters.ids)
      if step % 20 == 0 { world.check("after step \(step)") }
    }
    world.check("at the end")
    #expect(!world.model.selectors.isEmpty && !world.model.endpoints.isEmpty)
  }

  @Test func copiesAreIndependent() throws {
    var random = SeededGenerator(state: 20)
    var world = World()
    for _ in 0..<300 { try world.change(&random, ids: 50) }
    var copies: [World] = []
    for _ in 0..<20 {
      var copy = world
      for _ in 0..<20 { try copy.change(&random, ids: 60) }
      copies.append(copy)
      try world.change(&random, ids: 50)
    }
    for (number, copy) in copies.enumerated() { copy.check("copy \(number)") }
    world.check("original")
  }

  /// One state, reached in many orders, gives one answer.
  @Test func dependsOnTheStateOnly() throws {
    var random = SeededGenerator(state: 30)
    for round in 0..<30 {
      var target = World()
      for _ in 0..<80 { try target.change(&random, ids: 25) }
      var steps: [(inout World) -> Void] = target.model.endpoints.map { id, value in
        { $0.setEndpoint(id, value.labels, value.profiles) }
      }
      steps += target.model.profiles.map { name, value in { $0.setProfile(name, value.labels, value.tags) } }
      steps += target.model.selectors.map { entry in
        { $0.model.selectors.append(($0.index.add(entry.selector), entry.meant, entry.selector)) }
      }
      for order in 0..<3 {
        steps.shuffle(using: &random)
        var rebuilt = World()
        for step in steps { step(&rebuilt) }
        rebuilt.check("round \(round), order \(order)")
      }
    }
  }

  @Test func selectorsAreCounted() throws {
    var index = LabelIndex()
    let first = index.add(try Selector("a == 'x'"))
    let same = index.add(try Selector("  (a==\"x\") "))
    #expect(first == same)
    index.setEndpoint(3, labels: ["a": "x"], profiles: [])
    index.remove(selector: first)
    index.setEndpoint(4, labels: ["a": "x"], profiles: [])
    #expect(index.endpoints(of: same) == [3, 4])
    index.remove(selector: same)
    let other = index.add(try Selector("has(b)"))
    index.setEndpoint(5, labels: ["a": "x"], profiles: [])
    #expect(index.endpoints(of: other).isEmpty)
  }

  @Test func everyRecordedEvaluation() throws {
    for row in try Recorded.load() where row.valid {
      guard let cases = row.cases else { continue }
      for generation in row.generations {
        let selector = try Selector(ByteString(row.expr), generation: generation)
        var index = LabelIndex()
        let early = index.add(selector)
        for (id, sample) in cases.enumerated() { index.setEndpoint(id * 3, labels: sample.labelSet, profiles: []) }
        let expected = cases.indices.filter { cases[$0].match }.map { $0 * 3 }
        #expect(Array(index.endpoints(of: early)) == expected, "\(row.expr)")
        #expect(Array(index.endpoints(matching: selector)) == expected, "\(row.expr)")
        // The same through profiles, which come last.
        var inherited = LabelIndex()
        let kept = inherited.add(selector)
        for id in cases.indices { inherited.setEndpoint(id, labels: [:], profiles: [ByteString("\(id)")]) }
        for (id, sample) in cases.enumerated() {
          inherited.setProfile(ByteString("\(id)"), labels: sample.labelSet, tags: [])
        }
        #expect(Array(inherited.endpoints(of: kept)) == cases.indices.filter { cases[$0].match }, "\(row.expr)")
      }
    }
  }
}
