package import Simulator

/// A finding that does not count, and why.
package struct SetAside: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// A comment in the manifest says so, at this place and for this reason.
    case comment(String, at: SourceLocation)
    /// The baseline has it.
    case baseline
  }

  package var finding: Finding
  package var reason: Reason

  package init(_ finding: Finding, _ reason: Reason) {
    self.finding = finding
    self.reason = reason
  }
}
