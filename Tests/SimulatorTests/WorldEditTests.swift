import Selector
import Simulator
import Testing

/// A world after changes is the world that would have been made at once.
@Suite struct WorldEditTests {
  @Test func changesLeadToTheWorldOfTheirResources() throws {
    for seed in 1...UInt64(25) {
      var drawn = RandomWorld(seed: seed)
      var present: [ResourceID: Resource] = [:]
      for resource in try drawn.make(policies: 6, rulesUpTo: 3) { present[resource.id] = resource }
      var world = World(Array(present.values))
      for _ in 0..<12 {
        let step = try changes(&drawn, present)
        let edited = world.applying(step)
        for change in step { present[change.id] = change.after }
        compare(edited, World(Array(present.values)), &drawn)
        // Taking the changes back gives the world before, and the world before was not touched.
        compare(edited.applying(step.reversed().map(\.inverse)), world, &drawn)
        world = edited
      }
    }
  }

  /// Two endpoints without interface names share an address: only one can have the interface, and which one it is must not
  /// depend on the edits that led there.
  @Test func anEndpointThatGoesAndComesBackChangesNothing() throws {
    let shared = try #require(IPAddress("10.0.0.1"))
    let other = try #require(IPAddress("10.0.0.2"))
    let resources = ["a", "b"].map { name in
      Resource.hostEndpoint(
        HostEndpoint(
          node: "h", name: ByteString(name), expectedIPs: name == "a" ? [shared] : [shared, other]))
    }
    let world = World(resources)
    let gone = ResourceChange(resources[0].id, from: resources[0], to: nil)
    let worlds = [world, world.applying([gone]).applying([gone.inverse]), World(resources.reversed())]
    for world in worlds {
      let topology = Topology(of: "h", in: world, semantics: .documented)
      #expect(topology.interfaces.map(\.name) == ["a"])
      #expect(topology.interfaces.map { $0.addresses.map(\.address) } == [[shared]])
    }
  }

  /// Many changes of policies at once, some of them to the same one, lead where one after the other leads.
  @Test func manyPolicyChangesAreAsGoodAsOneByOne() throws {
    for seed in 1...UInt64(20) {
      var drawn = RandomWorld(seed: seed)
      let world = World(try drawn.make(policies: 12, rulesUpTo: 2))
      var present = Dictionary(uniqueKeysWithValues: world.policies.map { ($0.name, $0) })
      let changes = try (0..<20).map { _ in
        let policy = try drawn.policy(drawn.random.below(16), 2)
        let after = drawn.random.oneIn(3) ? nil : policy
        defer { present[policy.name] = after }
        return ResourceChange(
          Resource.policy(policy).id, from: present[policy.name].map { .policy($0) }, to: after.map { .policy($0) })
      }
      let atOnce = world.applying(changes)
      #expect(atOnce.policies == changes.reduce(world) { $0.applying([$1]) }.policies)
      #expect(Set(atOnce.policies) == Set(present.values))
      #expect(atOnce.applying(changes.reversed().map(\.inverse)).policies == world.policies)
    }
  }

  /// One to three resources, each once, come, go or are drawn anew.
  private func changes(_ drawn: inout RandomWorld, _ present: [ResourceID: Resource]) throws -> [ResourceChange] {
    let others = try drawn.make(policies: 8, rulesUpTo: 3)
    var step: [ResourceID: ResourceChange] = [:]
    for _ in 0...drawn.random.below(3) {
      let other = drawn.random.pick(others)
      guard other.id.kind != .host else { continue }
      let after = present[other.id] != nil && drawn.random.oneIn(2) ? nil : other
      step[other.id] = ResourceChange(other.id, from: present[other.id], to: after)
    }
    return step.values.sorted { $0.id.name < $1.id.name }
  }

  private func compare(_ left: World, _ right: World, _ drawn: inout RandomWorld) {
    #expect(left.policies == right.policies)
    #expect(Set(left.profiles) == Set(right.profiles))
    #expect(left.nodes == right.nodes)
    #expect(labels(left) == labels(right))
    #expect(shortNames(left) == shortNames(right))
    for index in left.endpoints.indices {
      #expect(left.endpoints(shortNamed: left.endpoints[index].shortName).contains(index))
    }
    let walkers = [left, right].map { Walker(world: $0, node: "h", semantics: .documented) }
    for _ in 0..<15 {
      let flow = drawn.flow(on: walkers[0])
      let answers = walkers.map { walker in (try? walker.judge(flow)).map { [$0.forward.isAllowed, $0.reply?.isAllowed] } }
      #expect(answers[0] == answers[1])
    }
  }

  /// Full names of the endpoints that share a short name.
  private func shortNames(_ world: World) -> [ByteString: Set<ByteString>] {
    var names: [ByteString: Set<ByteString>] = [:]
    for name in ["w1", "w2", "hep0", "hep1", "nobody"] as [ByteString] {
      names[name] = Set(world.endpoints(shortNamed: name).map { world.endpoints[$0].name })
    }
    return names
  }

  private func labels(_ world: World) -> [ByteString: LabelSet] {
    Dictionary(uniqueKeysWithValues: world.endpoints.indices.map { (world.endpoints[$0].name, world.labels.labels(of: $0)) })
  }
}
