package import Selector

/// Flows with the verdicts that are expected of them: Gatewalk's own document, and no resource, since it decides nothing.
package struct Scenario: Hashable, Sendable {
  /// One flow and what is expected of it.
  package struct ExpectedFlow: Hashable, Sendable {
    /// As a person types it; it can be read (`FlowText`), but what it names need not exist.
    package var text: ByteString
    package var expectation: Expectation
    /// What is expected of the answer to a packet that is let through; `nil`: anything.
    package var reply: Expectation?
    package var location: SourceLocation?

    package init(
      _ text: ByteString, _ expectation: Expectation, reply: Expectation? = nil, location: SourceLocation? = nil
    ) {
      self.text = text
      self.expectation = expectation
      self.reply = reply
      self.location = location
    }
  }

  /// The verdict on a packet, and as much of who settles it as somebody cared to say.
  package struct Expectation: Hashable, Sendable {
    package enum Verdict: String, Hashable, Sendable, CaseIterable {
      case allow, deny
      /// The flow cannot be judged.
      case error
    }

    package var verdict: Verdict
    package var decidedBy: DecisionPattern

    package init(_ verdict: Verdict, by decidedBy: DecisionPattern = DecisionPattern()) {
      self.verdict = verdict
      self.decidedBy = decidedBy
    }
  }

  /// What a decision is to be; what is `nil` may be anything. Names are those of the JSON contract.
  package struct DecisionPattern: Hashable, Sendable {
    package var kind: Decision.Kind?
    package var stage: Stage?
    /// The policy, the profile or the missing profile.
    package var name: ByteString?
    package var direction: Direction?
    /// The rule's number in its list, from 0.
    package var rule: Int?
    /// Of `endpoint-to-host-action` Accept is `allow`, Drop `deny` and Return `pass`, as in a `Decision`.
    package var action: Action?
    /// The endpoint's full name, node first.
    package var endpoint: ByteString?

    package init(
      kind: Decision.Kind? = nil, stage: Stage? = nil, name: ByteString? = nil, direction: Direction? = nil,
      rule: Int? = nil, action: Action? = nil, endpoint: ByteString? = nil
    ) {
      self.kind = kind
      self.stage = stage
      self.name = name
      self.direction = direction
      self.rule = rule
      self.action = action
      self.endpoint = endpoint
    }

    /// Does it leave everything open?
    package var isEmpty: Bool { self == DecisionPattern() }
  }

  package var name: ByteString
  package var description: ByteString?
  /// The name of the semantics that judge; `nil`: those that whoever runs it chooses.
  package var semantics: String?
  package var flows: [ExpectedFlow]
  package var location: SourceLocation?

  package init(
    name: ByteString, description: ByteString? = nil, semantics: String? = nil, flows: [ExpectedFlow] = [],
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.description = description
    self.semantics = semantics
    self.flows = flows
    self.location = location
  }

  /// The same scenario as if it had been made in memory: to compare what two files say, not where they say it.
  package var withoutLocations: Scenario {
    var scenario = self
    scenario.location = nil
    for index in scenario.flows.indices { scenario.flows[index].location = nil }
    return scenario
  }
}
