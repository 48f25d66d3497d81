import Simulator
import Testing

/// The algebra of packet sets against sets of packets counted one by one.
///
/// Criteria are drawn so that they cut the fields at few places, and the universe has a packet for each cell between the cuts:
/// what holds of its packets holds of all.
@Suite struct PacketSetTests {
  private static let universe: [Packet] = {
    var packets: [Packet] = []
    let ends: [[IPAddress]] = [["0.0.0.0", "0.0.0.1", "0.0.0.5", "128.0.0.5"], ["::", "::1", "::5", "8000::5"]]
      .map { $0.compactMap { IPAddress($0) } }
    for addresses in ends {
      for source in addresses {
        for destination in addresses {
          for number: UInt8 in [0, 50] {
            packets.append(Packet(IPProtocol(rawValue: number), from: source, to: destination))
          }
          for one: UInt16 in [0, 1, 7, 400] {
            for two: UInt16 in [0, 1, 7, 400] {
              for value in [IPProtocol.tcp, .udp, .sctp] {
                packets.append(Packet(value, from: source, port: one, to: destination, port: two))
              }
            }
          }
          for type: UInt8 in [0, 8, 200] {
            for code: UInt8 in [0, 1, 7] {
              for value in [IPProtocol.icmp, .icmpv6] {
                packets.append(Packet(value, from: source, to: destination, icmpType: type, icmpCode: code))
              }
            }
          }
        }
      }
    }
    return packets
  }()

  /// A set, and the places in the universe of the packets that must be in it.
  private struct Sample {
    var set: PacketSet
    var members: Set<Int>
  }

  private static func sample(_ random: inout SeededGenerator) -> Sample {
    let family: IPFamily? = random.oneIn(4) ? random.pick([.v4, .v6]) : nil
    let protocols: [IPProtocol]? =
      random.oneIn(2)
      ? nil : random.pick([[.tcp], [.udp], [.tcp, .udp], [.icmp], [.icmp, .icmpv6], [IPProtocol(rawValue: 50)]])
    func nets() -> [IPNetwork]? {
      guard random.oneIn(2) else { return nil }
      return (0..<2).compactMap { _ in
        IPNetwork(
          random.pick([
            "0.0.0.0/0", "0.0.0.0/31", "0.0.0.1/32", "0.0.0.0/32", "128.0.0.0/1", "::/0", "::/127", "::1/128", "8000::/1",
          ]))
      }
    }
    func ports() -> [PortRange]? {
      guard random.oneIn(4) else { return nil }
      return (0..<2).map { _ in
        random.pick([PortRange(0), PortRange(1), PortRange(0, 1), PortRange(2, 300), PortRange(1, 65_535)])
      }
    }
    let (source, destination, sourcePorts, destinationPorts) = (nets(), nets(), ports(), ports())
    let type: UInt8? = random.oneIn(6) ? random.pick([0, 8]) : nil
    let code: UInt8? = random.oneIn(6) ? random.pick([0, 1]) : nil
    let criteria = PacketCriteria(
      family: family, protocols: protocols, source: source, sourcePorts: sourcePorts, destination: destination,
      destinationPorts: destinationPorts, icmpType: type, icmpCode: code)
    let members = universe.indices.filter { index in
      let packet = universe[index]
      func isIn(_ list: [PortRange]?, _ port: UInt16) -> Bool {
        list.map { packet.protocol.hasPorts && $0.contains { $0.lower <= port && port <= $0.upper } } ?? true
      }
      let isICMP = packet.protocol == (packet.family == .v4 ? .icmp : .icmpv6)
      return (family ?? packet.family) == packet.family && protocols?.contains(packet.protocol) ?? true
        && source?.contains { $0.contains(packet.source) } ?? true
        && destination?.contains { $0.contains(packet.destination) } ?? true
        && isIn(sourcePorts, packet.sourcePort) && isIn(destinationPorts, packet.destinationPort)
        && (type.map { isICMP && $0 == packet.icmpType } ?? true)
        && (code.map { isICMP && $0 == packet.icmpCode } ?? true)
    }
    return Sample(set: PacketSet(criteria), members: Set(members))
  }

