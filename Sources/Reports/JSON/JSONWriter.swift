package import Selector

/// Writes JSON into bytes. The caller keeps the order; the writer sees to commas and escapes.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  package mutating func newline() {
    bytes.append(0x0a)
    needsComma = false
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(UInt8(ascii: "["))
    needsComma = false
    body(&self)
    bytes.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// A key; its value must follow.
  package mutating func key(_ key: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func string(_ text: String) {
    separate()
    let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { quote($0) }
    if isDone == nil { quote(Array(text.utf8)) }
  }

  package mutating func string(_ text: ByteString) {
    separate()
    // JSON is UTF-8: what is not becomes U+FFFD.
    if text.bytes.allSatisfy({ $0 < 0x80 }) { quote(text.bytes) } else { quote(Array(text.text.utf8)) }
  }

  package mutating func integer(_ value: some BinaryInteger) {
    separate()
    var digits = value.magnitude
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    let first = bytes.count
    repeat {
      bytes.append(UInt8(truncatingIfNeeded: digits % 10) + 0x30)
      digits /= 10
    } while digits > 0
    bytes[first...].reverse()
  }

  package mutating func bool(_ value: Bool) {
    raw(value ? Self.trueText : Self.falseText)
  }

  private static let trueText = Array("true".utf8)
  private static let falseText = Array("false".utf8)

  /// A value that is JSON already.
  package mutating func raw(_ json: some Collection<UInt8>) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// A value that is JSON already, in three pieces.
  package mutating func raw(_ first: [UInt8], _ second: [UInt8], _ third: [UInt8]) {
    separate()
    bytes.append(contentsOf: first)
    bytes.append(contentsOf: second)
    bytes.append(contentsOf: third)
  }

  private mutating func quote(_ text: some Collection<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    guard text.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 == 0x7f }) else {
      bytes.append(contentsOf: text)
      bytes.append(UInt8(ascii: "\""))
      return
    }
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0a: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case 0x09: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
      case 0x0d: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
      case 0..<0x20, 0x7f:
        let hex = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONWriter {
  package mutating func field(_ key: StaticString, _ value: String) {
    self.key(key)
    string(value)
  }

  /// A value from a fixed set of words, which need no escapes.
  package mutating func field(_ key: StaticString, word: StaticString) {
    self.key(key)
    needsComma = true
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
  }

  package mutating func field(_ key: StaticString, _ value: ByteString) {
    self.key(key)
    string(value)
  }

  package mutating func field(_ key: StaticString, _ value: some BinaryInteger) {
    self.key(key)
    integer(value)
  }
}
