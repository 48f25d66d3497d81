package import Simulator

extension LintReport {
  /// Sets aside what comments in some texts speak of, where the findings are of several worlds that share those texts: a comment that
  /// serves any of them is no idle one.
  package mutating func setAsideByComments(in sources: [SourceText]) {
    IgnoreComments(in: sources).apply(to: &self)
  }
}
