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

  /// A verdict on nothing, for `judge(_:into:)`.
  package init() {
    let nowhere = IPAddress(v4: 0)
    forward = Judgement(
      path: .toHost, isAllowed: false, decidedBy: .notPoliced, exit: nil, delivered: Packet(.tcp, from: nowhere, to: nowhere),
      state: .new)
    matched = []
    replyMatched = []
  }

  package init(
    forward: Judgement, matched: [Decision], reply: Judgement? = nil, replyMatched: [Decision] = [],
    replyError: FlowError? = nil
  ) {
    self.forward = forward
    self.matched = matched
    self.reply = reply
    self.replyMatched = replyMatched
    self.replyError = replyError
  }
}

extension Walker {
  /// Judges a packet, and its reply if it is delivered.
  package func judge(_ flow: Flow) throws(FlowError) -> Verdict {
    var verdict = Verdict()
    try judge(flow, into: &verdict)
    return verdict
  }

  /// The same into a verdict that has been used before, so that its lists need no new memory.
  package func judge(_ flow: Flow, into verdict: inout Verdict) throws(FlowError) {
    verdict.reply = nil
    verdict.replyError = nil
    verdict.matched.removeAll(keepingCapacity: true)
    verdict.replyMatched.removeAll(keepingCapacity: true)
    var recorder = MatchRecorder()
    swap(&recorder.matched, &verdict.matched)
    defer { swap(&recorder.matched, &verdict.matched) }
    verdict.forward = try walk(flow, as: .first, &recorder)
    guard let answer = replyFlow(to: flow, verdict.forward) else { return }
    var replyRecorder = MatchRecorder()
    swap(&replyRecorder.matched, &verdict.replyMatched)
    do throws(FlowError) {
      verdict.reply = try walk(answer, as: .answer(isTracked: verdict.forward.state == .new), &replyRecorder)
    } catch {
      verdict.replyError = error
      replyRecorder.matched.removeAll(keepingCapacity: true)
    }
    swap(&replyRecorder.matched, &verdict.replyMatched)
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
