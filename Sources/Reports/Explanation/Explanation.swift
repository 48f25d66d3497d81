package import Simulator

/// A trace in plain sentences, each with the facts that it states: what a packet meets on its way and why that does with it what
/// it does, what becomes of the reply, and the sentence of the documentation that rules.
///
///     let explanation = Explanation(trace, on: walker)
///     explanation.sentences.map(\.prose.text)   // ["A TCP packet from …", "No untracked policy …", …]
package struct Explanation: Sendable {
  package struct Sentence: Sendable {
    package var part: Part
    package var prose: Prose
    package var facts: [Fact]
    /// The claims of the documentation that the sentence cites, such as `S89`.
    package var claims: [String]
  }

  /// What sentences are about; each is a paragraph.
  package enum Part: String, Hashable, Sendable, CaseIterable {
    case packet, reply, notes
  }

  package let trace: Trace
  package let sentences: [Sentence]

  /// - Parameter walker: the one that made the trace.
  /// - Complexity: linear in the trace, and in the policies of the world for each gate.
  package init(_ trace: Trace, on walker: Walker) {
    self.trace = trace
    var narrator = Narrator(walker: walker)
    narrator.tell(trace)
    sentences = narrator.sentences
  }

  /// The sentences of one paragraph, in order.
  package func sentences(of part: Part) -> [Sentence] { sentences.filter { $0.part == part } }
}
