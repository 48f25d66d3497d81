import Selector
package import Simulator

/// What somebody thinks becomes of a packet: `deny by policy lock-down ingress[0]`.
package struct Guess: Hashable, Sendable {
  package var isAllowed: Bool
  /// `nil` if it was left out.
  package var decision: DecisionPattern?
  /// Which failsafe port, as far as it is said.
  package var failsafe: FailsafeGuess?

  package init(isAllowed: Bool, decision: DecisionPattern?) {
    self.isAllowed = isAllowed
    self.decision = decision
  }

  /// Why a guess cannot be read.
  package struct Failure: Error, Hashable, Sendable {
    package var message: String
    package var help: String
  }

  static let form = "write predict allow or predict deny, then by and what decides: predict deny by policy web ingress[0]"

  /// Reads a guess, in the words of scenarios or in those that a trace uses: `no policy matched`, `failsafe inbound tcp 22`.
  ///
  /// - Parameter world: whose policies and profiles may be named alone.
  package init(_ text: String, in world: World) throws(Failure) {
    var words = text.split { $0 == " " || $0 == "\t" || $0 == "\n" }.map(String.init)
    // What a trace says of the place: (world.yaml:12).
    words.removeAll { $0.utf8.first == UInt8(ascii: "(") }
    guard !words.isEmpty else { throw Failure(message: "a verdict is missing", help: Self.form) }
    let word = words.removeFirst().lowercased()
    switch word {
    case "allow", "allowed", "accept": isAllowed = true
    case "deny", "denied", "drop": isAllowed = false
    default: throw Failure(message: "\"\(word)\" is neither allow nor deny", help: Self.form)
    }
    guard !words.isEmpty else {
      decision = nil
      return
    }
    guard words.removeFirst().lowercased() == "by", !words.isEmpty else {
      throw Failure(message: "after the verdict comes \"by\" and what decides", help: Self.form)
    }
    let endpoint = try Self.takeEndpoint(from: &words, in: world)
    if words.first?.lowercased() == Decision.Kind.failsafe.name {
      failsafe = try FailsafeGuess(words.dropFirst())
    }
    decision = try Self.decision(words, in: world)
    decision?.endpoint = endpoint
  }

  /// The endpoint at which it is said to be settled: `at outside`, as the last words.
  private static func takeEndpoint(from words: inout [String], in world: World) throws(Failure) -> ByteString? {
    guard words.count > 2, words[words.count - 2].lowercased() == "at", let name = words.last.map({ ByteString($0) }) else {
      return nil
    }
    guard world.endpoints.contains(where: { $0.name == name || $0.shortName == name }) else {
      throw Failure(
        message: "there is no endpoint \"\(name)\" here",
        help: "after \"at\" comes the endpoint that settles it; \"show endpoints\" lists what there is")
    }
    words.removeLast(2)
    return name
  }

  private static func decision(_ words: [String], in world: World) throws(Failure) -> DecisionPattern {
    do throws(DecisionPattern.TextError) {
      return try DecisionPattern(text: ByteString(rewritten(words, in: world).joined(separator: " ")))
    } catch {
      throw Failure(message: error.message, help: error.help)
    }
  }

  /// In the words of a scenario.
  private static func rewritten(_ words: [String], in world: World) -> [String] {
    let joined = words.map { $0.lowercased() }.joined(separator: "-")
    let kinds = Decision.Kind.allCases.map(\.name)
    if kinds.contains(joined) { return [joined] }
    switch joined {
    case "established-connection", "established": return [Decision.Kind.conntrackEstablished.name]
    case "invalid-for-connection-tracking", "invalid": return [Decision.Kind.conntrackInvalid.name]
    case "no-policy": return [Decision.Kind.noPolicyMatched.name]
    case "no-profile": return [Decision.Kind.noProfileMatched.name]
    default: break
    }
    let first = words[0].lowercased()
    if first == Decision.Kind.failsafe.name { return [first] }
    if first == "missing", words.count > 1, words[1].lowercased() == "profile" {
      return [Decision.Kind.missingProfile.name] + words.dropFirst(2)
    }
    if words[0] == "defaultEndpointToHostAction" { return [Decision.Kind.endpointToHostAction.name] + words.dropFirst() }
    guard !kinds.contains(words[0]) else { return words }
    // A name alone says enough if something has it.
    let name = ByteString(words[0])
    if world.policies.contains(where: { $0.name == name }) { return [Decision.Kind.policy.name] + words }
    if world.profile(named: name) != nil { return [Decision.Kind.profile.name] + words }
    return words
  }

  /// What is still to be said before it can be right or wrong; `nil` if it says all.
  package func question(in world: World) -> String? {
    let verdict = isAllowed ? "allow" : "deny"
    guard let decision, let kind = decision.kind else {
      return "and what decides? write predict \(verdict) by …, such as by policy NAME ingress[0]; \"help predict\" lists all"
    }
    if kind == .missingProfile, decision.name == nil {
      return "which profile? write predict \(verdict) by missing-profile NAME"
    }
    guard kind == .policy || kind == .profile else { return nil }
    guard let name = decision.name else {
      return "which \(kind.name)? write predict \(verdict) by \(kind.name) NAME ingress[0]"
    }
    let rules = Self.rules(kind, name, in: world)
    guard decision.rule == nil, rules.ingress + rules.egress > 1 else { return nil }
    if let direction = decision.direction, (direction == .ingress ? rules.ingress : rules.egress) <= 1 { return nil }
    return
      "which rule of it? write predict \(verdict) by \(kind.name) \(name) \(decision.direction?.rawValue ?? "ingress")[0], counted from 0"
  }

  private static func rules(_ kind: Decision.Kind, _ name: ByteString, in world: World) -> (ingress: Int, egress: Int) {
    if kind == .policy {
      let policy = world.policies.first { $0.name == name }
      return (policy?.ingress.count ?? 0, policy?.egress.count ?? 0)
    }
    let profile = world.profile(named: name).map { world.profiles[$0] }
    return (profile?.ingress.count ?? 0, profile?.egress.count ?? 0)
  }
}
