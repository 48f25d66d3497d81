import Simulator

extension FlowLine {
  /// Reads a line as programs write them: an object of known keys in any order, text that is ASCII without escapes, numbers
  /// that are whole, addresses of IPv4. This takes a fifth of the time that `JSONCursor` takes.
  ///
  /// - Returns: was all of the line like that? If not, nothing that was read counts, and the cursor, which knows all of JSON
  ///   and says what is wrong, has to read it.
  mutating func readPlain(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var scanner = PlainScanner(bytes: bytes, index: range.lowerBound, end: range.upperBound)
      guard scanner.take(UInt8(ascii: "{")) else { return false }
      repeat {
        guard let key = scanner.text(), scanner.take(UInt8(ascii: ":")), readPlainMember(key, &scanner) else {
          return false
        }
      } while scanner.take(UInt8(ascii: ","))
      return scanner.take(UInt8(ascii: "}")) && scanner.isAtEnd
    }
  }

  /// Takes the value of one key; false if it is not plain.
  @inline(__always)
  private mutating func readPlainMember(_ key: Range<Int>, _ scanner: inout PlainScanner) -> Bool {
    switch key.count {
    case 2 where scanner.equals(key, "id"):
      id = scanner.identity()
      return id != nil
    case 2 where scanner.equals(key, "in"):
      interface = scanner.text().map { Name(range: $0) }
      return interface != nil
    case 4 where scanner.equals(key, "host"):
      host = scanner.text().map { Name(range: $0) }
      return host != nil
    case 6 where scanner.equals(key, "source"):
      source = scanner.address()
      return source != nil
    case 11 where scanner.equals(key, "destination"):
      destination = scanner.address()
      return destination != nil
    case 8 where scanner.equals(key, "protocol"):
      `protocol` = scanner.protocol()
      protocolIsName = true
      return `protocol` != nil
    case 10 where scanner.equals(key, "sourcePort"):
      sourcePort = scanner.number(upTo: .max).map { UInt16($0) }
      return sourcePort != nil
    case 15 where scanner.equals(key, "destinationPort"):
      destinationPort = scanner.number(upTo: .max).map { UInt16($0) }
      return destinationPort != nil
    case 8 where scanner.equals(key, "icmpType"):
      icmpType = scanner.number(upTo: 255).map { UInt8($0) }
      return icmpType != nil
    case 8 where scanner.equals(key, "icmpCode"):
      icmpCode = scanner.number(upTo: 255).map { UInt8($0) }
      return icmpCode != nil
    default: return false
    }
  }
}

/// Reads plain values, each with the white space before it.
///
/// Unsafe memory because a check at each byte costs as much as the reading; every access stands behind `index < end`.
private struct PlainScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var index: Int
  let end: Int

  /// The byte at `index`; 0, which no plain line holds, at the end.
  @inline(__always)
  private var byte: UInt8 { index < end ? bytes[unchecked: index] : 0 }

  @inline(__always)
  private mutating func skipSpace() {
    while byte == 0x20 || byte == 0x09 || byte == 0x0d { index += 1 }
  }

  @inline(__always)
  mutating func take(_ wanted: UInt8) -> Bool {
    skipSpace()
    guard byte == wanted, index < end else { return false }
    index += 1
    return true
  }

  /// Nothing but white space is left.
  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return index == end
    }
  }

  /// Where a string's bytes stand; `nil` if it is not ASCII or has escapes.
  @inline(__always)
  mutating func text() -> Range<Int>? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let first = index
    while byte != UInt8(ascii: "\"") {
      // Also at the end, where the byte is 0.
      if byte < 0x20 || byte >= 0x80 || byte == UInt8(ascii: "\\") { return nil }
      index += 1
    }
    index += 1
    return first..<(index - 1)
  }

  @inline(__always)
  func equals(_ text: Range<Int>, _ word: StaticString) -> Bool {
    guard text.count == word.utf8CodeUnitCount else { return false }
    for offset in 0..<text.count where bytes[unchecked: text.lowerBound + offset] != word.utf8Start[offset] {
      return false
    }
    return true
  }

  /// A whole number without sign, fraction, exponent or leading zeros.
  @inline(__always)
  mutating func number(upTo limit: UInt16) -> UInt32? {
    skipSpace()
    let first = index
    var value: UInt32 = 0
    while byte &- 0x30 < 10, index - first < 6 {
      value = value * 10 + UInt32(byte &- 0x30)
      index += 1
    }
    guard index > first, value <= limit, bytes[unchecked: first] != 0x30 || index - first == 1 else { return nil }
    return isNumberOver ? value : nil
  }

  private var isNumberOver: Bool { byte != UInt8(ascii: ".") && byte | 0x20 != UInt8(ascii: "e") && byte &- 0x30 >= 10 }

  /// Where an id stands that is a string or a whole number.
  @inline(__always)
  mutating func identity() -> Range<Int>? {
    skipSpace()
    if byte == UInt8(ascii: "\"") { return text().map { ($0.lowerBound - 1)..<($0.upperBound + 1) } }
    let first = index
    while byte &- 0x30 < 10 { index += 1 }
    guard index > first, bytes[unchecked: first] != 0x30 || index - first == 1, isNumberOver else { return nil }
    return first..<index
  }

  @inline(__always)
  mutating func `protocol`() -> IPProtocol? {
    guard let name = text() else { return nil }
    if equals(name, "tcp") { return .tcp }
    if equals(name, "udp") { return .udp }
    return equals(name, "icmp") ? .icmp : nil
  }

  /// An IPv4 address in a string.
  @inline(__always)
  mutating func address() -> IPAddress? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    var bits: UInt32 = 0
    for octet in 0..<4 {
      let first = index
      var value: UInt32 = 0
      while byte &- 0x30 < 10, index - first < 3 {
        value = value * 10 + UInt32(byte &- 0x30)
        index += 1
      }
      guard index > first, value <= 255, bytes[unchecked: first] != 0x30 || index - first == 1 else { return nil }
      bits = bits << 8 | value
      guard byte == (octet < 3 ? UInt8(ascii: ".") : UInt8(ascii: "\"")) else { return nil }
      index += 1
    }
    return IPAddress(v4: bits)
  }
}

extension UnsafeBufferPointer {
  /// An element that is known to be there.
  @inline(__always)
  fileprivate subscript(unchecked index: Int) -> Element { self.baseAddress.unsafelyUnwrapped[index] }
}
