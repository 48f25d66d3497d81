import Pictures
import Selector
import Simulator
import Testing

/// A world's picture: what is in it, and what is left out of one that is too large.
@Suite struct WorldPictureTests {
  private static func workload(_ number: Int, on node: ByteString = "h", app: String) -> Resource {
    .workloadEndpoint(
      WorkloadEndpoint(
        node: node, orchestrator: "k8s", workload: ByteString("w\(number)"), name: "eth0",
        labels: LabelSet([(key: "app" as ByteString, value: ByteString(app))]), interfaceName: ByteString("cali\(number)"),
        ipNetworks: [IPNetwork(single: IPAddress(v4: 0x0a41_0000 + UInt32(number)))]))
  }

  private static func endpoint(_ name: ByteString, on node: ByteString, interface: ByteString?) -> Resource {
    .hostEndpoint(HostEndpoint(node: node, name: name, interfaceName: interface))
  }

  @Test func whatStandsAtAnInterface() throws {
    let address = try #require(IPAddress("10.0.0.1"))
    let world = World([
      .host(
        Host(
          name: "h",
          interfaces: [
            .init(name: "eth0", addresses: [IPNetwork(address: address, prefixLength: 24)]), .init(name: "eth1"),
            .init(name: "cali9"),
          ],
          felix: .init(failsafeInbound: []))),
      Self.endpoint("outer", on: "h", interface: "eth0"), Self.endpoint("lost", on: "h", interface: "eth7"),
      Self.workload(1, app: "shop"),
    ])
    let picture = WorldPicture(world, semantics: .documented)
    let host = try #require(picture.hosts.first)
    #expect(picture.hosts.count == 1 && picture.rest == nil && !host.isInferred)
    #expect(host.interfaces.shown.map(\.title) == ["eth0 10.0.0.1/24", "eth1"])
    #expect(host.interfaces.shown.map(\.guarding) == [.endpoint, .nothing])
    let workloads = Dictionary(uniqueKeysWithValues: host.workloads.shown.map { ($0.title, $0) })
    #expect(workloads["cali9"]?.guarding == .unknownWorkload)
    #expect(workloads["w1 10.65.0.1"]?.lines == ["workload by cali1", "app=shop"])
    #expect(host.facts.map(\.title) == ["Felix", "Endpoints without an interface"])
    #expect(host.facts.map(\.lines) == [["failsafe ports inbound: none"], ["lost"]])
    #expect(picture.description.contains("Interface eth1, no host endpoint: not policed."))
  }

  /// The rest is counted, so that nothing is missing without a word.
  @Test func manyWorkloadsAreCounted() throws {
    let resources = (0..<40).map { Self.workload($0, app: $0 < 10 ? "shop" : "blog") }
    let host = try #require(WorldPicture(World(resources), semantics: .documented).hosts.first)
    #expect(host.isInferred && host.workloads.shown.count == 11)
    #expect(host.workloads.rest == "and 29 more: 21 with app=blog; 8 with app=shop")
  }

  @Test func manyHostsAreCounted() {
    let resources = (0..<20).map { Self.endpoint("e", on: ByteString("h\($0 + 10)"), interface: "eth0") }
    let picture = WorldPicture(World(resources), semantics: .documented)
    #expect(picture.hosts.map(\.name) == (10..<22).map { "h\($0)" })
    #expect(picture.rest == "and 8 more hosts with 8 endpoints")
  }

  /// Two pictures in one page share no id.
  @Test func idsBeginAsThePageWants() {
    let picture = WorldPicture(World([Self.endpoint("e", on: "h", interface: "eth0")]), semantics: .documented)
    let (one, two) = (WorldSVG(picture).markup(idPrefix: "a-"), WorldSVG(picture).markup(idPrefix: "b-"))
    func ids(_ markup: String) -> Set<String> { Set(markup.matches(of: /\ id="([^"]*)"/).map { String($0.1) }) }
    #expect(ids(one).count == 3 && ids(one).isDisjoint(with: ids(two)))
  }
}
