extension Walker {
  /// Judges a packet and its reply, keeping every step.
  ///
  /// - Parameter other: the same host under other semantics; where it decides otherwise the trace says so.
  package func trace(_ flow: Flow, comparedWith other: Walker? = nil) throws(FlowError) -> Trace {
    let forward = try journey(flow, as: .first)
    var trace = Trace(flow: flow, forward: forward, notes: [])
    if let answer = replyFlow(to: flow, forward.judgement) {
      do throws(FlowError) {
        trace.reply = try journey(answer, as: .answer(isTracked: forward.judgement.state == .new))
      } catch {
        trace.replyError = error
      }
    }
    trace.notes = notes(trace)
    if let other, let note = try comparison(trace, other) { trace.notes.append(note) }
    return trace
  }

  private func journey(_ flow: Flow, as role: FlowRole) throws(FlowError) -> Journey {
    var recorder = TraceRecorder(gates: gates)
    let judgement = try walk(flow, as: role, &recorder)
    return Journey(
      packet: flow.packet, entry: flow.entry, judgement: judgement, matched: recorder.matched,
      steps: recorder.steps.map { claimed($0, on: judgement.path) })
  }

  /// Gates before routing are the same on several paths; now that the path is known, so is the claim.
  private func claimed(_ step: TraceStep, on path: Path) -> TraceStep {
    guard case .gate(var gate) = step, gate.stage.isBeforeRouting,
      let known = semantics.gates[path]?.first(where: { $0.stage == gate.stage && $0.side == gate.side })
    else { return step }
    gate.claim = known.claim
    return .gate(gate)
  }

  private func comparison(_ trace: Trace, _ other: Walker) throws(FlowError) -> TraceNote? {
    let verdict = try other.judge(trace.flow)
    let same =
      verdict.forward.isAllowed == trace.forward.judgement.isAllowed
      && verdict.reply?.isAllowed == trace.reply?.judgement.isAllowed
    return same ? nil : .otherSemantics(other.semantics.name, verdict: verdict)
  }

  /// The interface at which untracked policy might have spoken.
  private static func untrackedInterface(of journey: Journey) -> Int? {
    for case .gate(let gate) in journey.steps where gate.stage == .untracked { return gate.interface }
    return nil
  }

  private func notes(_ trace: Trace) -> [TraceNote] {
    var notes: [TraceNote] = []
    let forward = trace.forward.judgement
    let untracked = trace.forward.matched.first { $0.stage == .untracked && $0.kind == .policy && $0.action == .allow }
    if let untracked {
      if forward.path == .toWorkload {
        notes.append(.untrackedToWorkload(untracked))
      } else if let reply = trace.reply, reply.judgement.state != .untracked, !reply.judgement.isAllowed {
        notes.append(.untrackedOneWay(untracked, replyMeets: Self.untrackedInterface(of: reply)))
      }
      if let rule = topology.dnat.rule(for: trace.forward.packet) {
        notes.append(.dnatLost(untracked, rule: rule))
      }
    } else if let reply = trace.reply, reply.judgement.state == .untracked, reply.judgement.isAllowed,
      reply.packet.protocol == .tcp,
      let decision = reply.matched.first(where: { $0.stage == .untracked && $0.action == .allow })
    {
      notes.append(.replyUntracked(decision))
    }
    if case .interface(let place) = trace.flow.entry, let endpoint = topology.interfaces[place].endpoint,
      case .workload(let workload) = world.endpoints[endpoint],
      !workload.ipNetworks.contains(where: { $0.contains(trace.forward.packet.source) })
    {
      notes.append(.foreignSource(endpoint: endpoint))
    }
    if topology.document == nil { notes.append(.inferredNetwork(node: topology.node)) }
    return notes
  }
}
