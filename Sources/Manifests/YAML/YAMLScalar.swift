import Glibc
import Selector

/// What a scalar means under YAML 1.1, as calicoctl's parser (go-yaml 2) resolves it.
enum YAMLScalar {
  case null
  case bool(Bool)
  case int(Int64)
  /// A whole number beyond `Int64`.
  case uint(UInt64)
  case float(Double)
  case string(ByteString)
  /// The tag promises a type that the text is not of: `!!int x`.
  case mistagged

  init(_ bytes: ArraySlice<UInt8>, style: YAMLDocument.Style, tag: YAMLDocument.Tag) {
    switch tag {
    case .string, .other:
      self = .string(ByteString(bytes))
    case .binary:
      self = .mistagged
    case .none:
      self = Self.resolve(bytes)
    case .int, .float, .bool, .null:
      self = Self.resolve(bytes).checked(against: tag)
    }
  }

  private func checked(against tag: YAMLDocument.Tag) -> YAMLScalar {
    switch (tag, self) {
    case (.int, .int), (.int, .uint), (.float, .float), (.bool, .bool), (.null, .null): self
    case (.float, .int(let value)): .float(Double(value))
    case (.float, .uint(let value)): .float(Double(value))
    default: .mistagged
    }
  }

  /// The type of a plain scalar, by its first byte and then by its whole text.
  private static func resolve(_ bytes: ArraySlice<UInt8>) -> YAMLScalar {
    guard let first = bytes.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      return number(bytes) ?? .string(ByteString(bytes))
    case UInt8(ascii: "~"):
      return bytes.count == 1 ? .null : .string(ByteString(bytes))
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"),
      UInt8(ascii: "T"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"):
      guard bytes.count <= 5 else { return .string(ByteString(bytes)) }
      return word(String(decoding: bytes, as: UTF8.self)) ?? .string(ByteString(bytes))
    default:
      return .string(ByteString(bytes))
    }
  }

  private static func word(_ text: String) -> YAMLScalar? {
    switch text {
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .bool(true)
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": .bool(false)
    case "null", "Null", "NULL": .null
    default: nil
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> YAMLScalar? {
    if let special = infinityOrNaN(bytes) { return special }
    // Underscores may group digits, but not in a number that begins with its point.
    let digits = bytes.first == UInt8(ascii: ".") ? Array(bytes) : bytes.filter { $0 != UInt8(ascii: "_") }
    return integer(digits) ?? float(digits)
  }

  private static func infinityOrNaN(_ bytes: ArraySlice<UInt8>) -> YAMLScalar? {
    // Most of what gets here is a number or an address.
    guard (4...5).contains(bytes.count), bytes.prefix(2).contains(UInt8(ascii: ".")) else { return nil }
    switch String(decoding: bytes, as: UTF8.self) {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    default: return nil
    }
  }

  /// Is a scalar null? The same as reading it, without making anything of it.
  static func isNull(_ bytes: ArraySlice<UInt8>, tag: YAMLDocument.Tag) -> Bool {
    guard tag == .none || tag == .null, bytes.count <= 4 else { return false }
    switch bytes.count {
    case 0: return true
    case 1: return bytes.first == UInt8(ascii: "~")
    case 4: return ["null", "Null", "NULL"].contains { bytes.elementsEqual($0.utf8) }
    default: return false
    }
  }

  /// Decimal, `0x`, `0o`, `0b`, or octal by a leading zero.
  private static func integer(_ bytes: [UInt8]) -> YAMLScalar? {
    var digits = bytes[...]
    var negative = false
    if let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      negative = sign == UInt8(ascii: "-")
      digits = digits.dropFirst()
    }
    var radix: UInt64 = 10
    if digits.first == UInt8(ascii: "0"), digits.count > 1 {
      switch digits[digits.startIndex + 1] | 0x20 {
      case UInt8(ascii: "x"): (radix, digits) = (16, digits.dropFirst(2))
      case UInt8(ascii: "o"): (radix, digits) = (8, digits.dropFirst(2))
      case UInt8(ascii: "b"): (radix, digits) = (2, digits.dropFirst(2))
      default: (radix, digits) = (8, digits.dropFirst())
      }
    }
    guard let magnitude = magnitude(digits, radix: radix) else { return nil }
    if negative {
      guard magnitude <= UInt64(Int64.max) + 1 else { return nil }
      return .int(Int64(truncatingIfNeeded: 0 &- magnitude))
    }
    if magnitude <= UInt64(Int64.max) { return .int(Int64(magnitude)) }
    return bytes.first == UInt8(ascii: "+") ? nil : .uint(magnitude)
  }

  private static func magnitude(_ digits: ArraySlice<UInt8>, radix: UInt64) -> UInt64? {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in digits {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      guard UInt64(digit) < radix, !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// Digits with a point, an exponent or both; at least one digit before the exponent.
  private static func float(_ bytes: [UInt8]) -> YAMLScalar? {
    var index = 0
    func digits() -> Int {
      let start = index
      while index < bytes.count, bytes[index] &- 0x30 < 10 { index += 1 }
      return index - start
    }
    if let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { index += 1 }
    var count = digits()
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      count += digits()
    }
    guard count > 0 else { return nil }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      guard digits() > 0 else { return nil }
    }
    guard index == bytes.count else { return nil }
    let value = strtod(String(decoding: bytes, as: UTF8.self), nil)
    return value.isFinite ? .float(value) : nil
  }
}
