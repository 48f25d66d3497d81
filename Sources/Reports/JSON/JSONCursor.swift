/// Why a line is not the JSON that was expected, and where.
package struct JSONError: Error, Hashable, Sendable {
  /// Byte in the line, from 0.
  package var offset: Int
  package var message: String

  package init(offset: Int, message: String) {
    self.offset = offset
    self.message = message
  }
}

/// Reads JSON from bytes in place, taking the values that the caller asks for and skipping the rest.
///
/// Everything that it passes over is checked: what it accepts is JSON (RFC 8259), with any nesting.
package struct JSONCursor {
  private let bytes: [UInt8]
  private let start: Int
  private let end: Int
  private(set) var index: Int

  /// Reads the bytes of `range`.
  package init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    start = range.lowerBound
    end = range.upperBound
    index = range.lowerBound
  }

  package init(_ bytes: [UInt8]) {
    self.init(bytes, 0..<bytes.count)
  }

  func error(_ message: String) -> JSONError {
    JSONError(offset: index - start, message: message)
  }

  /// Something is wrong with a string as a value.
  func error(_ message: String, at token: StringToken) -> JSONError {
    JSONError(offset: token.range.lowerBound - start, message: message)
  }

  /// The next byte that is no white space; 0 at the end.
  @inline(__always)
  mutating func peek() -> UInt8 {
    while index < end {
      let byte = bytes[index]
      if byte != 0x20, byte != 0x09, byte != 0x0d, byte != 0x0a { return byte }
      index += 1
    }
    return 0
  }

  /// Takes `byte`, if it is next.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte, index < end else { return false }
    index += 1
    return true
  }

  @inline(__always)
  mutating func expect(_ byte: UInt8) throws(JSONError) {
    if !take(byte) { throw unexpected("\"\(Character(UnicodeScalar(byte)))\"") }
  }

  private mutating func unexpected(_ wanted: String) -> JSONError {
    let found = peek()
    if index >= end { return error("the line ends where \(wanted) should be") }
    let what = found < 0x20 || found > 0x7e ? "a byte of value \(found)" : "\"\(Character(UnicodeScalar(found)))\""
    return error("\(what) stands where \(wanted) should be")
  }

  /// Nothing but white space may be left.
  package mutating func expectEnd() throws(JSONError) {
    _ = peek()
    if index < end { throw unexpected("the end of the line") }
  }

  // MARK: Objects and arrays

  /// Goes through the members of an object; `body` gets each key and must take or skip its value.
  package mutating func readObject(
    _ body: (inout JSONCursor, StringToken) throws(JSONError) -> Void
  ) throws(JSONError) {
    try expect(UInt8(ascii: "{"))
    if take(UInt8(ascii: "}")) { return }
    repeat {
      let key = try readString()
      try expect(UInt8(ascii: ":"))
      try body(&self, key)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  /// Goes through the elements of an array; `body` must take or skip each.
  package mutating func readArray(_ body: (inout JSONCursor) throws(JSONError) -> Void) throws(JSONError) {
    try expect(UInt8(ascii: "["))
    if take(UInt8(ascii: "]")) { return }
    repeat { try body(&self) } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
  }

  // MARK: Strings

  /// A string as it stands in the bytes, without its quotes.
  package struct StringToken {
    package var range: Range<Int>
    package var hasEscapes: Bool
  }

  /// Reads a string and checks it: its escapes are JSON's and its bytes are UTF-8.
  package mutating func readString() throws(JSONError) -> StringToken {
    guard take(UInt8(ascii: "\"")) else { throw unexpected("a string") }
    let first = index
    var hasEscapes = false
    var isASCII = true
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        let token = StringToken(range: first..<(index - 1), hasEscapes: hasEscapes)
        if !isASCII { try checkUTF8(token) }
        return token
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try skipEscape()
        continue
      }
      if byte < 0x20 { throw error("a control character must be escaped in a string") }
      if byte >= 0x80 { isASCII = false }
      index += 1
    }
    throw error("the string has no closing quote")
  }

  private mutating func skipEscape() throws(JSONError) {
    guard index + 1 < end else {
      index = end
      throw error("the string has no closing quote")
    }
    guard bytes[index + 1] == UInt8(ascii: "u") else {
      guard Self.escaped(bytes[index + 1]) != nil else { throw error("unknown escape in a string") }
      index += 2
      return
    }
    let digits = (index + 2)..<min(index + 6, end)
    guard digits.count == 4, bytes[digits].allSatisfy({ Self.hexDigit($0) != nil }) else {
      throw error("\\u takes four hexadecimal digits")
    }
    index += 6
  }

  private func checkUTF8(_ token: StringToken) throws(JSONError) {
    guard String(validating: bytes[token.range], as: UTF8.self) == nil else { return }
    throw JSONError(offset: token.range.lowerBound - start, message: "the string is not UTF-8")
  }

  /// Is the string, taken literally, this text? For keys, which nobody escapes.
  @inline(__always)
  package func equals(_ token: StringToken, _ text: StaticString) -> Bool {
    guard !token.hasEscapes else { return unescapedEquals(token, text) }
    guard token.range.count == text.utf8CodeUnitCount else { return false }
    let wanted = text.utf8Start
    var offset = 0
    for index in token.range {
      if bytes[index] != wanted[offset] { return false }
      offset += 1
    }
    return true
  }

  private func unescapedEquals(_ token: StringToken, _ text: StaticString) -> Bool {
    unescape(token).elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// The bytes of a string that `readString` gave, escapes resolved. Half of a surrogate pair becomes U+FFFD.
  package func unescape(_ token: StringToken) -> [UInt8] {
    guard token.hasEscapes else { return Array(bytes[token.range]) }
    var result: [UInt8] = []
    var index = token.range.lowerBound
    while index < token.range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      if let byte = Self.escaped(bytes[index + 1]) {
        result.append(byte)
        index += 2
        continue
      }
      var unit = hex(at: index + 2)
      index += 6
      if (0xd800..<0xdc00).contains(unit), index + 6 <= token.range.upperBound, bytes[index] == UInt8(ascii: "\\"),
        bytes[index + 1] == UInt8(ascii: "u"), case let low = hex(at: index + 2), (0xdc00..<0xe000).contains(low)
      {
        unit = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
        index += 6
      }
      result += Array(String(UnicodeScalar(unit) ?? "\u{fffd}").utf8)
    }
    return result
  }

  private static func escaped(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }

  private static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte) - 0x30
    case 0x41...0x46, 0x61...0x66: UInt32(byte | 0x20) - 0x57
    default: nil
    }
  }

  /// Four digits that `readString` has checked.
  private func hex(at index: Int) -> UInt32 {
    bytes[index..<(index + 4)].reduce(0) { $0 << 4 | (Self.hexDigit($1) ?? 0) }
  }

  /// The bytes of a string without escapes, in place.
  package func slice(_ token: StringToken) -> ArraySlice<UInt8> { bytes[token.range] }

  // MARK: Other values

  /// A whole number that fits `T`.
  package mutating func readInteger<T: FixedWidthInteger>(_ type: T.Type = T.self) throws(JSONError) -> T {
    _ = peek()
    let first = index
    let token = try readNumber()
    var value: Int64 = 0
    let isNegative = bytes[token.lowerBound] == UInt8(ascii: "-")
    for byte in bytes[token].dropFirst(isNegative ? 1 : 0) {
      let digit = byte &- 0x30
      guard digit < 10, value < 1_000_000_000_000 else {
        index = first
        throw error("a whole number from \(T.min) to \(T.max) should be here")
      }
      value = value * 10 + Int64(digit)
    }
    guard let result = T(exactly: isNegative ? -value : value) else {
      index = first
      throw error("a whole number from \(T.min) to \(T.max) should be here")
    }
    return result
  }

  private mutating func readNumber() throws(JSONError) -> Range<Int> {
    _ = peek()
    let first = index
    if index < end, bytes[index] == UInt8(ascii: "-") { index += 1 }
    let whole = index
    guard skipDigits() else {
      index = first
      throw unexpected("a number")
    }
    if bytes[whole] == 0x30, index - whole > 1 {
      index = first
      throw error("a number must not begin with 0")
    }
    if index < end, bytes[index] == UInt8(ascii: ".") {
      index += 1
      if !skipDigits() { throw unexpected("a digit") }
    }
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < end, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      if !skipDigits() { throw unexpected("a digit") }
    }
    return first..<index
  }

  private mutating func skipDigits() -> Bool {
    let first = index
    while index < end, bytes[index] &- 0x30 < 10 { index += 1 }
    return index > first
  }

  /// Takes `null`, if it is next.
  package mutating func takeNull() throws(JSONError) -> Bool {
    guard peek() == UInt8(ascii: "n") else { return false }
    try word("null")
    return true
  }

  private mutating func word(_ text: StaticString) throws(JSONError) {
    for offset in 0..<text.utf8CodeUnitCount {
      guard index < end, bytes[index] == text.utf8Start[offset] else {
        throw error("\(text) is misspelt")
      }
      index += 1
    }
  }

  /// Skips a value of any kind and returns its bytes, without white space around.
  ///
  /// - Complexity: linear, without recursion: nesting is a list of open brackets.
  @discardableResult
  package mutating func skipValue() throws(JSONError) -> Range<Int> {
    _ = peek()
    let first = index
    var open: [UInt8] = []
    repeat {
      switch peek() {
      case UInt8(ascii: "{"):
        index += 1
        if take(UInt8(ascii: "}")) { break }
        open.append(UInt8(ascii: "}"))
        try skipKey()
        continue
      case UInt8(ascii: "["):
        index += 1
        if take(UInt8(ascii: "]")) { break }
        open.append(UInt8(ascii: "]"))
        continue
      case UInt8(ascii: "\""): _ = try readString()
      case UInt8(ascii: "t"): try word("true")
      case UInt8(ascii: "f"): try word("false")
      case UInt8(ascii: "n"): try word("null")
      case UInt8(ascii: "-"), 0x30...0x39: _ = try readNumber()
      default: throw unexpected("a value")
      }
      try closeBrackets(&open)
    } while !open.isEmpty
    return first..<index
  }

  private mutating func skipKey() throws(JSONError) {
    _ = try readString()
    try expect(UInt8(ascii: ":"))
  }

  /// After a value: a comma leads to the next one, a bracket ends its list.
  private mutating func closeBrackets(_ open: inout [UInt8]) throws(JSONError) {
    while let bracket = open.last {
      if take(UInt8(ascii: ",")) {
        if bracket == UInt8(ascii: "}") { try skipKey() }
        return
      }
      try expect(bracket)
      open.removeLast()
    }
  }

  package func copy(_ range: Range<Int>) -> [UInt8] { Array(bytes[range]) }

  /// Where the value of `id` stands in an object of which something is wrong, as far as the text is JSON up to it; else `nil`.
  consuming func identity() -> Range<Int>? {
    var found: Range<Int>?
    do throws(JSONError) {
      try readObject { (cursor, key) throws(JSONError) in
        let isID = cursor.equals(key, "id")
        let value = try cursor.skipValue()
        if isID { found = value }
      }
    } catch {
      // The caller knows what is wrong already; what stands before it is good.
      return found
    }
    return found
  }
}
