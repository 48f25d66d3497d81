import Reports
import Scenarios
import Selector
package import Session
package import Simulator

/// A flow whose fate is to be told, with what really becomes of it.
package struct JudgedFlow: Sendable {
  package let walker: Walker
  /// The way of the packet that is asked about: the flow's own or its answer.
  package let journey: Journey
  package let isAboutReply: Bool
  /// Was the packet that this one answers tracked?
  let answersTracked: Bool

  /// Why a flow has no fate that could be told.
  package struct Failure: Error, Hashable, Sendable {
    package var message: String
    package var help: String
  }

  /// Walks a flow through the world of a session.
  package init(_ text: String, isAboutReply: Bool, in session: inout Session) throws(Failure) {
    let (walker, flow) = try Self.resolve(text, in: &session)
    try self.init(flow, isAboutReply: isAboutReply, on: walker)
  }

  init(_ flow: Flow, isAboutReply: Bool, on walker: Walker) throws(Failure) {
    let trace = try Self.trace(flow, on: walker)
    self.walker = walker
    self.isAboutReply = isAboutReply
    answersTracked = trace.forward.judgement.state == .new
    guard isAboutReply else {
      journey = trace.forward
      return
    }
    guard let reply = trace.reply else {
      throw Failure(message: "nothing answers this packet", help: "ask about the packet itself")
    }
    journey = reply
  }

  private static func resolve(_ text: String, in session: inout Session) throws(Failure) -> (walker: Walker, flow: Flow) {
    do throws(FlowTextErrors) {
      return try session.resolved(text)
    } catch {
      throw Failure(
        message: error.errors.map(\.message).joined(separator: "; "), help: error.errors.map(\.help).joined(separator: "; "))
    }
  }

  private static func trace(_ flow: Flow, on walker: Walker) throws(Failure) -> Trace {
    do throws(FlowError) {
      return try walker.trace(flow)
    } catch {
      throw Failure(message: error.message(walker), help: error.help(walker))
    }
  }

  package var judgement: Judgement { journey.judgement }

  /// The one decision that is right.
  package var decision: DecisionPattern { DecisionPattern(judgement.decidedBy, on: walker) }

  /// What somebody would type who knows.
  package var answer: String {
    var pattern = decision
    (pattern.stage, pattern.endpoint) = (nil, nil)
    return "\(judgement.isAllowed ? "allow" : "deny") by \(pattern.text)"
  }

  package func isRight(_ guess: Guess) -> Bool {
    guard guess.isAllowed == judgement.isAllowed, let wanted = guess.decision else { return false }
    return wanted.matches(decision, shortName: walker.shortName(judgement)) && (guess.failsafe.map(isPort) ?? true)
  }

  private func isPort(_ guess: FailsafeGuess) -> Bool {
    let name = DecisionName(judgement.decidedBy, on: walker)
    return name.failsafe.map { guess.fits(name.decision.direction, $0) } ?? false
  }

  /// Of a default drop on a path on which two endpoints have one: at which it was.
  var place: String? {
    guard [.noPolicyMatched, .noProfileMatched].contains(judgement.decidedBy.kind),
      [.forwarded, .workloadToWorkload].contains(judgement.path)
    else { return nil }
    return walker.shortName(judgement)?.text
  }
}
