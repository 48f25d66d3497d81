extension Int {
  /// `1 scenario`, `2 scenarios`.
  func of(_ one: String, _ many: String? = nil) -> String { "\(self) \(self == 1 ? one : many ?? "\(one)s")" }
}
