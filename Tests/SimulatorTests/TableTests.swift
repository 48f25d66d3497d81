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

  @Test func nameTableIsADictionary() {
    var random = SeededGenerator(seed: 8)
    var table = NameTable()
    var plain: [ByteString: Int32] = [:]
    for round in 0..<2_000 {
      let names = (0..<2).map { _ in
        ByteString(bytes: (0..<random.below(4)).map { _ in UInt8(truncatingIfNeeded: random.below(7)) })
      }
      table.insert(names[0], Int32(round))
      plain[names[0]] = Int32(round)
      let probe = names[1].bytes
      let found = table[probe.span]
      #expect(found == plain[names[1]] ?? -1)
    }
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

  @Test func intervalsHoldTheRulesWhoseRangesHoldTheNumber() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<150 {
      let edges: [UInt32] = [0, 1, 2, 5, 9, 100, 101, .max - 1, .max]
      func ranges(_ limit: Int) -> [ClosedRange<UInt32>] {
        (0..<random.below(limit)).map { _ in
          let ends = [random.pick(edges), random.pick(edges)].sorted()
          return ends[0]...ends[1]
        }
      }
      let rules = (0..<random.below(random.oneIn(3) ? 1_300 : 130)).map { _ in
        IntervalTable.Ranges(inside: ranges(3), outside: ranges(2))
      }
      var writer = RuleRowsWriter(rules: rules.count)
      // Tables share the rows of one writer.
      _ = IntervalTable(rules.reversed(), &writer)
      let table = IntervalTable(rules, &writer)
      for value in edges + [3, 50, 1_000] {
        let row = table.row(of: value)
        for (index, rule) in rules.enumerated() {
          let expected =
            (rule.inside.isEmpty || rule.inside.contains { $0.contains(value) })
            && !rule.outside.contains { $0.contains(value) }
          #expect(writer.rows.contains(index, at: row) == expected)
          #expect(writer.rows.contains(index, at: table.all))
        }
      }
    }
  }
}
