import Selector
import Simulator

/// What to choose from: the right answer among others that the world makes one think of.
struct QuizOptions {
  private static let count = 4
  private(set) var guesses: [Guess]

  init(_ flow: JudgedFlow, dice: inout QuizDice) {
    let right = Guess(isAllowed: flow.judgement.isAllowed, decision: Self.short(flow.decision))
    var others = dice.shuffled(Self.rules(flow)) + dice.shuffled(Self.builtIn(flow))
    others.removeAll { flow.isRight($0) || $0 == right }
    // Rules of the world first, but always something built in, too.
    let kept = others.filter { $0.decision?.name != nil }.prefix(Self.count - 2)
    let rest = others.filter { $0.decision?.name == nil }.prefix(Self.count - 1 - kept.count)
    guesses = dice.shuffled([right] + kept + rest)
  }

  private static func short(_ pattern: DecisionPattern) -> DecisionPattern {
    var pattern = pattern
    (pattern.stage, pattern.endpoint) = (nil, nil)
    return pattern
  }

  private static func rules(_ flow: JudgedFlow) -> [Guess] {
    let world = flow.walker.world
    func guesses(_ kind: Decision.Kind, _ name: ByteString, _ direction: Direction, _ rules: [Rule]) -> [Guess] {
      rules.enumerated().map { index, rule in
        Guess(
          isAllowed: rule.action == .allow,
          decision: DecisionPattern(kind: kind, name: name, direction: direction, rule: index))
      }
    }
    return world.policies.flatMap {
      guesses(.policy, $0.name, .ingress, $0.ingress) + guesses(.policy, $0.name, .egress, $0.egress)
    }
      + world.profiles.flatMap { guesses(.profile, $0.name, .ingress, $0.ingress) }
  }

  private static func builtIn(_ flow: JudgedFlow) -> [Guess] {
    var kinds: [(Bool, Decision.Kind)] = [
      (true, .failsafe), (false, .noPolicyMatched), (false, .noProfileMatched), (true, .notPoliced),
    ]
    if flow.isAboutReply { kinds += [(true, .conntrackEstablished), (false, .conntrackInvalid)] }
    return kinds.map { Guess(isAllowed: $0, decision: DecisionPattern(kind: $1)) }
  }
}