  private func check(_ sample: Sample, _ what: String) {
    for index in Self.universe.indices where sample.set.contains(Self.universe[index]) != sample.members.contains(index) {
      Issue.record("\(what) is wrong about \(Self.universe[index])")
      return
    }
    let isRight: Bool
    if let witness = sample.set.witness {
      isRight = !sample.members.isEmpty && sample.set.contains(witness) && witness.isCanonical
    } else {
      isRight = sample.members.isEmpty
    }
    #expect(sample.set.isEmpty == sample.members.isEmpty && isRight, "\(what)")
  }

  @Test func setsAgreeWithPacketsOneByOne() {
    var random = SeededGenerator(seed: 61)
    let everything = Set(Self.universe.indices)
    var pool: [Sample] = [Sample(set: .none, members: []), Sample(set: .all, members: everything)]
    var related = (subsets: 0, disjoint: 0)
    for _ in 0..<150 {
      let (one, two) = (random.oneIn(2) ? Self.sample(&random) : random.pick(pool), random.pick(pool))
      let made = [
        Sample(set: one.set.union(two.set), members: one.members.union(two.members)),
        Sample(set: one.set.intersection(two.set), members: one.members.intersection(two.members)),
        Sample(set: one.set.subtracting(two.set), members: one.members.subtracting(two.members)),
        Sample(set: one.set.complement, members: everything.subtracting(one.members)),
      ]
      for (sample, what) in zip(made, ["union", "intersection", "difference", "complement"]) { check(sample, what) }
      let isSubset = one.members.isSubset(of: two.members)
      let isDisjoint = one.members.isDisjoint(with: two.members)
      if isSubset { related.subsets += 1 }
      if isDisjoint { related.disjoint += 1 }
      #expect(one.set.isSubset(of: two.set) == isSubset)
      #expect(one.set.isDisjoint(with: two.set) == isDisjoint)
      #expect((one.set == two.set) == (one.members == two.members))
      pool += [one, random.pick(made)]
    }
    #expect(related.subsets > 15 && related.disjoint > 15, "too little happens to tell: \(related)")
  }

  /// However a set was made, it is the same value.
  @Test func equalSetsAreEqualValues() {
    var random = SeededGenerator(seed: 62)
    for _ in 0..<60 {
      let sets = (0..<5).map { _ in Self.sample(&random).set }
      let forwards = sets.reduce(PacketSet.none) { $0.union($1) }
      let backwards = sets.reversed().reduce(PacketSet.all) { $0.subtracting($1) }.complement
      #expect(forwards == backwards && forwards.hashValue == backwards.hashValue)
      #expect(PacketSet(unionOf: sets) == forwards)
      let (criteria, isWhole) = forwards.criteria(limit: 1_000)
      #expect(!isWhole || PacketSet(unionOf: criteria.map { PacketSet($0) }) == forwards)
    }
  }

  /// Many members in one field, more than the tables for few of them hold.
  @Test func longListsAreExact() throws {
    let nets = (0..<400).compactMap { IPNetwork("10.\($0 / 200).\($0 % 200).0/25") }
    let one = PacketSet(
      unionOf: nets.enumerated().map { index, net in
        PacketSet(PacketCriteria(protocols: [.tcp], source: [net], destinationPorts: [PortRange(UInt16(index % 90 + 1))]))
      })
    let two = PacketSet(
      unionOf: nets.enumerated().map { index, net in
        PacketSet(PacketCriteria(protocols: [.tcp], source: [net], destinationPorts: [PortRange(UInt16(index % 60 + 1))]))
      })
    let (both, rest) = (one.intersection(two), one.subtracting(two))
    #expect(both.union(rest) == one && both.isDisjoint(with: rest) && rest.isDisjoint(with: two))
    #expect(both.isSubset(of: two) && !one.isSubset(of: two))
    for (index, net) in nets.enumerated() {
      let packet = Packet(.tcp, from: net.address, port: 9, to: net.address, port: UInt16(index % 90 + 1))
      let isInTwo = index % 90 == index % 60
      #expect(one.contains(packet) && both.contains(packet) == isInTwo && rest.contains(packet) != isInTwo)
    }
  }

