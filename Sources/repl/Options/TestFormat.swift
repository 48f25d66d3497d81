import Reports

/// The formats of a test report.
enum TestFormat: String, ReportFormat {
  case text, junit, tap, json, github
}

extension TestReport {
  /// The report in a format.
  ///
  /// - Parameter showsAll: is what passed shown too, in the text for people?
  func bytes(_ format: TestFormat, style: Style, showsAll: Bool) -> [UInt8] {
    switch format {
    case .text: Array(TestText(self, style: style, showsAll: showsAll).lines.map { $0 + "\n" }.joined().utf8)
    case .junit: junit
    case .tap: tap
    case .json: json
    case .github: github
    }
  }
}
