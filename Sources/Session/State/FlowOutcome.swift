import Reports
import Selector
import Simulator

/// What became of a flow, in a form that can be compared between two worlds: by names and contents, not by numbers that an edit
/// shifts.
struct FlowOutcome: Hashable, Sendable {
  /// What settled a packet.
  struct Ruling: Hashable, Sendable {
    var isAllowed: Bool
    var decider: Decider
    /// How the decision is called here and now: `policy web ingress[0] (cluster.yaml:31)`, the file without its
    /// folders. Not compared.
    var label: String
    /// The place of the rule in its list as `save` writes it; `nil` for built-in decisions. Not
    /// compared.
    var rule: Int?
    /// Not compared.
    var action: Action

    static func == (left: Ruling, right: Ruling) -> Bool {
      left.isAllowed == right.isAllowed && left.decider == right.decider
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(isAllowed)
      hasher.combine(decider)
    }
  }

  /// The one rule or built-in decision, whatever its index: a rule that another one pushes down stays the same rule.
  struct Decider: Hashable, Sendable {
    var kind: Decision.Kind
    var stage: Stage?
    var direction: Direction
    var name: ByteString?
    var endpoint: ByteString?
    /// Without its place in a file.
    var rule: Rule?
    var failsafe: Host.FailsafePort?
  }

  enum Result: Hashable, Sendable {
    case judged(forward: Ruling, reply: Ruling?)
    /// It cannot be judged: why.
    case error(String)
  }

  var result: Result

  /// Judges a flow from its text.
  init(_ source: String, _ judge: inout Judge) {
    do throws(FlowTextErrors) {
      let (walker, flow) = try judge.resolve(source)
      result = Self.result(of: flow, on: walker)
    } catch {
      result = .error(error.errors.map(\.message).joined(separator: "; "))
    }
  }

  private static func result(of flow: Flow, on walker: Walker) -> Result {
    do throws(FlowError) {
      let verdict = try walker.judge(flow)
      return .judged(
        forward: Ruling(verdict.forward, on: walker), reply: verdict.reply.map { Ruling($0, on: walker) })
    } catch {
      return .error(error.message(walker))
    }
  }
}

extension FlowOutcome.Ruling {
  init(_ judgement: Judgement, on walker: Walker) {
    let name = DecisionName(judgement.decidedBy, on: walker)
    isAllowed = judgement.isAllowed
    decider = FlowOutcome.Decider(
      kind: judgement.decidedBy.kind, stage: judgement.decidedBy.stage, direction: judgement.decidedBy.direction,
      name: name.name, endpoint: name.endpoint, rule: name.rule.map(\.withoutLocation), failsafe: name.failsafe)
    rule = name.rule == nil ? nil : Self.place(of: judgement, in: walker.world)
    action = judgement.decidedBy.action
    label = Style.visible(name.label) + (name.rule?.location.map { Style.visible(" (\($0.shortFileAndLine))") } ?? "")
  }
}

extension FlowOutcome.Ruling {
  private static func place(of judgement: Judgement, in world: World) -> Int {
    let decision = judgement.decidedBy
    let subject = Int(decision.subject)
    let rules =
      decision.kind == .policy
      ? world.policies[subject].rules(decision.direction) : world.profiles[subject].rules(decision.direction)
    return rules.placeWhenWritten(of: Int(decision.rule), matching: judgement.delivered)
  }
}

extension FlowOutcome {
  /// The verdict on the packet as a scenario names it.
  var verdict: Expectation.Verdict {
    switch result {
    case .error: .error
    case .judged(let forward, _): forward.isAllowed ? .allow : .deny
    }
  }

  /// Does the reply do anything but pass as that of a known connection?
  var hasReplyToTell: Bool {
    guard case .judged(_, let reply?) = result else { return false }
    return !reply.isAllowed || reply.decider.kind != .conntrackEstablished
  }

  /// The stage at which the packet was settled.
  var stage: Stage? {
    guard case .judged(let forward, _) = result else { return nil }
    return forward.decider.stage
  }

  /// `ALLOW by policy web ingress[0] (cluster.yaml:31)`, with the reply where it does not simply pass.
  func text(_ style: Style, showsReply: Bool? = nil, showsStage: Bool = false) -> String {
    switch result {
    case .error(let reason): return "\(style.bad("ERROR")) \(Style.visible(reason))"
    case .judged(let forward, let reply):
      let packet = Self.text(forward, style) + (showsStage ? forward.decider.stage.map { ", \($0.rawValue) stage" } ?? "" : "")
      guard let reply, showsReply ?? hasReplyToTell else { return packet }
      return "\(packet); reply \(Self.text(reply, style))"
    }
  }

  private static func text(_ ruling: Ruling, _ style: Style) -> String {
    "\(ruling.isAllowed ? style.good("ALLOW") : style.bad("DENY")) by \(ruling.label)"
  }
}
