/// A set of packets, exactly: what a rule matches, what a gate lets through, what two policies treat differently.
///
///     let ssh = PacketSet(PacketCriteria(protocols: [.tcp], destinationPorts: [PortRange(22)]))
///     let inside = PacketSet(PacketCriteria(source: [tenNet]))
///     ssh.subtracting(inside).isEmpty              // false
///     ssh.subtracting(inside).witness              // tcp 203.0.113.9:49152 -> 10.0.0.1:22
///     ssh.intersection(inside).description         // "tcp from 10.0.0.0/8 to port 22"
///
/// A packet is its family (that of both ends), protocol, addresses, ports where its protocol has ports, and ICMP type and
/// code where its protocol is 1 or 58; what a protocol does not have is 0.
///
/// - Make one: `.none`, `.all`, `PacketSet(criteria)`, or of a rule by `RulePackets`, which knows what selectors stand for.
/// - Combine: `union`, `intersection`, `subtracting`, `complement`. Ask: `isEmpty`, `isSubset(of:)`, `isDisjoint(with:)`,
///   `contains`, `==`, which all are exact; equal sets have equal hashes, however they were made.
/// - Of a whole world: `GateAnalysis` says what each gate does with all packets, which rules hide another, and why a rule
///   matches nothing.
/// - Show: `witness` is one packet, `description` the criteria in words, `criteria(limit:)` the same as data.
///
/// Copies are one reference. How it is built, and why so: `PacketNode`, and the group `sets` of the benchmarks.
package struct PacketSet: Hashable, Sendable {
  let root: PacketNode?

  init(root: PacketNode?) {
    self.root = root
  }

  package static let none = PacketSet(root: nil)
  package static let all = PacketSet(.any)

  /// The packets that meet all criteria.
  ///
  /// - Complexity: linear in the ranges of the criteria.
  package init(_ criteria: PacketCriteria) {
    self.init(root: PacketNode.make(criteria, PacketNode.Ends(criteria.source, criteria.destination)))
  }

  package var isEmpty: Bool { root == nil }

  package func union(_ other: PacketSet) -> PacketSet { combined(.union, other) }

  package func intersection(_ other: PacketSet) -> PacketSet { combined(.intersection, other) }

  package func subtracting(_ other: PacketSet) -> PacketSet {
    isDisjoint(with: other) ? self : combined(.subtracting, other)
  }

  /// Every packet that is not in the set.
  package var complement: PacketSet { PacketSet.all.combined(.subtracting, self) }

  private func combined(_ operation: PacketNodeCombiner.Operation, _ other: PacketSet) -> PacketSet {
    var combiner = PacketNodeCombiner(operation)
    return PacketSet(root: combiner.combine(root, other.root))
  }

  package func isSubset(of other: PacketSet) -> Bool {
    guard let root else { return true }
    guard let otherRoot = other.root else { return false }
    var comparison = PacketNodeComparison(.isSubset)
    return comparison.holds(root, otherRoot)
  }

  package func isDisjoint(with other: PacketSet) -> Bool {
    guard let root, let otherRoot = other.root else { return true }
    var comparison = PacketNodeComparison(.isDisjoint)
    return comparison.holds(root, otherRoot)
  }

  /// A packet whose ends are of different families is in no set.
  ///
  /// - Complexity: O(log *n*) a field.
  package func contains(_ packet: Packet) -> Bool {
    guard packet.source.family == packet.destination.family else { return false }
    let number = UInt128(packet.protocol.rawValue)
    let (first, second): (UInt128, UInt128) =
      switch ProtocolClass(packet.protocol) {
      case .withPorts: (UInt128(packet.sourcePort), UInt128(packet.destinationPort))
      case .icmp: (UInt128(packet.icmpType), UInt128(packet.icmpCode))
      case .plain: (0, 0)
      }
    let header = PacketNode.header(packet.family, number)
    return root?.child(of: header)?.child(of: second)?.child(of: first)?.child(of: packet.source.value)?
      .child(of: packet.destination.value) != nil
  }

  /// How large the diagram is: the pieces of its nodes, each node counted once.
  package var pieceCount: Int {
    var seen: Set<ObjectIdentifier> = []
    var count = 0
    var open = root.map { [$0] } ?? []
    while let node = open.popLast() {
      guard seen.insert(ObjectIdentifier(node)).inserted else { continue }
      count += node.starts.count
      open += node.children
    }
    return count
  }

  /// The union of many sets.
  ///
  /// - Complexity: as for a tournament: each packet of a set is merged O(log *n*) times.
  package init(unionOf sets: [PacketSet]) {
    var round = sets
    while round.count > 1 {
      round = stride(from: 0, to: round.count, by: 2).map { index in
        index + 1 < round.count ? round[index].union(round[index + 1]) : round[index]
      }
    }
    self = round.first ?? .none
  }
}
