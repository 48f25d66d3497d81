/// The DNAT rules of a host: the first that matches acts on a new connection.
struct DNATTable: Sendable {
  let rules: [Host.DNAT]
  /// Address → first rule that speaks of it; `next` leads on to the later ones.
  private var first = AddressTable()
  private var next: [Int32]

  init(_ rules: [Host.DNAT]) {
    self.rules = rules
    next = Array(repeating: -1, count: rules.count)
    var last = AddressTable()
    var tails: [Int32] = []
    for (index, rule) in rules.enumerated() {
      let chain = last.insert(rule.address, Int32(tails.count))
      if chain == tails.count {
        tails.append(Int32(index))
        first.insert(rule.address, Int32(index))
      } else {
        next[Int(tails[Int(chain)])] = Int32(index)
        tails[Int(chain)] = Int32(index)
      }
    }
  }

  /// The rule that rewrites a packet; `nil` if none does.
  func rule(for packet: Packet) -> Int? {
    if rules.isEmpty { return nil }
    var index = first[packet.destination]
    while index >= 0 {
      let rule = rules[Int(index)]
      if rule.protocol == nil || rule.protocol == packet.protocol,
        rule.port == nil || (packet.protocol.hasPorts && rule.port == packet.destinationPort)
      {
        return Int(index)
      }
      index = next[Int(index)]
    }
    return nil
  }

  /// The packet as it goes on after rule `index`.
  func rewrite(_ packet: Packet, by index: Int) -> Packet {
    var packet = packet
    packet.destination = rules[index].toAddress
    if let port = rules[index].toPort, packet.protocol.hasPorts { packet.destinationPort = port }
    return packet
  }
}
