import Simulator

extension TestSuite {
  /// The scenario's name, and with it the semantics unless they are those that hold where nothing is said: one scenario may be
  /// run under several.
  package var title: String {
    semantics == Semantics.documented.name ? name : "\(name) [\(semantics)]"
  }
}

extension TestFailure {
  /// `verdict: expected allow, got deny because policy "web" denies it, at web.yaml:12`.
  package var sentence: String {
    var text = "\(point): expected \(expected), got \(got)"
    if let because { text += " because \(because)" }
    if let decidedAt { text += ", at \(decidedAt.fileAndLine)" }
    return text
  }
}

extension TestReport {
  /// Cases that could not be tried.
  var brokenCount: Int { cases.count(where: \.isBroken) }
  /// Seconds of all suites.
  var duration: Double { suites.reduce(0) { $0 + $1.duration } }
}

extension TestCase {
  var isBroken: Bool {
    if case .broken = outcome { true } else { false }
  }
}

extension Double {
  /// Seconds with thousandths, as XML reports have them: `1.042`.
  var seconds: String {
    guard isFinite, self > 0, self < 1e9 else { return "0.000" }
    let thousandths = Int((self * 1000).rounded())
    let fraction = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
  }
}
