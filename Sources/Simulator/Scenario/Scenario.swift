package import Selector

/// Flows in a world with the verdicts that are expected of them: Gatewalk's own document, and no resource, since it decides
/// nothing.
package struct Scenario: Hashable, Sendable {
  /// What is done in turn, each in the world that those before it left.
  package enum Step: Hashable, Sendable {
    case flow(ExpectedFlow)
    case change(WorldChange)
  }

  /// One flow and what is expected of it.
  package struct ExpectedFlow: Hashable, Sendable {
    /// As a person types it; it can be read (`FlowText`), but what it names need not exist.
    package var text: ByteString
    package var expectation: Expectation
    package var location: SourceLocation?
    /// Where the expectation stands, in bytes of the file; `nil` for one that was made in memory.
    package var place: ExpectationPlace?

    package init(
      _ text: ByteString, _ expectation: Expectation, location: SourceLocation? = nil, place: ExpectationPlace? = nil
    ) {
      self.text = text
      self.expectation = expectation
      self.location = location
      self.place = place
    }
  }

  /// Edits of the world, as the session makes them.
  package struct WorldChange: Hashable, Sendable {
    package enum Edit: Hashable, Sendable {
      /// Resources that come, or take the place of those with their names.
      case apply([Resource])
      /// The same from a file or directory, relative to the scenario's file.
      case applyFile(ByteString)
      /// A command of the session with what it is told: `delete`, `policy allow-ssh`.
      case command(String, ByteString)
    }

    /// The commands of the session that a scenario may use besides `apply`.
    package static let commands = ["delete", "set", "label", "unlabel", "enable", "disable", "failsafe"]

    package var edits: [Edit]
    package var location: SourceLocation?

    package init(_ edits: [Edit], location: SourceLocation? = nil) {
      self.edits = edits
      self.location = location
    }
  }

  package var name: ByteString
  package var about: ByteString?
  /// The claims of the semantics that it covers: `S109`, `D2`.
  package var claims: [ByteString]
  /// Files and directories, relative to the scenario's file, that hold its world.
  package var world: [ByteString]
  /// What the world holds besides, written in the scenario itself.
  package var resources: [Resource]
  /// What reading `resources` had to say where the scenario says what is rejected.
  package var problems: [Diagnostic]
  /// The names of the semantics that judge, each in turn; empty: those that whoever runs it chooses.
  package var semantics: [String]
  /// Ids of the errors that reading the world must give, in their order; `nil` where it must give none.
  package var rejects: [ByteString]?
  package var steps: [Step]
  package var invariants: [Invariant]
  package var location: SourceLocation?

  package init(
    name: ByteString, about: ByteString? = nil, claims: [ByteString] = [], world: [ByteString] = [],
    resources: [Resource] = [], problems: [Diagnostic] = [], semantics: [String] = [], rejects: [ByteString]? = nil,
    steps: [Step] = [], invariants: [Invariant] = [], location: SourceLocation? = nil
  ) {
    self.name = name
    self.about = about
    self.claims = claims
    self.world = world
    self.resources = resources
    self.problems = problems
    self.semantics = semantics
    self.rejects = rejects
    self.steps = steps
    self.invariants = invariants
    self.location = location
  }

  /// The flows among the steps.
  package var flows: [ExpectedFlow] {
    steps.compactMap { step in
      if case .flow(let flow) = step { return flow }
      return nil
    }
  }

  /// The same scenario as if it had been made in memory: to compare what two files say, not where they say it.
  package var withoutLocations: Scenario {
    var scenario = self
    scenario.location = nil
    scenario.resources = resources.map(\.withoutLocations)
    scenario.problems = []
    scenario.steps = steps.map(\.withoutLocations)
    scenario.invariants = invariants.map { invariant in
      var invariant = invariant
      invariant.location = nil
      return invariant
    }
    return scenario
  }
}

extension Scenario.Step {
  fileprivate var withoutLocations: Scenario.Step {
    switch self {
    case .flow(var flow):
      flow.location = nil
      flow.place = nil
      return .flow(flow)
    case .change(var change):
      change.location = nil
      change.edits = change.edits.map { edit in
        guard case .apply(let resources) = edit else { return edit }
        return .apply(resources.map(\.withoutLocations))
      }
      return .change(change)
    }
  }
}
