import Pictures
import Reports
import Selector
import Simulator
import Testing

/// A picture holds what the trace holds, on worlds and packets drawn at random.
@Suite struct PathPictureTests {
  private struct Count {
    var ways = 0
    var denied = 0
    var marked = 0
    var skipped = 0
    var unreached = 0
    var rewritten = 0
    var failedCriteria = 0
  }

  @Test(arguments: Semantics.all.map(\.name))
  func everyStepIsInThePictureOnceAndInOrder(name: String) throws {
    let semantics = try #require(Semantics.named(name))
    var count = Count()
    for seed in 1...UInt64(30) {
      var drawn = RandomWorld(seed: seed &* 6151)
      let walker = Walker(
        world: World(try drawn.make(policies: 8, rulesUpTo: 4)), node: "h", semantics: semantics)
      for _ in 0..<60 {
        guard let trace = try? walker.trace(drawn.flow(on: walker)) else { continue }
        let picture = PathPicture(trace, on: walker)
        #expect((picture.reply != nil) == (trace.reply != nil))
        compare(picture.packet, trace.forward, of: picture, on: walker, &count)
        if let reply = trace.reply, let way = picture.reply { compare(way, reply, of: picture, on: walker, &count) }
        if !trace.forward.judgement.isAllowed { #expect(picture.replyAbsence == nil) }
      }
    }
    #expect(
      count.denied > 100 && count.marked > 100 && count.skipped > 100 && count.unreached > 20 && count.rewritten > 5
        && count.failedCriteria > 100, "too little to tell: \(count)")
  }

  private func compare(
    _ way: PathPicture.Way, _ journey: Journey, of picture: PathPicture, on walker: Walker, _ count: inout Count
  ) {
    count.ways += 1
    let judgement = journey.judgement
    let met = way.stations.filter { if case .gate(let gate) = $0 { gate.step != nil } else { true } }
    #expect(met.count == journey.steps.count)
    for (station, step) in zip(met, journey.steps) { compare(station, step, journey, picture, walker, &count) }
    // Together with what the packet did not reach it is every gate that the semantics put on the path.
    #expect(way.gates.map(\.title) == (walker.semantics.gates[judgement.path] ?? []).map(\.title))
    checkVerdict(way, judgement, &count)
    if !judgement.isAllowed { count.denied += 1 }
    for gate in way.gates where gate.step == nil {
      count.unreached += 1
      #expect(!judgement.isAllowed && !gate.state.isAsked && gate.tried.isEmpty)
    }
  }

  private func checkVerdict(_ way: PathPicture.Way, _ judgement: Judgement, _ count: inout Count) {
    let marked = way.gates.filter(\.decides)
    #expect(way.isAllowed == judgement.isAllowed && way.ruling.decision == judgement.decidedBy)
    #expect((way.exit == nil) == (judgement.exit == nil))
    #expect(marked.count == (judgement.decidedBy.kind == .notPoliced ? 0 : 1))
    guard let gate = marked.first, case .asked(let outcome) = gate.step?.result else {
      #expect(marked.isEmpty, "the marked gate was not asked")
      return
    }
    count.marked += 1
    #expect(outcome == (judgement.isAllowed ? .accepted(judgement.decidedBy) : .denied(judgement.decidedBy)))
  }

  private func compare(
    _ station: PathPicture.Station, _ step: TraceStep, _ journey: Journey, _ picture: PathPicture, _ walker: Walker,
    _ count: inout Count
  ) {
    switch (station, step) {
    case (.conntrack(let shown), .conntrack(let state)): #expect(shown == state)
    case (.dnat(let from, let to), .dnat(let before, let after, _)):
      count.rewritten += 1
      #expect(from == before.destinationText && to == after.destinationText)
    case (.route(let place), .route(let exit, _)):
      if case .interface(let index) = exit {
        #expect(picture.interface(place)?.name == walker.topology.interfaces[index].name.text)
      } else {
        #expect(place == .process)
      }
    case (.gate(let gate), .gate(let step)):
      // Steps cannot be compared; their texts name every field.
      #expect(gate.step.map { "\($0)" } == "\(step)")
      checkState(gate, step, walker, &count)
      checkTried(gate, step, journey.packet(at: step), walker, &count)
    default: Issue.record("\(station) stands for \(step)")
    }
  }

  private func checkState(_ gate: PathPicture.GateView, _ step: GateStep, _ walker: Walker, _ count: inout Count) {
    switch (gate.state, step.result) {
    case (.accepts(let ruling), .asked(.accepted(let decision))), (.drops(let ruling), .asked(.denied(let decision))):
      #expect(ruling.decision == decision && ruling.label == DecisionName(decision, on: walker).label)
    case (.noVerdict, .asked(.noVerdict)): break
    case (.never(let reason), .passed(.never)): #expect(reason == step.neverBecause)
    case (.skipped(let reason), .passed(let pass)):
      count.skipped += 1
      switch pass {
      case .spared(let decision), .final(let decision):
        #expect(reason.hasPrefix(DecisionName(decision, on: walker).label))
      case .noEndpoint: #expect(reason.contains("no host endpoint"))
      case .noPolicy: #expect(reason.contains("no policy"))
      case .noInterface: #expect(reason.contains("stays on the host"))
      case .never: Issue.record("a gate that never stands here is shown as skipped")
      }
    default: Issue.record("\(gate.state) stands for \(step.result)")
    }
  }

  private func checkTried(
    _ gate: PathPicture.GateView, _ step: GateStep, _ packet: Packet, _ walker: Walker, _ count: inout Count
  ) {
    #expect(gate.tried.map { $0.rules.count } == step.attempts.map { $0.rules.count })
    for (tried, attempt) in zip(gate.tried, step.attempts) {
      for (rule, result) in zip(tried.rules, attempt.rules) {
        let criteria = walker.criteria(
          of: attempt.kind, subject: attempt.subject, step.direction, rule: result.rule, packet)
        #expect(criteria.first { !$0.holds }?.criterion == result.failure)
        #expect(rule.criteria.map(\.holds) == criteria.map(\.holds))
        #expect(rule.matched == (result.failure == nil))
        if let failure = result.failure, failure != .disabled, failure != .netFamily {
          count.failedCriteria += 1
          #expect(rule.criteria.first { !$0.holds }?.text.hasPrefix("\(failure.field): ") == true)
        }
      }
    }
  }
}
