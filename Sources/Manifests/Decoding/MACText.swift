import Selector

/// MAC addresses as text, in the forms that Go's `net.ParseMAC` reads: `02:00:00:00:00:01`, with dashes, or `0200.0000.0001`;
/// 6, 8 or 20 octets.
enum MACText {
  static func octets(_ text: [UInt8]) -> [UInt8]? {
    let isDotted = text.count > 4 && text[4] == UInt8(ascii: ".")
    guard text.count > 2, isDotted || text[2] == UInt8(ascii: ":") || text[2] == UInt8(ascii: "-") else { return nil }
    let separator = isDotted ? UInt8(ascii: ".") : text[2]
    let digitsPerGroup = isDotted ? 4 : 2
    guard (text.count + 1) % (digitsPerGroup + 1) == 0 else { return nil }
    var octets: [UInt8] = []
    var high: UInt8?
    for (index, byte) in text.enumerated() {
      if index % (digitsPerGroup + 1) == digitsPerGroup {
        guard byte == separator else { return nil }
        continue
      }
      guard let digit = hexDigit(byte) else { return nil }
      if let known = high { octets.append(known << 4 | digit) }
      high = high == nil ? digit : nil
    }
    return [6, 8, 20].contains(octets.count) ? octets : nil
  }

  /// Lower case with colons.
  static func text(_ octets: [UInt8]) -> ByteString {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(octets.count * 3)
    for octet in octets {
      if !text.isEmpty { text.append(UInt8(ascii: ":")) }
      text.append(digits[Int(octet >> 4)])
      text.append(digits[Int(octet & 15)])
    }
    return ByteString(bytes: text)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
