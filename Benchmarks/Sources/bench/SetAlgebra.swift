import Simulator

/// One way to represent sets of packets, for the comparison.
protocol SetAlgebra {
  associatedtype Packets

  static var name: String { get }

  init()
  mutating func make(_ rule: SampleRule) -> Packets
  var nothing: Packets { get }
  var everything: Packets { mutating get }
  mutating func union(_ left: Packets, _ right: Packets) -> Packets
  mutating func subtract(_ left: Packets, _ right: Packets) -> Packets
  func isEmpty(_ packets: Packets) -> Bool
  /// How large it is: products or nodes.
  func size(_ packets: Packets) -> Int
}

/// What Gatewalk uses: diagrams whose nodes cut a whole field, a value each.
struct DiagramAlgebra: SetAlgebra {
  static let name = "diagrams of fields"

  mutating func make(_ rule: SampleRule) -> PacketSet { PacketSet(rule.criteria) }
  var nothing: PacketSet { .none }
  var everything: PacketSet { .all }
  mutating func union(_ left: PacketSet, _ right: PacketSet) -> PacketSet { left.union(right) }
  mutating func subtract(_ left: PacketSet, _ right: PacketSet) -> PacketSet { left.subtracting(right) }
  func isEmpty(_ packets: PacketSet) -> Bool { packets.isEmpty }
  func size(_ packets: PacketSet) -> Int { packets.pieceCount }
}
