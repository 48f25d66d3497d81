/// A packet and its reply judged, with every decision that they matched; no steps.
package struct Verdict: Hashable, Sendable {
  package var forward: Judgement
  /// Every rule that matched on the way and every built-in decision, in the order met (DESIGN, JSON contracts).
  package var matched: [Decision]
  /// `nil` if the packet was denied, or if nothing answers it.
  package var reply: Judgement?
  package var replyMatched: [Decision]
  /// Why the reply could not be judged.
  package var replyError: FlowError?
}

extension Walker {
  /// Judges a packet, and its reply if it is delivered.
  package func judge(_ flow: Flow) throws(FlowError) -> Verdict {
    var recorder = MatchRecorder()
    let forward = try walk(flow, as: .first, &recorder)
    var verdict = Verdict(forward: forward, matched: recorder.matched, replyMatched: [])
    guard let answer = replyFlow(to: flow, forward) else { return verdict }
    recorder.matched = []
    do throws(FlowError) {
      verdict.reply = try walk(answer, as: .answer(isTracked: forward.state == .new), &recorder)
      verdict.replyMatched = recorder.matched
    } catch {
      verdict.replyError = error
    }
    return verdict
  }

  /// The answer to a delivered packet: it enters where the packet left. Where no routes are known at all it goes back
  /// the way the packet came.
  func replyFlow(to flow: Flow, _ forward: Judgement) -> Flow? {
    guard let exit = forward.exit, let packet = forward.delivered.reply else { return nil }
    let entry: Flow.Entry =
      switch exit {
      case .host: .host
      case .interface(let place): .interface(place)
      }
    var out: Int?
    if topology.document?.routes == nil, case .interface(let place) = flow.entry,
      topology.routes.lookup(packet.destination) == RouteTable.none
    {
      out = place
    }
    return Flow(packet, entry: entry, out: out)
  }
}
