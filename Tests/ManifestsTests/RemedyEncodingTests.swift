import Manifests
import Selector
import Simulator
import Testing

/// What a remedy suggests can be written down, and calicoctl takes it without a word.
@Suite struct RemedyEncodingTests {
  private func manifest(isV6: Bool) -> String {
    let own = isV6 ? "fd00::1" : "10.0.0.1"
    return """
      apiVersion: gatewalk/v1
      kind: Host
      metadata: {name: h}
      spec:
        interfaces:
        - {name: eth0, addresses: ["\(own)/\(isV6 ? 64 : 24)"]}
      ---
      apiVersion: v1
      kind: hostEndpoint
      metadata: {name: e, node: h, labels: {role: 'it.s-1', "a/b": ''}}
      spec: {interfaceName: eth0, expectedIPs: ["\(own)"]}
      """
  }

  private static let policy = """
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: raw}
    spec: {selector: all(), doNotTrack: true, ingress: [{action: allow}]}
    """

  /// Every kind of packet, through a new policy and through a rule for the untracked reply.
  @Test(arguments: [6, 17, 132, 136, 1, 58, 50] as [UInt8], [false, true])
  func changesAreTakenStrictly(number: UInt8, isV6: Bool) throws {
    let proto = IPProtocol(rawValue: number)
    let (near, own) = isV6 ? ("fd00::2", "fd00::1") : ("10.0.0.2", "10.0.0.1")
    for (policies, port) in [("", 80), (Self.policy, 80), ("", 0)] as [(String, UInt16)] {
      let world = World(decode("\(manifest(isV6: isV6))\n\(policies)", .strict).resources)
      let walker = Walker(world: world, node: "h", semantics: .calico24)
      let packet = Packet(
        proto, from: try #require(IPAddress(near)), port: proto.hasPorts ? 49152 : 0, to: try #require(IPAddress(own)),
        port: proto.hasPorts ? port : 0, icmpType: isV6 ? 128 : 8)
      guard case .remedy(let remedy) = walker.remedy(for: Flow(packet, entry: .interface(0))) else { continue }
      for change in remedy.changes {
        let after = try #require(change.after)
        let read = decode(encodeManifest(after))
        #expect(read.resources.map(\.withoutLocations) == [after.withoutLocations])
        #expect(read.diagnostics.isEmpty, "\(read.diagnostics)")
      }
    }
  }

  /// A rule as it is shown stands in a list of rules as it is.
  @Test func aRuleIsAnItemOfAList() throws {
    let rule = Rule(
      .allow, protocol: ProtocolMatch(.tcp, isName: true),
      source: EntityRule(nets: [IPNetwork(single: try #require(IPAddress("203.0.113.9")))]),
      destination: EntityRule(ports: [PortRange(8080)]))
    let text = encodeRule(rule)
    #expect(
      text == """
        - action: allow
          protocol: tcp
          source:
            nets: [203.0.113.9/32]
          destination:
            ports: [8080]

        """)
    let indented = text.split(separator: "\n").map { "  \($0)\n" }.joined()
    let read = decode("apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  selector: all()\n  ingress:\n\(indented)")
    guard case .policy(let policy)? = read.resources.first?.withoutLocations else {
      Issue.record("\(read.diagnostics)")
      return
    }
    #expect(policy.ingress == [rule] && read.diagnostics.isEmpty)
  }
}