  private struct Wording: Sendable {
    var criteria: PacketCriteria
    var text: String
    var witness: String
  }

  private static func net(_ text: String) -> [IPNetwork] { [IPNetwork(text)].compactMap { $0 } }

  private static let wordings: [Wording] = [
    Wording(criteria: .any, text: "any packet", witness: "tcp 203.0.113.9:49152 -> 10.0.0.1:80"),
    Wording(
      criteria: PacketCriteria(protocols: [.tcp], source: net("10.0.0.0/8"), destinationPorts: [PortRange(22)]),
      text: "tcp from 10.0.0.0/8 to port 22", witness: "tcp 10.0.0.2:49152 -> 10.0.0.1:22"),
    Wording(
      criteria: PacketCriteria(
        protocols: [.udp], source: net("192.0.2.0/24"), sourcePorts: [PortRange(53)],
        destination: net("192.0.2.7/32")),
      text: "udp from 192.0.2.0/24 port 53 to 192.0.2.7", witness: "udp 192.0.2.1:53 -> 192.0.2.7:80"),
    Wording(
      criteria: PacketCriteria(family: .v4, icmpType: 8), text: "icmp type 8", witness: "icmp 203.0.113.9 -> 10.0.0.1 type 8"),
    Wording(
      criteria: PacketCriteria(icmpType: 8), text: "icmp or icmpv6 type 8",
      witness: "icmp 203.0.113.9 -> 10.0.0.1 type 8"),
    Wording(criteria: PacketCriteria(family: .v6), text: "any IPv6 packet", witness: "tcp 2001:db8::9:49152 -> fd00::1:80"),
    Wording(
      criteria: PacketCriteria(protocols: [IPProtocol(rawValue: 50)], source: net("fd00::/8")), text: "50 from fd00::/8",
      witness: "50 fd00::2 -> fd00::1"),
  ]

  @Test(arguments: wordings.indices)
  func wordsAndWitnessAreThoseOfPeople(index: Int) throws {
    let wording = Self.wordings[index]
    let set = PacketSet(wording.criteria)
    #expect(set.description == wording.text)
    #expect(set.witness.map(Self.text) == wording.witness)
  }

  private static func text(_ packet: Packet) -> String {
    let ports = packet.protocol.hasPorts
    return "\(packet.protocol) \(packet.source)\(ports ? ":\(packet.sourcePort)" : "") -> "
      + "\(packet.destination)\(ports ? ":\(packet.destinationPort)" : "")"
      + (packet.protocol.isICMP ? " type \(packet.icmpType)" : "")
  }

  @Test func wordsOfDifferencesAreShort() {
    let tcp = PacketSet(PacketCriteria(protocols: [.tcp]))
    let ssh = PacketSet(PacketCriteria(protocols: [.tcp], destinationPorts: [PortRange(22)]))
    #expect(tcp.subtracting(ssh).description == "tcp to port not 22")
    #expect(tcp.complement.description == "not tcp")
    #expect(PacketSet.none.description == "nothing")
    let many = (0..<300).compactMap { IPNetwork("10.0.\($0 % 250).\($0 / 250 * 2)/32") }
    let scattered = PacketSet(PacketCriteria(protocols: [.tcp], source: many))
    #expect(scattered.description == "tcp from 10.0.0.0, 10.0.0.2, 10.0.1.0 and 297 more")
    let odd = PacketSet(
      unionOf: many.enumerated().map { index, net in
        PacketSet(PacketCriteria(protocols: [.tcp], source: [net], destinationPorts: [PortRange(UInt16(index + 1))]))
      })
    #expect(odd.description.utf8.count < 200 && odd.description.hasSuffix("; and more"))
  }
}

extension Packet {
  /// Is every field that its protocol does not have 0?
  fileprivate var isCanonical: Bool {
    (self.protocol.hasPorts || (sourcePort == 0 && destinationPort == 0))
      && (self.protocol.isICMP || (icmpType == 0 && icmpCode == 0)) && source.family == destination.family
  }
}
