import Reports
import Selector
import Simulator

extension Command {
  static let disable = switching(
    "disable", to: true, summary: "put a policy or one rule out of force, without losing it",
    details: """
      A disabled policy counts as not there, a disabled rule matches nothing; the other rules keep their numbers. save writes what
      is disabled as comments. The rule is named by its place: disable policy web ingress[0].
      """)
  static let enable = switching(
    "enable", to: false, summary: "put a disabled policy or rule in force again", details: "The counterpart of disable.")

  private static func switching(_ name: String, to isDisabled: Bool, summary: String, details: String) -> Command {
    Command(
      name, forms: ["\(name) [policy] NAME", "\(name) [policy|profile] NAME ingress[N]|egress[N]"], summary: summary,
      details: details, isJournalled: true,
      slots: { before in
        let names = before.drop { ["policy", "profile"].contains($0) }
        if names.isEmpty { return before.isEmpty ? [.policy, .words(["policy", "profile"])] : [.named(kind: before[0])] }
        return names.count == 1 ? [.rule(of: names[names.startIndex])] : []
      },
      example: { session in session.firstName(of: .policy).map { "\(name) policy \($0)" } },
      run: { (session, arguments, answer) throws(CommandFailure) in
        let (id, before, rule) = try session.takeRuleOwner(&arguments)
        try arguments.expectEnd()
        let what = rule.map { "\(id) \($0.direction.rawValue)[\($0.index)]" } ?? "\(id)"
        guard let after = before.settingDisabled(isDisabled, rule) else {
          throw .refused("a profile cannot be \(name)d as a whole", help: "name a rule of it, such as ingress[0]")
        }
        try session.check(after)
        guard before != after else {
          answer.say("\(Style.visible(what)) is \(name)d already")
          answer.changedNothing = true
          return
        }
        answer.say("\(name)d \(Style.visible(what))")
        session.commit([ResourceChange(id, from: before, to: after)], "\(name) \(what)", &answer)
      })
  }
}

/// A rule by its place in a policy or profile.
struct RulePlace: Hashable, Sendable {
  var direction: Direction
  var index: Int
}

extension Session {
  /// Takes `[policy|profile] NAME [ingress[N]]`.
  fileprivate func takeRuleOwner(
    _ arguments: inout Arguments
  ) throws(CommandFailure) -> (id: ResourceID, resource: Resource, rule: RulePlace?) {
    var kind: ResourceKind?
    if let word = arguments.peek, arguments.words.last != word, ["policy", "profile"].contains(word.text) {
      kind = Self.kind(word.text)
      _ = arguments.take()
    }
    let word = try arguments.take("the name of a policy", help: "\"show policies\" lists them")
    let policy = ResourceID(.policy, ByteString(word.text))
    let id = kind == nil && now.catalog[policy] != nil ? policy : try resource(word, kind: kind)
    guard [.policy, .profile].contains(id.kind), let found = now.catalog[id] else {
      throw .at(word.range, "\(id) has no rules", help: "name a policy or profile")
    }
    guard let place = arguments.take() else { return (id, found, nil) }
    guard let rule = RulePlace(place.text) else {
      throw .at(place.range, "\"\(place.text)\" is no place of a rule", help: "write ingress[0] or egress[0]")
    }
    let count = found.rules(rule.direction).count
    guard rule.index < count else {
      throw .at(
        place.range, "\(id) has no \(place.text)",
        help: count == 0
          ? "it has no \(rule.direction.rawValue) rules" : "its last one is \(rule.direction.rawValue)[\(count - 1)]")
    }
    return (id, found, rule)
  }
}

extension RulePlace {
  /// `ingress[0]`.
  init?(_ text: String) {
    for direction in Direction.allCases {
      let bytes = text.utf8.drop { $0 == 0x20 }
      let head = Array("\(direction.rawValue)[".utf8)
      guard bytes.starts(with: head), bytes.last == UInt8(ascii: "]") else { continue }
      let digits = String(decoding: Array(bytes.dropFirst(head.count).dropLast()), as: UTF8.self)
      guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = Int(digits) else { return nil }
      self.init(direction: direction, index: index)
      return
    }
    return nil
  }
}

extension Resource {
  /// The rules of a policy or profile; of anything else none.
  func rules(_ direction: Direction) -> [Rule] {
    switch self {
    case .policy(let policy): policy.rules(direction)
    case .profile(let profile): profile.rules(direction)
    default: []
    }
  }

  /// The same with a rule, or the whole policy, switched; `nil` where there is no such switch.
  fileprivate func settingDisabled(_ isDisabled: Bool, _ place: RulePlace?) -> Resource? {
    switch self {
    case .policy(var policy):
      if let place { policy[place.direction][place.index].isDisabled = isDisabled } else { policy.isDisabled = isDisabled }
      return .policy(policy)
    case .profile(var profile):
      guard let place else { return nil }
      profile[place.direction][place.index].isDisabled = isDisabled
      return .profile(profile)
    default: return nil
    }
  }
}
