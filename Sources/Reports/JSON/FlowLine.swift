package import Selector
package import Simulator

/// A flow as `replay` reads it from a line of JSON (DESIGN, JSON contracts).
package struct FlowLine {
  /// The value of `id`, copied as it stands; `nil` if there is none.
  package var id: [UInt8]?
  package var host: ByteString?
  package var interface: ByteString?
  package var `protocol`: IPProtocol?
  package var protocolIsName = false
  package var source: IPAddress?
  package var destination: IPAddress?
  package var sourcePort: UInt16?
  package var destinationPort: UInt16?
  package var icmpType: UInt8?
  package var icmpCode: UInt8?

  package init() {}

  /// Reads a line. An error leaves the flow's id, wherever in the line it stands, so that the answer can carry it.
  package mutating func read(_ bytes: [UInt8], _ range: Range<Int>) throws(JSONError) {
    var cursor = JSONCursor(bytes, range)
    do throws(JSONError) {
      try cursor.readObject { (cursor, key) throws(JSONError) in try readMember(key, &cursor) }
      try cursor.expectEnd()
    } catch {
      if id == nil { id = JSONCursor(bytes, range).identity() }
      throw error
    }
  }

  /// Takes the value of one key; `null` is as good as an absent key.
  private mutating func readMember(_ key: JSONCursor.StringToken, _ cursor: inout JSONCursor) throws(JSONError) {
    if cursor.equals(key, "id") {
      id = cursor.copy(try cursor.skipValue())
    } else if try cursor.takeNull() {
      return
    } else if cursor.equals(key, "protocol") {
      try readProtocol(&cursor)
    } else if cursor.equals(key, "source") {
      source = try Self.address(&cursor)
    } else if cursor.equals(key, "destination") {
      destination = try Self.address(&cursor)
    } else if cursor.equals(key, "sourcePort") {
      sourcePort = try cursor.readInteger()
    } else if cursor.equals(key, "destinationPort") {
      destinationPort = try cursor.readInteger()
    } else if cursor.equals(key, "in") {
      interface = try Self.name(&cursor)
    } else if cursor.equals(key, "host") {
      host = try Self.name(&cursor)
    } else if cursor.equals(key, "icmpType") {
      icmpType = try cursor.readInteger()
    } else if cursor.equals(key, "icmpCode") {
      icmpCode = try cursor.readInteger()
    } else {
      try cursor.skipValue()
    }
  }

  private static func name(_ cursor: inout JSONCursor) throws(JSONError) -> ByteString {
    ByteString(bytes: cursor.unescape(try cursor.readString()))
  }

  private static func address(_ cursor: inout JSONCursor) throws(JSONError) -> IPAddress {
    let token = try cursor.readString()
    let text = token.hasEscapes ? cursor.unescape(token)[...] : cursor.slice(token)
    guard let address = IPAddress(utf8: text) else {
      throw cursor.error("\"\(String(decoding: text, as: UTF8.self))\" is no IP address", at: token)
    }
    return address
  }

  private mutating func readProtocol(_ cursor: inout JSONCursor) throws(JSONError) {
    guard cursor.peek() == UInt8(ascii: "\"") else {
      `protocol` = IPProtocol(rawValue: try cursor.readInteger())
      protocolIsName = false
      return
    }
    let token = try cursor.readString()
    for named in Self.protocols where cursor.equals(token, named.name) {
      `protocol` = named.value
      protocolIsName = true
      return
    }
    let text = String(decoding: cursor.unescape(token), as: UTF8.self)
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt8(text) else {
      throw cursor.error("unknown protocol \"\(text)\"", at: token)
    }
    `protocol` = IPProtocol(rawValue: number)
    protocolIsName = false
  }

  /// `IPProtocol.named` with names that compare in place.
  private static let protocols: [(name: StaticString, value: IPProtocol)] = [
    ("tcp", .tcp), ("udp", .udp), ("icmp", .icmp), ("icmpv6", .icmpv6), ("sctp", .sctp), ("udplite", .udplite),
  ]
}
