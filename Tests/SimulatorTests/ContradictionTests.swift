import Selector
import Testing

@testable import Simulator

@Suite struct ContradictionTests {
  private struct Case: Sendable {
    var rule: Rule
    var subject: Contradiction.Subject?
    var criteria: [Criterion] = []
  }

  private static func nets(_ texts: String...) -> [IPNetwork] { texts.compactMap { IPNetwork($0) } }

  private static func selector(_ text: ByteString) -> Selector? { try? Selector(text) }

  private static let tcp = ProtocolMatch(.tcp, isName: true)

  private static let cases: [Case] = [
    Case(rule: Rule(.allow), subject: nil),
    Case(rule: Rule(.allow, isDisabled: true), subject: .disabled, criteria: [.disabled]),
    Case(
      rule: Rule(.allow, protocol: tcp, notProtocol: ProtocolMatch(IPProtocol(rawValue: 6), isName: false)),
      subject: .protocol, criteria: [.protocol, .notProtocol]),
    Case(
      rule: Rule(.deny, protocol: tcp, icmp: ICMPMatch(type: 8)), subject: .protocol, criteria: [.protocol, .icmp]),
    // ICMP without a type asks for nothing.
    Case(rule: Rule(.deny, protocol: tcp, icmp: ICMPMatch(type: nil, code: 3)), subject: nil),
    Case(
      rule: Rule(
        .deny, protocol: ProtocolMatch(.icmp, isName: true), destination: EntityRule(ports: [PortRange(22)])),
      subject: .protocol, criteria: [.protocol, .destinationPorts]),
    Case(
      rule: Rule(.deny, notProtocol: tcp, destination: EntityRule(ports: [PortRange(22)])), subject: nil),
    Case(
      rule: Rule(.deny, icmp: ICMPMatch(type: 8), source: EntityRule(notPorts: [PortRange(22)])), subject: .protocol,
      criteria: [.icmp, .sourceNotPorts]),
    Case(
      rule: Rule(.allow, ipVersion: .v6, source: EntityRule(nets: nets("10.0.0.0/8"))), subject: .family,
      criteria: [.ipVersion, .sourceNets]),
    Case(
      rule: Rule(.allow, source: EntityRule(nets: nets("10.0.0.0/8")), destination: EntityRule(nets: nets("fd00::/8"))),
      subject: .family, criteria: [.sourceNets, .destinationNets]),
    // Networks to leave out restrict the family too, if all are of one.
    Case(
      rule: Rule(
        .allow, protocol: ProtocolMatch(.icmpv6, isName: true), source: EntityRule(notNets: nets("10.0.0.0/8"))),
      subject: .family, criteria: [.protocol, .sourceNotNets]),
    Case(
      rule: Rule(
        .allow, protocol: ProtocolMatch(.icmpv6, isName: false), source: EntityRule(notNets: nets("10.0.0.0/8"))),
      subject: nil),
    Case(
      rule: Rule(.allow, source: EntityRule(nets: nets("10.1.0.0/16", "10.2.0.0/16"), notNets: nets("10.0.0.0/8"))),
      subject: .source, criteria: [.sourceNets, .sourceNotNets]),
    Case(
      rule: Rule(.allow, destination: EntityRule(notNets: nets("0.0.0.0/1", "128.0.0.0/1"))), subject: .destination,
      criteria: [.destinationNotNets]),
    Case(
      rule: Rule(
        .allow, protocol: tcp,
        destination: EntityRule(ports: [PortRange(22), PortRange(80, 90)], notPorts: [PortRange(1, 100)])),
      subject: .destinationPorts, criteria: [.destinationPorts, .destinationNotPorts]),
    Case(
      rule: Rule(
        .allow, protocol: ProtocolMatch(.icmp, isName: true), icmp: ICMPMatch(type: 8, code: 0),
        notICMP: ICMPMatch(type: 8)), subject: .icmp, criteria: [.icmp, .notICMP]),
    Case(
      rule: Rule(.allow, source: EntityRule(selector: selector("has(nothing)"))), subject: .noAddress,
      criteria: [.sourceSelector]),
    Case(
      rule: Rule(.allow, source: EntityRule(tag: "web", nets: nets("192.0.2.0/24"))), subject: .source,
      criteria: [.sourceNets, .sourceTag]),
    Case(
      rule: Rule(.allow, destination: EntityRule(selector: selector("has(web)"), notSelector: selector("has(web)"))),
      subject: .destination, criteria: [.destinationSelector, .destinationNotSelector]),
    // What holds whatever the endpoints goes first.
    Case(
      rule: Rule(.allow, protocol: tcp, notProtocol: tcp, source: EntityRule(selector: selector("has(nothing)"))),
      subject: .protocol, criteria: [.protocol, .notProtocol]),
    // Three that are needed together: each two of them leave something.
    Case(
      rule: Rule(
        .allow, source: EntityRule(nets: nets("10.0.0.0/8", "fd00::/8"), notNets: nets("10.0.0.0/8", "fe00::/8")),
        destination: EntityRule(nets: nets("10.0.0.0/8"))),
      subject: .family, criteria: [.sourceNets, .sourceNotNets, .destinationNets]),
  ]

