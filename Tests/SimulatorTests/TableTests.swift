import Selector
import Testing

@testable import Simulator

/// The flat tables against the plainest way to say the same.
@Suite struct TableTests {
  private func address(_ random: inout SeededGenerator) -> IPAddress {
    random.oneIn(3)
      ? IPAddress(family: .v6, high: 0xfd00 << 48, low: UInt64(random.below(64)))
      : IPAddress(v4: UInt32(0x0a00_0000 + random.below(300)))
  }

  @Test func addressTableIsADictionary() {
    var random = SeededGenerator(seed: 4)
    var table = AddressTable()
    var plain: [IPAddress: Int32] = [:]
    for round in 0..<3_000 {
      let key = address(&random)
      let value = Int32(round)
      let kept = plain[key] ?? value
      #expect(table.insert(key, value) == kept)
      plain[key] = kept
      let probe = address(&random)
      #expect(table[probe] == plain[probe] ?? -1)
    }
    #expect(table.count == plain.count)
  }

  @Test func routesGoByTheLongestPrefixAndTheFirstOfEqualOnes() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      var table = RouteTable()
      var plain: [(network: IPNetwork, target: Int32)] = []
      for target in 0..<Int32(random.below(12)) {
        let key = address(&random)
        let network = IPNetwork(address: key, prefixLength: random.pick([0, 8, 24, 27, 31, 32, key.family.bits]))
        table.add(network, target)
        if !plain.contains(where: { $0.network.masked == network.masked }) { plain.append((network, target)) }
      }
      for _ in 0..<40 {
        let probe = address(&random)
        let best = plain.filter { $0.network.contains(probe) }.max { $0.network.prefixLength < $1.network.prefixLength }
        #expect(table.lookup(probe) == best?.target ?? RouteTable.none)
      }
    }
  }

  @Test func dnatTakesTheFirstRuleThatMatches() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<200 {
      let rules = (0..<random.below(12)).map { _ in
        Host.DNAT(
          protocol: random.pick([nil, .tcp, .udp]), address: address(&random), port: random.pick([nil, 80, 81]),
          toAddress: IPAddress(v4: 1), toPort: random.pick([nil, 8080]))
      }
      let table = DNATTable(rules)
      for _ in 0..<60 {
        let to = rules.isEmpty ? address(&random) : random.pick(rules).address
        let packet = Packet(
          random.pick([.tcp, .udp, .icmp]), from: to, port: 5, to: to, port: random.pick([80, 81, 82]))
        let expected = rules.firstIndex { rule in
          rule.address == to && (rule.protocol == nil || rule.protocol == packet.protocol)
            && (rule.port == nil || (packet.protocol != .icmp && rule.port == packet.destinationPort))
        }
        #expect(table.rule(for: packet) == expected)
      }
    }
  }

  @Test func intervalsHoldTheRulesWhoseRangesHoldTheNumber() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<150 {
      let edges: [UInt32] = [0, 1, 2, 5, 9, 100, 101, .max - 1, .max]
      func ranges(_ limit: Int) -> [ClosedRange<UInt32>] {
        (0..<random.below(limit)).map { _ in
          let ends = [random.pick(edges), random.pick(edges)].sorted()
          return ends[0]...ends[1]
        }
      }
      let rules = (0..<random.below(130)).map { _ in IntervalTable.Ranges(inside: ranges(3), outside: ranges(2)) }
      let table = try #require(IntervalTable(rules))
      #expect(IntervalTable(rules + [.init()], limit: 0) == nil)
      for value in edges + [3, 50, 1_000] {
        let row = table.row(of: value)
        for (index, rule) in rules.enumerated() {
          let expected =
            (rule.inside.isEmpty || rule.inside.contains { $0.contains(value) })
            && !rule.outside.contains { $0.contains(value) }
          #expect((table.word(index >> 6, at: row) >> UInt64(index & 63) & 1 == 1) == expected)
        }
      }
    }
  }
}
