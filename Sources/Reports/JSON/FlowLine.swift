package import Selector
package import Simulator

/// A flow as `replay` reads it from a line of JSON (DESIGN, JSON contracts).
///
/// What the line says in text is kept as its place in the line, so that reading one takes no memory.
package struct FlowLine: Equatable {
  /// Where the value of `id` stands; `nil` if there is none.
  var id: Range<Int>?
  var host: Name?
  var interface: Name?
  package var `protocol`: IPProtocol?
  package var protocolIsName = false
  package var source: IPAddress?
  package var destination: IPAddress?
  package var sourcePort: UInt16?
  package var destinationPort: UInt16?
  package var icmpType: UInt8?
  package var icmpCode: UInt8?

  /// A name that a line holds.
  struct Name: Equatable {
    /// Where it stands, without its quotes.
    var range: Range<Int>
    /// What it says, if it is written with escapes.
    var resolved: ByteString?
  }

  package init() {}

  /// Reads a line. An error leaves the flow's id, wherever in the line it stands, so that the answer can carry it.
  package mutating func read(_ bytes: [UInt8], _ range: Range<Int>) throws(JSONError) {
    if readPlain(bytes, range) { return }
    self = FlowLine()
    try readAny(bytes, range)
  }

  /// The same for lines of all kinds, step by step.
  mutating func readAny(_ bytes: [UInt8], _ range: Range<Int>) throws(JSONError) {
    var cursor = JSONCursor(bytes, range)
    do throws(JSONError) {
      try cursor.readObject { (cursor, key) throws(JSONError) in try readMember(key, &cursor) }
      try cursor.expectEnd()
    } catch {
      if id == nil { id = JSONCursor(bytes, range).identity() }
      throw error
    }
  }

  /// The name of the host, copied from the line that was read; `nil` if it names none.
  package func host(in bytes: [UInt8]) -> ByteString? {
    host.map { $0.resolved ?? ByteString(bytes[$0.range]) }
  }

  /// The name of the interface, copied from the line that was read; `nil` if it names none.
  package func interface(in bytes: [UInt8]) -> ByteString? {
    interface.map { $0.resolved ?? ByteString(bytes[$0.range]) }
  }

  /// Takes the value of one key; `null` is as good as an absent key.
  private mutating func readMember(_ key: JSONCursor.StringToken, _ cursor: inout JSONCursor) throws(JSONError) {
    if cursor.equals(key, "id") {
      id = try cursor.skipValue()
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

  private static func name(_ cursor: inout JSONCursor) throws(JSONError) -> Name {
    let token = try cursor.readString()
    return Name(range: token.range, resolved: token.hasEscapes ? ByteString(bytes: cursor.unescape(token)) : nil)
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
