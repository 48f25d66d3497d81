import Selector

/// MAC addresses as text, in the forms that Go's `net.ParseMAC` reads: `02:00:00:00:00:01`, with dashes, or `0200.0000.0001`;
/// 6, 8 or 20 octets.
enum MACText {
  static func octets(_ text: [UInt8]) -> [UInt8]? {
    let isDotted = text.count > 4 && text[4] == UInt8(ascii: ".")
    guard text.count > 2, isDotted || text[2] == UInt8(ascii: ":") || text[2] == UInt8(ascii: "-") else { return nil }
    let separator = isDotted ? UInt8(ascii: ".") : text[2]
    var octets: [UInt8] = []
    for group in text.split(separator: separator, omittingEmptySubsequences: false) {
      guard group.count == (isDotted ? 4 : 2) else { return nil }
      let digits = group.compactMap(hexDigit)
      guard digits.count == group.count else { return nil }
      for index in stride(from: 0, to: digits.count, by: 2) {
        octets.append(digits[index] << 4 | digits[index + 1])
      }
    }
    return [6, 8, 20].contains(octets.count) ? octets : nil
  }

  /// Lower case with colons.
  static func text(_ octets: [UInt8]) -> ByteString {
    let digits = Array("0123456789abcdef".utf8)
    let groups = octets.map { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return ByteString(bytes: Array(groups.joined(separator: [UInt8(ascii: ":")])))
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
  }
}
