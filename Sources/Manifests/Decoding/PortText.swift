import Simulator

/// Ports as text (libcalico-go `lib/numorstring/port.go`).
enum PortText {
  /// `"80"`, `"080"` or `"8000:8080"`.
  static func range(_ text: String) -> Result<PortRange, PortProblem> {
    if let port = digits(text, max: 65535) { return checked(port, port, text) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      let isNumber = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
      return .failure(isNumber ? .range(text) : .format(text))
    }
    guard let lower = digits(parts[0], max: 65535) else { return .failure(.minimum(String(parts[0]), range: text)) }
    guard let upper = digits(parts[1], max: 65535) else { return .failure(.maximum(String(parts[1]), range: text)) }
    guard lower <= upper else { return .failure(.reversed(lower, upper)) }
    return checked(lower, upper, text)
  }

  private static func checked(_ lower: Int, _ upper: Int, _ text: String) -> Result<PortRange, PortProblem> {
    lower == 0 ? .failure(.range(text)) : .success(PortRange(UInt16(lower), UInt16(upper)))
  }

  /// Decimal digits, leading zeros allowed; `nil` for anything else and for more than `max`.
  static func digits(_ text: some StringProtocol, max: Int) -> Int? {
    guard !text.isEmpty else { return nil }
    var value = 0
    for byte in text.utf8 {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
      if value > max { return nil }
    }
    return value
  }
}
