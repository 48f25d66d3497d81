import Selector
import Simulator

/// Tells a trace sentence by sentence, and keeps what each states.
///
/// The files beside this one say how the parts are told: the way that a packet takes, gates that are asked, gates that are not.
struct Narrator {
  let walker: Walker
  var glossary = Glossary()
  private(set) var sentences: [Explanation.Sentence] = []
  private(set) var part = Explanation.Part.packet
  /// The interface and the direction of the gate that was spoken of last.
  var place: Place?
  /// Policies without a say that were spoken of, at each interface.
  var saidAside: [Int: Set<Int>] = [:]
  /// What ruled the packet, while its reply is told.
  private var lastRuling: Ruling?
  /// Interfaces whose endpoint has been spoken of.
  var introduced: Set<Int> = []

  /// Where rules are asked: of which interface's endpoint, and in which direction.
  struct Place: Hashable {
    var interface: Int?
    var direction: Direction

    init(_ interface: Int?, _ direction: Direction) {
      self.interface = interface
      self.direction = direction
    }
  }

  init(walker: Walker) {
    self.walker = walker
  }

  /// Adds a sentence; the full stop is put behind it.
  mutating func say(_ prose: Prose, _ facts: [Fact], claims: [String] = []) {
    sentences.append(
      Explanation.Sentence(part: part, prose: prose.capitalised + ".", facts: facts, claims: claims))
  }

  mutating func tell(_ trace: Trace) {
    tellWay(of: trace.forward)
    sayRuling(RulingCase(packet: trace, on: walker))
    part = .reply
    tellReply(trace)
    part = .notes
    for note in trace.notes {
      say("\(NoteText(note: note, walker: walker).text)", [.note(note)])
    }
  }

  private mutating func sayRuling(_ ruled: RulingCase) {
    guard let ruling = RulingTable.ruling(for: ruled) else { return }
    defer { lastRuling = ruling }
    if ruling == lastRuling {
      return say("the rule behind this is the same (\(ruling.claim))", [.ruling(claim: ruling.claim)], claims: [ruling.claim])
    }
    say("The rule behind this: \(ruling.words) (\(ruling.claim))", [.ruling(claim: ruling.claim)], claims: [ruling.claim])
  }

  // MARK: The packet

  private mutating func tellWay(of journey: Journey) {
    sayEntry(journey)
    tellSteps(of: journey)
    sayEnd(of: journey)
  }

  private mutating func tellSteps(of journey: Journey) {
    var told = Set<Int>()
    for (index, step) in journey.steps.enumerated() where !told.contains(index) {
      switch step {
      case .gate(let gate):
        if case .passed(let reason) = gate.result {
          let group = journey.gatesPassed(like: index)
          told.formUnion(group)
          saySkipped(group.compactMap { journey.steps[$0].gate }, because: reason, on: journey)
        } else {
          sayAsked(gate, journey)
        }
      case .conntrack(let state): sayClass(state, journey)
      case .dnat(let before, let after, let rule): sayTranslation(before, after, rule)
      case .route(let exit, let path): sayRoute(exit, path, journey)
      }
    }
  }

  // MARK: The reply

  private mutating func tellReply(_ trace: Trace) {
    guard trace.forward.judgement.isAllowed else { return }
    if let error = trace.replyError {
      return say("The reply cannot be judged: \(error.message(walker)), \(error.help(walker))", [.replyError(error)])
    }
    guard let reply = trace.reply else { return say("Nothing answers this packet", [.noReply]) }
    if reply.isPlain {
      sayPlainReply(reply)
    } else {
      sayReplyEntry(reply)
      tellSteps(of: reply)
      sayEnd(of: reply)
    }
    sayRuling(RulingCase(reply: trace, reply, on: walker))
  }
}

extension TraceStep {
  /// The gate, if the step is one.
  var gate: GateStep? { if case .gate(let gate) = self { gate } else { nil } }
}

extension GateStep {
  /// Was it asked?
  var outcome: GateOutcome? { if case .asked(let outcome) = result { outcome } else { nil } }
}

extension Journey {
  /// The gates that are told in one sentence with the one at `index`, because they were left out for the same reason at the same
  /// interface: their places among the steps, from `index` on.
  fileprivate func gatesPassed(like index: Int) -> [Int] {
    guard let first = steps[index].gate, case .passed(let reason) = first.result else { return [] }
    return steps.indices.filter { other in
      guard other >= index, let gate = steps[other].gate, case .passed(let also) = gate.result else { return false }
      let isSame =
        also == reason && gate.interface == first.interface && (gate.direction == first.direction || reason == .noEndpoint)
      return other == index || isSame && reason != .never
    }
  }

  /// Does the packet pass because it belongs to a known connection? Only untracked policy comes before that.
  fileprivate var isPlain: Bool { judgement.isAllowed && judgement.state == .established }
}
