/// How calicoctl turns a number back into text where text is expected.
enum NumberText {
  /// The shortest decimal that gives the number in single precision, with an exponent below 1e-4 and from a million on:
  /// `1.10` is `1.1`, `1e3` is `1000`, `1e6` is `1e+06`.
  static func text(_ value: Double) -> String {
    let number = Float(value)
    guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Inf" : "+Inf" }
    guard number != 0 else { return number.sign == .minus ? "-0" : "0" }
    let (digits, exponent) = shortestDigits(number.magnitude)
    let sign = number < 0 ? "-" : ""
    // `exponent` is that of the first digit.
    if exponent < -4 || exponent >= 6 {
      return sign + scientific(digits, exponent)
    }
    if exponent < 0 { return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits }
    if digits.count <= exponent + 1 {
      return sign + digits + String(repeating: "0", count: exponent + 1 - digits.count)
    }
    return sign + digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
  }

  private static func scientific(_ digits: String, _ exponent: Int) -> String {
    let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
    let magnitude = String(abs(exponent))
    return digits.prefix(1) + fraction + (exponent < 0 ? "e-" : "e+") + (magnitude.count < 2 ? "0" : "") + magnitude
  }

  /// The significant digits of a positive number and the exponent of ten of the first.
  private static func shortestDigits(_ value: Float) -> (digits: String, exponent: Int) {
    // Swift's own description is the shortest that reads back the same.
    let parts = value.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let whole = String(mantissa[0])
    var digits = whole + (mantissa.count > 1 ? mantissa[1] : "")
    exponent += whole.count - 1
    let zeros = digits.prefix { $0 == "0" }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    while digits.last == "0" { digits.removeLast() }
    return (digits, exponent)
  }
}
