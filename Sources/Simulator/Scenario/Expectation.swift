package import Selector

/// What is expected of a flow: its verdict, and as much of how it comes about as somebody cared to say.
package struct Expectation: Hashable, Sendable {
  package enum Verdict: String, Hashable, Sendable, CaseIterable {
    case allow, deny
    /// The flow cannot be judged.
    case error
  }

  /// The verdict on one packet and who settles it.
  package struct Ruling: Hashable, Sendable {
    package var verdict: Verdict
    package var decision: DecisionPattern

    package init(_ verdict: Verdict, by decision: DecisionPattern = DecisionPattern()) {
      self.verdict = verdict
      self.decision = decision
    }
  }

  /// What is expected of the answer to the packet.
  package enum Reply: Hashable, Sendable {
    /// Nothing answers.
    case unanswered
    case ruling(Ruling)
  }

  package var packet: Ruling
  package var path: Path?
  /// The interface by which the packet leaves, or `host`.
  package var exit: ByteString?
  /// `nil`: the reply may be anything.
  package var reply: Reply?

  package init(
    _ verdict: Verdict, by decision: DecisionPattern = DecisionPattern(), path: Path? = nil, exit: ByteString? = nil,
    reply: Reply? = nil
  ) {
    packet = Ruling(verdict, by: decision)
    self.path = path
    self.exit = exit
    self.reply = reply
  }

  package var verdict: Verdict { packet.verdict }
}

/// Where an expectation stands in its file, in bytes from the beginning.
package struct ExpectationPlace: Hashable, Sendable {
  /// All of it: the value of `expect`.
  package var whole: Range<Int>
  /// The value of each field, by its name; none for a verdict alone.
  package var fields: [String: Range<Int>]

  package init(whole: Range<Int>, fields: [String: Range<Int>] = [:]) {
    self.whole = whole
    self.fields = fields
  }
}
