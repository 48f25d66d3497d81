import Manifests
import Selector
import Simulator
import Testing

@Suite struct RoundTripTests {
  /// Felix's zeros, and `/` in a profile name, are warned of however they are written.
  private static let expectedWarnings: Set<String> = ["icmp-zero", "slash-in-profile-name"]

  @Test func `what is written is read back the same, strictly and leniently`() {
    var generator = ResourceGenerator(seed: 2017)
    for _ in 0..<500 {
      let resource = generator.resource()
      let text = encodeManifest(resource)
      let strict = decode(text)
      let comment = Comment(rawValue: "\(text)\n\(strict.diagnostics)")
      #expect(strict.resources.map(\.withoutLocations) == [resource], comment)
      #expect(strict.diagnostics.allSatisfy { Self.expectedWarnings.contains($0.id) }, comment)
      let lenient = decode(text, .lenient)
      #expect(lenient.resources == strict.resources, comment)
      #expect(lenient.diagnostics == strict.diagnostics, comment)
      #expect(strict.resources.map(encodeManifest) == [text], comment)
      guard strict.resources.map(\.withoutLocations) == [resource] else { return }
    }
  }

  @Test func `many resources in one text keep their order`() {
    var generator = ResourceGenerator(seed: 24)
    var ids: Set<ResourceID> = []
    let resources = (0..<200).map { _ in generator.resource() }.filter { ids.insert($0.id).inserted }
    #expect(decode(encodeManifests(resources)).resources.map(\.withoutLocations) == resources)
    #expect(resources.count > 50)
  }

  /// The text that a person gets to see.
  @Test func `written text is what a person would write`() throws {
    let selector = try Selector("role == 'web' && env in {\"a\"}", generation: .v2)
    let policy = Policy(
      name: "web",
      selector: selector,
      order: 10,
      preDNAT: true,
      ingress: [
        Rule(
          .allow,
          protocol: ProtocolMatch(.tcp, isName: true),
          source: EntityRule(nets: [IPNetwork("10.0.0.0/8")!, IPNetwork("fd00::/8")!]),
          destination: EntityRule(ports: [PortRange(80), PortRange(8000, 8080)])
        ),
        Rule(.log, icmp: ICMPMatch(type: 8, code: 0)),
      ]
    )
    let endpoint = HostEndpoint(
      node: "my-host",
      name: "1.10",
      labels: ["role": "yes"],
      expectedIPs: [IPAddress("10.0.0.1")!]
    )
    let expected = """
      apiVersion: v1
      kind: policy
      metadata:
        name: web
      spec:
        order: 10
        selector: role == 'web' && env in {"a"}
        preDNAT: true
        ingress:
        - action: allow
          protocol: tcp
          source:
            nets: [10.0.0.0/8, "fd00::/8"]
          destination:
            ports: [80, "8000:8080"]
        - action: log
          icmp: {type: 8, code: 0}
      ---
      apiVersion: v1
      kind: hostEndpoint
      metadata:
        name: "1.10"
        node: my-host
        labels:
          role: "yes"
      spec:
        expectedIPs: [10.0.0.1]

      """
    #expect(encodeManifests([.policy(policy), .hostEndpoint(endpoint)]) == expected)
  }

  /// Read from files that people wrote, too: all accepted recorded manifests.
  @Test func `recorded manifests survive being written`() throws {
    for row in try ConformanceTests.rows() where row.status == "OK" {
      let resources = decode(row.manifest).resources.map(\.withoutLocations)
      #expect(!resources.isEmpty)
      #expect(decode(encodeManifests(resources)).resources.map(\.withoutLocations) == resources, "\(row.id)")
    }
  }
}
