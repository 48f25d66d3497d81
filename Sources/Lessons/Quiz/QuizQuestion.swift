import Manifests
import Selector
import Session
package import Simulator

/// A question of the quiz: a world, a packet, and what really becomes of it.
package struct QuizQuestion: Sendable {
  package let number: Int
  package let level: Int
  package let resources: [Resource]
  /// As a person types it.
  package let flow: String
  package let judged: JudgedFlow
  /// What to choose from; empty where the answer is typed.
  package let options: [Guess]

  /// Draws a question; the same numbers give the same one.
  ///
  /// - Parameters:
  ///   - number: from 1.
  ///   - level: from 1; rising.
  package init(seed: UInt64, number: Int, level: Int) {
    var dice = QuizDice(seed: seed, question: number, level: level)
    let draw = QuizDraw(level: level, dice: &dice)
    self.number = number
    self.level = level
    resources = draw.world.resources
    flow = draw.flow
    judged = draw.judged
    // Later the answer is not there to be recognised.
    options = level >= 3 && dice.oneIn(2) ? [] : QuizOptions(judged, dice: &dice).guesses
  }

  package var world: World { judged.walker.world }
  package var isAboutReply: Bool { judged.isAboutReply }
}

/// Draws worlds until one has a packet of the fate that is wanted, so that all fates come up alike often.
struct QuizDraw {
  private(set) var world: QuizWorld
  private(set) var flow: String
  private(set) var judged: JudgedFlow

  /// A fate: who decides what.
  private struct Target {
    var isAllowed: Bool
    var kind: Decision.Kind
    var stage: Stage?
    var isAboutReply = false

    init(_ verdict: Expectation.Verdict, _ kind: Decision.Kind, _ stage: Stage? = nil, reply: Bool = false) {
      isAllowed = verdict == .allow
      self.kind = kind
      self.stage = stage
      isAboutReply = reply
    }

    func isMet(by flow: JudgedFlow) -> Bool {
      flow.judgement.isAllowed == isAllowed && flow.judgement.decidedBy.kind == kind
        && (stage == nil || flow.judgement.decidedBy.stage == stage)
    }
  }

  /// Rare worlds are waited for so long.
  private static let mostWorlds = 60

  init(level: Int, dice: inout QuizDice) {
    let subject = level <= QuizWorld.subjects ? level : 2 + dice.below(QuizWorld.subjects - 1)
    let target = dice.pick(Self.targets(subject))
    var fallback: (QuizWorld, String, JudgedFlow)?
    var tries = 0
    while true {
      let world = QuizWorld(subject: subject, dice: &dice)
      let found = Self.judge(world, target)
      let met = found.filter { target.isMet(by: $0.judged) }
      if !met.isEmpty {
        let chosen = dice.pick(met)
        (self.world, flow, judged) = (world, chosen.flow, chosen.judged)
        return
      }
      if fallback == nil, !found.isEmpty {
        let chosen = dice.pick(found)
        fallback = (world, chosen.flow, chosen.judged)
      }
      tries += 1
      if tries >= Self.mostWorlds, let fallback {
        (self.world, flow, judged) = fallback
        return
      }
    }
  }

  private static func judge(_ world: QuizWorld, _ target: Target) -> [(flow: String, judged: JudgedFlow)] {
    var session = Session(LoadedManifests(resources: world.resources), paths: [])
    return world.flows.compactMap { flow in
      // Packets without an answer are none to ask about the answer of.
      guard let judged = try? JudgedFlow(flow, isAboutReply: target.isAboutReply, in: &session) else { return nil }
      return (flow, judged)
    }
  }

  private static func targets(_ subject: Int) -> [Target] {
    switch subject {
    case 1:
      [
        Target(.allow, .policy), Target(.allow, .policy), Target(.deny, .policy), Target(.deny, .noPolicyMatched),
        Target(.allow, .failsafe), Target(.deny, .noProfileMatched), Target(.allow, .notPoliced),
      ]
    case 2:
      [
        Target(.allow, .policy), Target(.allow, .policy), Target(.deny, .policy), Target(.deny, .noPolicyMatched),
        Target(.allow, .profile), Target(.deny, .noProfileMatched), Target(.allow, .failsafe),
      ]
    case 3:
      [
        Target(.allow, .policy, .workload), Target(.deny, .noPolicyMatched, .workload), Target(.deny, .policy),
        Target(.allow, .profile), Target(.deny, .endpointToHostAction), Target(.allow, .notPoliced),
        Target(.deny, .missingProfile), Target(.allow, .endpointToHostAction),
      ]
    case 4:
      [
        Target(.deny, .policy, .preDNAT), Target(.allow, .policy, .preDNAT), Target(.allow, .policy, .workload),
        Target(.deny, .noPolicyMatched), Target(.deny, .policy, .normal), Target(.allow, .policy, .normal),
        Target(.allow, .failsafe),
      ]
    default:
      [
        Target(.allow, .policy, .untracked), Target(.deny, .policy, .untracked), Target(.deny, .conntrackInvalid, reply: true),
        Target(.allow, .conntrackEstablished, reply: true), Target(.allow, .policy, .normal), Target(.deny, .noPolicyMatched),
        Target(.deny, .policy, .normal), Target(.allow, .policy, .untracked, reply: true),
      ]
    }
  }
}