  @Test(arguments: cases.indices)
  func smallestContradictionIsNamed(index: Int) {
    let sample = Self.cases[index]
    let endpoint = HostEndpoint(
      node: "h", name: "web", labels: LabelSet([(key: "web", value: "")]), interfaceName: "eth0",
      expectedIPs: [IPAddress(v4: 0x0a00_0001)])
    var packets = RulePackets(World([.hostEndpoint(endpoint)]))
    let found = packets.contradiction(in: sample.rule)
    #expect(found?.subject == sample.subject)
    #expect(found?.criteria ?? [] == sample.criteria)
  }

  /// A contradiction is one: without any of its criteria the others let something through; with all of them nothing.
  @Test func contradictionsAreRealAndMinimal() throws {
    var count = 0
    for seed in 1...UInt64(30) {
      var drawn = RandomRule(random: SeededGenerator(seed: seed &* 31))
      var packets = RulePackets(World(drawn.endpoints()))
      for _ in 0..<40 {
        let rule = try drawn.rule()
        let found = packets.contradiction(in: rule)
        #expect((found == nil) == !packets.packets(of: rule).isEmpty)
        guard let found else { continue }
        count += 1
        let culprits = rule.keeping(found.criteria)
        #expect(packets.packets(of: culprits).isEmpty, "\(rule): \(found)")
        for criterion in found.criteria {
          let rest = rule.keeping(found.criteria.filter { $0 != criterion })
          #expect(!packets.packets(of: rest).isEmpty, "\(rule): \(found), without \(criterion)")
        }
      }
    }
    #expect(count > 100, "too few rules are empty to tell")
  }
}

extension Rule {
  /// The rule with some of its criteria alone.
  fileprivate func keeping(_ criteria: [Criterion]) -> Rule {
    var rule = Rule(action, isDisabled: criteria.contains(.disabled))
    if criteria.contains(.ipVersion) { rule.ipVersion = ipVersion }
    if criteria.contains(.protocol) { rule.protocol = self.protocol }
    if criteria.contains(.notProtocol) { rule.notProtocol = notProtocol }
    if criteria.contains(.icmp) { rule.icmp = icmp }
    if criteria.contains(.notICMP) { rule.notICMP = notICMP }
    if criteria.contains(.sourceNets) { rule.source.nets = source.nets }
    if criteria.contains(.sourceNotNets) { rule.source.notNets = source.notNets }
    if criteria.contains(.sourceTag) { rule.source.tag = source.tag }
    if criteria.contains(.sourceNotTag) { rule.source.notTag = source.notTag }
    if criteria.contains(.sourceSelector) { rule.source.selector = source.selector }
    if criteria.contains(.sourceNotSelector) { rule.source.notSelector = source.notSelector }
    if criteria.contains(.sourcePorts) { rule.source.ports = source.ports }
    if criteria.contains(.sourceNotPorts) { rule.source.notPorts = source.notPorts }
    if criteria.contains(.destinationNets) { rule.destination.nets = destination.nets }
    if criteria.contains(.destinationNotNets) { rule.destination.notNets = destination.notNets }
    if criteria.contains(.destinationTag) { rule.destination.tag = destination.tag }
    if criteria.contains(.destinationNotTag) { rule.destination.notTag = destination.notTag }
    if criteria.contains(.destinationSelector) { rule.destination.selector = destination.selector }
    if criteria.contains(.destinationNotSelector) { rule.destination.notSelector = destination.notSelector }
    if criteria.contains(.destinationPorts) { rule.destination.ports = destination.ports }
    if criteria.contains(.destinationNotPorts) { rule.destination.notPorts = destination.notPorts }
    return rule
  }
}
