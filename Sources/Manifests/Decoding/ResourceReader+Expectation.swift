import Selector
import Simulator

/// What a scenario expects of a flow.
extension ResourceReader {
  /// A flow is a line that a person types; what it says in more bytes is a mistake.
  private static let flowLimit = 1_000

  mutating func expectedFlow(_ fields: Fields<ScenarioStepField>, in item: NodeID) -> Scenario.ExpectedFlow? {
    let text = required(fields, .flow, in: item) { $0.flowText($1) }
    let id = required(fields, .expect, in: item) { $1 }
    guard let id, let (expectation, place) = expectation(id), let text else { return nil }
    return Scenario.ExpectedFlow(text, expectation, location: location(item), place: place)
  }

  /// A flow that can be read; where it cannot, every mistake has its place in the text.
  mutating func flowText(_ id: NodeID) -> ByteString? {
    guard let text = text(id, expected: "a flow") else { return nil }
    guard text.count <= Self.flowLimit else {
      note(.scenario(.flowTooLong(limit: Self.flowLimit)), at: id)
      return nil
    }
    do throws(FlowTextErrors) {
      _ = try FlowText(text.text)
      return text
    } catch {
      for mistake in error.errors { note(.scenario(.flow(mistake)), at: place(of: mistake.range, in: id)) }
      return nil
    }
  }

  /// A verdict alone, or a mapping of what is expected.
  private mutating func expectation(_ id: NodeID) -> (Expectation, ExpectationPlace)? {
    var place = ExpectationPlace(whole: document.range(id))
    guard document.node(id).kind == .mapping else {
      guard let verdict: Expectation.Verdict = word(id, what: "verdict") else { return nil }
      return (Expectation(verdict), place)
    }
    guard let fields = fields(id, ExpectationField.self) else { return nil }
    for field in ExpectationField.allCases { place.fields[field.rawValue] = fields[field].map(document.range) }
    let verdict = verdict(fields, .verdict, in: id)
    let decision = decision(fields, by: .by, stage: .stage, endpoint: .endpoint)
    let path: Path? = word(fields[.path], what: "path")
    let exit = optionalText(fields[.out])
    let reply = reply(fields[.reply])
    guard let verdict else { return nil }
    checkFits(verdict, reply, fields)
    return (Expectation(verdict, by: decision, path: path, exit: exit, reply: reply), place)
  }

  /// What cannot be judged has nothing else to be expected of, and what is dropped leaves nowhere and is not answered.
  private mutating func checkFits(
    _ verdict: Expectation.Verdict, _ reply: Expectation.Reply?, _ fields: Fields<ExpectationField>
  ) {
    for field in ExpectationField.allCases where field != .verdict {
      guard let key = fields.key(field) else { continue }
      switch (verdict, field) {
      case (.error, _): note(.scenario(.errorHasMore(field: field.rawValue)), at: key)
      case (.deny, .reply) where reply == .unanswered: break
      case (.deny, .out), (.deny, .reply):
        note(.scenario(.onlyAllowedHas(field: field.rawValue, verdict: verdict.rawValue)), at: key)
      default: break
      }
    }
  }

  /// A verdict alone, `none`, or a mapping.
  private mutating func reply(_ id: NodeID?) -> Expectation.Reply? {
    guard let id, !isNull(id) else { return nil }
    guard document.node(id).kind == .mapping else {
      guard let word: ReplyWord = word(id, what: "reply") else { return nil }
      return word.reply
    }
    guard let fields = fields(id, ReplyField.self) else { return nil }
    let verdict = verdict(fields, .verdict, in: id)
    let decision = decision(fields, by: .by, stage: .stage, endpoint: .endpoint)
    guard let verdict else { return nil }
    if verdict == .error, let key = fields.key(.by) ?? fields.key(.stage) ?? fields.key(.endpoint) {
      note(.scenario(.errorHasMore(field: "by")), at: key)
    }
    return .ruling(Expectation.Ruling(verdict, by: decision))
  }

  private enum ReplyWord: String, CaseIterable {
    case allow, deny, error, none

    var reply: Expectation.Reply {
      switch self {
      case .allow: .ruling(Expectation.Ruling(.allow))
      case .deny: .ruling(Expectation.Ruling(.deny))
      case .error: .ruling(Expectation.Ruling(.error))
      case .none: .unanswered
      }
    }
  }

  private mutating func verdict<Name>(_ fields: Fields<Name>, _ name: Name, in item: NodeID) -> Expectation.Verdict? {
    let before = errorCount
    if let verdict: Expectation.Verdict = word(fields[name], what: "verdict") { return verdict }
    if errorCount == before {
      note(.field(.missing(field: name.rawValue, in: Name.place)), at: fields.key(name) ?? item)
    }
    return nil
  }

  private mutating func decision<Name>(
    _ fields: Fields<Name>, by: Name, stage: Name, endpoint: Name
  ) -> DecisionPattern {
    var pattern = DecisionPattern()
    if let id = fields[by], let text = optionalText(id) {
      do throws(DecisionPattern.TextError) {
        pattern = try DecisionPattern(text: text)
      } catch {
        note(.scenario(.decision(error)), at: id)
      }
    }
    pattern.stage = word(fields[stage], what: "stage")
    pattern.endpoint = optionalText(fields[endpoint])
    return pattern
  }
}
