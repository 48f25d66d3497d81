package import Simulator

/// What became of scenarios: the only product of a test run that reports are made from.
package struct TestReport: Hashable, Sendable {
  package var suites: [TestSuite]

  package init(suites: [TestSuite] = []) {
    self.suites = suites
  }

  package var cases: [TestCase] { suites.flatMap(\.cases) }
  package var failureCount: Int { cases.count { $0.hasFailed } }
  package var hasFailed: Bool { failureCount > 0 }
}

/// One scenario under one set of semantics.
package struct TestSuite: Hashable, Sendable {
  package var name: String
  /// Where the scenario begins.
  package var location: SourceLocation?
  /// The semantics that judged.
  package var semantics: String
  /// Names of claims that the scenario covers: `S109`.
  package var claims: [String]
  package var cases: [TestCase]
  /// How long it took, in seconds.
  package var duration: Double

  package init(
    name: String, location: SourceLocation?, semantics: String, claims: [String] = [], cases: [TestCase] = [],
    duration: Double = 0
  ) {
    self.name = name
    self.location = location
    self.semantics = semantics
    self.claims = claims
    self.cases = cases
    self.duration = duration
  }
}

/// One flow, change or invariant of a scenario, and whether it went as expected.
package struct TestCase: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    case passed
    /// It is otherwise than expected, in these points.
    case failed([TestFailure])
    /// It could not be tried: why, and what to do.
    case broken(String, help: String?)
  }

  /// The flow as the scenario has it, or `change delete policy web`, or `never from … to …`.
  package var name: String
  /// Where it stands in the scenario's file.
  package var location: SourceLocation?
  package var outcome: Outcome
  /// How it was found out, where that is more than one flow: `1280 flows tried`.
  package var note: String?

  package init(name: String, location: SourceLocation?, outcome: Outcome, note: String? = nil) {
    self.name = name
    self.location = location
    self.outcome = outcome
    self.note = note
  }

  package var hasFailed: Bool { outcome != .passed }
}

/// One point in which a flow went otherwise: *expected … got … because …*.
package struct TestFailure: Hashable, Sendable {
  /// What was looked at: `verdict`, `decided by`, `reply`, `out`.
  package var point: String
  package var expected: String
  package var got: String
  /// Why it is so, in a line: the deciding rule and what it says.
  package var because: String?
  /// Where the deciding rule stands.
  package var decidedAt: SourceLocation?

  package init(_ point: String, expected: String, got: String, because: String? = nil, decidedAt: SourceLocation? = nil) {
    self.point = point
    self.expected = expected
    self.got = got
    self.because = because
    self.decidedAt = decidedAt
  }
}
