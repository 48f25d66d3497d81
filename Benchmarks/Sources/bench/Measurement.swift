import Glibc

/// What was measured: one figure for each repeat, printed as one line of JSON.
struct Measurement {
  let name: String
  /// What the figures count, such as `ns` or `flows/s`.
  let unit: String
  let figures: [Double]
  /// The figure that the project aims at, in the same unit.
  let aim: Double?

  /// - Precondition: there is a figure.
  init(_ name: String, unit: String, aim: Double? = nil, _ figures: [Double]) {
    precondition(!figures.isEmpty, "a measurement has a figure")
    self.name = name
    self.unit = unit
    self.aim = aim
    self.figures = figures.sorted()
  }

  var median: Double { figures[figures.count / 2] }

  var json: String {
    var fields = [
      "\"name\": \"\(name)\"", "\"unit\": \"\(unit)\"", "\"median\": \(Self.rounded(median))",
      "\"min\": \(Self.rounded(figures[0]))", "\"max\": \(Self.rounded(figures[figures.count - 1]))",
      "\"repeats\": \(figures.count)",
    ]
    if let aim { fields.append("\"aim\": \(Self.rounded(aim))") }
    return "{" + fields.joined(separator: ", ") + "}"
  }

  /// Prints the line at once, for those who watch.
  func report() {
    print(json)
    fflush(nil)
  }

  /// Four digits are more than a shared machine can promise.
  private static func rounded(_ value: Double) -> String {
    let text = value.magnitude < 100 ? (value * 100).rounded() / 100 : value.rounded()
    return text == text.rounded() ? "\(Int(text))" : "\(text)"
  }
}
