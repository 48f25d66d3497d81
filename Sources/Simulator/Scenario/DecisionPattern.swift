package import Selector

/// What a decision is to be; what is `nil` may be anything.
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
  /// The endpoint's full name, node first, or the name that people use.
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

// MARK: - As a person writes it

extension DecisionPattern {
  /// What is wrong with the text of a decision, and what may stand there.
  package struct TextError: Error, Hashable, Sendable {
    package var message: String
    package var help: String
  }

  /// Reads `policy web ingress[0]`, `failsafe`, `missing-profile web`, `endpoint-to-host-action Drop`, ….
  package init(text: ByteString) throws(TextError) {
    var words = text.bytes.split(separator: UInt8(ascii: " ")).map { ByteString($0) }
    guard !words.isEmpty else { throw Self.unknown("") }
    let word = words.removeFirst()
    guard let kind = Decision.Kind.allCases.first(where: { ByteString($0.name) == word }) else {
      throw Self.unknown(word.text)
    }
    self.init(kind: kind)
    switch kind {
    case .policy, .profile, .missingProfile:
      if !words.isEmpty { name = words.removeFirst() }
      if kind != .missingProfile, !words.isEmpty { try readPlace(words.removeFirst().text) }
    case .endpointToHostAction:
      if !words.isEmpty {
        let word = words.removeFirst().text
        guard let action = Host.EndpointToHostAction(rawValue: word) else {
          throw TextError(message: "\"\(word)\" is no endpoint-to-host-action", help: "it is Drop, Accept or Return")
        }
        self.action = action.decision
      }
    default: break
    }
    guard let word = words.first else { return }
    throw TextError(
      message: "unexpected \"\(word)\" after \"\(self.text)\"",
      help: "write policy NAME ingress[0], profile NAME egress[1], missing-profile NAME, or the kind alone")
  }

  private static func unknown(_ word: String) -> TextError {
    let known = Decision.Kind.allCases.map(\.name)
    let close = closestName(to: word, among: known).map { "did you mean \"\($0)\"? " } ?? ""
    return TextError(
      message: "\"\(word)\" is no kind of decision", help: "\(close)it is one of \(known.joined(separator: ", "))")
  }

  /// `ingress` or `ingress[0]`.
  private mutating func readPlace(_ word: String) throws(TextError) {
    let parts = word.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false)
    guard let direction = Direction(rawValue: String(parts[0])) else { throw Self.noPlace(word) }
    self.direction = direction
    guard parts.count > 1 else { return }
    guard parts[1].last == "]", let rule = Int32(parts[1].dropLast()), rule >= 0 else { throw Self.noPlace(word) }
    self.rule = Int(rule)
  }

  private static func noPlace(_ word: String) -> TextError {
    TextError(message: "\"\(word)\" is no place of a rule", help: "write ingress[0], or egress[1], counted from 0")
  }

  /// As it is read, stage and endpoint left out; empty where no kind is given.
  package var text: String {
    guard let kind else { return "" }
    var words = [kind.name]
    if let name { words.append(name.text) }
    if kind == .policy || kind == .profile, let direction {
      words.append(direction.rawValue + (rule.map { "[\($0)]" } ?? ""))
    }
    if kind == .endpointToHostAction, let action, let word = Host.EndpointToHostAction(decision: action) {
      words.append(word.rawValue)
    }
    return words.joined(separator: " ")
  }
}

extension Host.EndpointToHostAction {
  /// The action of the decision that it leads to.
  package var decision: Action {
    switch self {
    case .accept: .allow
    case .drop: .deny
    case .return: .pass
    }
  }

  /// The one that leads to a decision with this action.
  package init?(decision: Action) {
    guard let found = Self.allCases.first(where: { $0.decision == decision }) else { return nil }
    self = found
  }
}
