package import Selector

/// Writes JSON into bytes. The caller keeps the order; the writer sees to commas and escapes.
package struct JSONWriter: ~Copyable {
  private var buffer = ByteBuffer()
  private var needsComma = false

  package init() {}

  /// What has been written, copied.
  package var bytes: [UInt8] { buffer.withBytes { Array($0) } }

  /// How many bytes have been written.
  package var count: Int { buffer.count }

  /// Hands out what has been written, in place; the pointer is good for the call alone.
  package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try buffer.withBytes(body)
  }

  package mutating func removeAll() {
    buffer.removeAll()
    needsComma = false
  }

  package mutating func newline() {
    buffer.append(0x0a)
    needsComma = false
  }

  private mutating func separate() {
    if needsComma { buffer.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  package mutating func object(_ body: (inout JSONWriter) -> Void) {
    separate()
    buffer.append(UInt8(ascii: "{"))
    needsComma = false
    body(&self)
    buffer.append(UInt8(ascii: "}"))
    needsComma = true
  }

  package mutating func array(_ body: (inout JSONWriter) -> Void) {
    separate()
    buffer.append(UInt8(ascii: "["))
    needsComma = false
    body(&self)
    buffer.append(UInt8(ascii: "]"))
    needsComma = true
  }

  /// A key; its value must follow.
  package mutating func key(_ key: StaticString) {
    separate()
    buffer.append(UInt8(ascii: "\""))
    buffer.append(key)
    buffer.append(UInt8(ascii: "\""))
    buffer.append(UInt8(ascii: ":"))
    needsComma = false
  }

  package mutating func string(_ text: String) {
    separate()
    var text = text
    text.withUTF8 { quote($0) }
  }

  package mutating func string(_ text: ByteString) {
    // JSON is UTF-8: what is not becomes U+FFFD.
    guard text.bytes.allSatisfy({ $0 < 0x80 }) else { return string(text.text) }
    separate()
    text.bytes.withUnsafeBufferPointer { quote($0) }
  }

  package mutating func integer(_ value: some BinaryInteger) {
    separate()
    if value < 0 { buffer.append(UInt8(ascii: "-")) }
    buffer.append(decimal: UInt64(value.magnitude))
  }

  /// A number; JSON has none for what is infinite or no number, so that is null.
  package mutating func number(_ value: Double) {
    guard value.isFinite else { return raw("null") }
    separate()
    var text = value.description
    text.withUTF8 { buffer.append($0) }
  }

  package mutating func bool(_ value: Bool) {
    separate()
    buffer.append(value ? "true" : "false")
  }

  /// A value that is JSON already.
  package mutating func raw(_ json: UnsafeBufferPointer<UInt8>) {
    separate()
    buffer.append(json)
  }

  /// A value that is JSON already.
  package mutating func raw(_ json: [UInt8]) {
    separate()
    buffer.append(json)
  }

  /// A value that is JSON already.
  package mutating func raw(_ json: StaticString) {
    separate()
    buffer.append(json)
  }

  /// Begins a value whose JSON follows piece by piece.
  mutating func beginRaw() { separate() }

  /// More of the value that was written last, JSON already.
  @inline(__always)
  mutating func continueRaw(_ json: UnsafeBufferPointer<UInt8>) { buffer.append(json) }

  /// The same with a word, which is quoted and needs no escapes.
  mutating func continueWord(_ word: StaticString) {
    buffer.append(UInt8(ascii: "\""))
    buffer.append(word)
    buffer.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// JSON that a member or element goes before if need be, and that wants a value next: `"matched":[`.
  mutating func begin(_ json: StaticString) {
    separate()
    buffer.append(json)
    needsComma = false
  }

  /// JSON that continues what was written last, its own commas included; what follows it is the next member or element.
  mutating func end(_ json: StaticString) {
    buffer.append(json)
    needsComma = true
  }

  /// A value that was written before, as a range of what has been written.
  mutating func repeatBytes(_ range: Range<Int>) {
    separate()
    buffer.append(copyOf: range)
  }

  private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
    buffer.append(UInt8(ascii: "\""))
    if text.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 == 0x7f }) {
      for byte in text { escape(byte) }
    } else {
      buffer.append(text)
    }
    buffer.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      buffer.append(UInt8(ascii: "\\"))
      buffer.append(byte)
    case 0x0a: buffer.append("\\n")
    case 0x09: buffer.append("\\t")
    case 0x0d: buffer.append("\\r")
    case 0..<0x20, 0x7f:
      let hex = Array("0123456789abcdef".utf8)
      buffer.append("\\u00")
      buffer.append(hex[Int(byte >> 4)])
      buffer.append(hex[Int(byte & 15)])
    default: buffer.append(byte)
    }
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
    buffer.append(UInt8(ascii: "\""))
    buffer.append(word)
    buffer.append(UInt8(ascii: "\""))
  }

  package mutating func field(_ key: StaticString, _ value: ByteString) {
    self.key(key)
    string(value)
  }

  package mutating func field(_ key: StaticString, _ value: some BinaryInteger) {
    self.key(key)
    integer(value)
  }

  package mutating func field(_ key: StaticString, _ value: Double) {
    self.key(key)
    number(value)
  }

  package mutating func field(_ key: StaticString, _ value: Bool) {
    self.key(key)
    bool(value)
  }
}
