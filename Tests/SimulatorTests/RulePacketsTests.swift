import Selector
import Testing

@testable import Simulator

/// Sets of rules against the matcher of the walk.
@Suite struct RulePacketsTests {
  @Test func rulesMatchWhatTheWalkSaysTheyMatch() throws {
    var count = (matches: 0, empty: 0, asked: 0)
    for seed in 1...UInt64(40) {
      var drawn = RandomRule(random: SeededGenerator(seed: seed))
      let policy = Policy(
        name: "p", selector: try Selector("all()"), ingress: try (0..<30).map { try drawn.rule(hasEnds: $0 % 3 > 0) })
      let world = World(drawn.endpoints() + [.policy(policy)])
      let book = RuleBook(world: world, semantics: .documented, isFiltered: false)
      var packets = RulePackets(world)
      let probes = (0..<150).map { _ in drawn.packet() }
      for (place, rule) in policy.ingress.enumerated() {
        let set = packets.packets(of: rule)
        let compiled = book.rules[Int(book.policies[0].ingress.lowerBound) + place]
        func matches(_ packet: Packet) -> Bool { book.firstFailure(of: compiled, book.facts(of: packet)) == nil }
        for packet in probes {
          count.asked += 1
          count.matches += matches(packet) ? 1 : 0
          guard set.contains(packet) != matches(packet) else { continue }
          Issue.record("seed \(seed): \(rule) as a set is wrong about \(packet)")
        }
        // The probes may miss what a rule matches; the witnesses do not.
        if set.isEmpty { count.empty += 1 }
        for witness in [set.witness, set.complement.witness].compactMap({ $0 }) {
          #expect(set.contains(witness) == matches(witness), "seed \(seed): \(rule), \(witness)")
        }
      }
    }
    #expect(count.matches * 20 > count.asked && count.empty > 20, "too little matches to tell: \(count)")
  }

  /// Rules about the same ends share parts of their diagrams, and a part may stand on either side of one operation.
  @Test func sharedPartsMayChangeSides() throws {
    var packets = RulePackets(World([]))
    func set(_ port: UInt16, _ net: String) throws -> PacketSet {
      packets.packets(
        of: Rule(
          .allow, protocol: ProtocolMatch(.tcp, isName: true), source: EntityRule(nets: [try #require(IPNetwork(net))]),
          destination: EntityRule(ports: [PortRange(port)])))
    }
    let (wide, narrow) = ("10.0.0.0/8", "10.1.0.0/16")
    let one = try set(1, wide).union(try set(2, narrow))
    let two = try set(1, narrow).union(try set(2, wide))
    #expect(one.subtracting(two) == (try set(1, wide)).subtracting(try set(1, narrow)))
    #expect(two.subtracting(one) == (try set(2, wide)).subtracting(try set(2, narrow)))
    #expect(!one.isSubset(of: two) && !two.isSubset(of: one))
    #expect(one.subtracting(two).description == "tcp from 10.0.0.0/16, 10.2.0.0-10.255.255.255 to port 1")
  }
}
