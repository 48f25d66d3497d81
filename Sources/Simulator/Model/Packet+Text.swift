extension Packet {
  /// `tcp 10.0.0.2:40000 -> 10.0.0.1:80`, `icmp 10.0.0.2 -> 10.0.0.1 type 8`.
  package var text: String {
    guard self.protocol.hasPorts else {
      let icmp = self.protocol.isICMP ? " type \(icmpType)" + (icmpCode == 0 ? "" : " code \(icmpCode)") : ""
      return "\(self.protocol) \(source) -> \(destination)\(icmp)"
    }
    return "\(self.protocol) \(sourceText) -> \(destinationText)"
  }

  /// `10.0.0.2:40000`, or the address alone where there is no port.
  package var sourceText: String {
    self.protocol.hasPorts ? Self.text(source, sourcePort) : source.description
  }

  /// `10.0.0.1:80`, or the address alone where there is no port.
  package var destinationText: String {
    self.protocol.hasPorts ? Self.text(destination, destinationPort) : destination.description
  }

  private static func text(_ address: IPAddress, _ port: UInt16) -> String {
    address.family == .v4 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }
}
