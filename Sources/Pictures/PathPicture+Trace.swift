import Reports
import Selector
package import Simulator

extension PathPicture {
  /// The picture of a trace.
  ///
  /// - Parameter walker: the one that made the trace.
  /// - Complexity: linear in the steps of the trace, the rules that were tried, and the interfaces of the host.
  package init(_ trace: Trace, on walker: Walker) {
    let maker = PictureMaker(walker: walker)
    host = Style.visible(walker.topology.node.text)
    semantics = walker.semantics.name
    interfaces = walker.topology.interfaces.map { maker.interface($0) }
    packet = maker.way(.packet, trace.forward)
    reply = trace.reply.map { maker.reply($0, to: trace.forward) }
    if let error = trace.replyError {
      replyAbsence = Style.visible("\(error.message(walker)); \(error.help(walker))")
    } else if trace.reply == nil, trace.forward.judgement.isAllowed {
      replyAbsence = "nothing answers this packet"
    }
    notes = trace.notes.map { NoteText(note: $0, walker: walker).text }
  }
}

/// Puts the parts of a picture together from those of a trace.
private struct PictureMaker {
  let walker: Walker

  func interface(_ interface: Topology.Interface) -> PathPicture.Interface {
    let endpoint = interface.endpoint.map { walker.world.endpoints[$0] }
    var addresses = interface.addresses.map(\.address.description)
    if interface.isWorkload, let endpoint { addresses = endpoint.addresses.map(\.description) }
    return PathPicture.Interface(
      name: Style.visible(interface.name.text), isWorkload: interface.isWorkload,
      endpoint: endpoint.map { Style.visible($0.shortName.text) }, addresses: addresses)
  }

  // MARK: Ways

  func way(_ role: PathPicture.Way.Role, _ journey: Journey) -> PathPicture.Way {
    let judgement = journey.judgement
    var stations = journey.steps.map { station($0, journey) }
    mark(judgement.decidedBy, in: &stations)
    stations += unreached(journey).map(PathPicture.Station.gate)
    return PathPicture.Way(
      role: role, packet: journey.packet.text, entry: place(journey.entry), exit: judgement.exit.map(place),
      path: judgement.path, isAllowed: judgement.isAllowed, ruling: ruling(judgement.decidedBy), stations: stations)
  }

  /// A reply of a tracked connection gets its addresses back at the end (SEMANTICS section 6).
  func reply(_ journey: Journey, to forward: Journey) -> PathPicture.Way {
    var way = way(.reply, journey)
    guard way.isAllowed, journey.judgement.state == .established, let answer = forward.packet.reply else { return way }
    let (carried, original) = (journey.packet.sourceText, answer.sourceText)
    if carried != original { way.restored = "\(carried) becomes \(original) again" }
    return way
  }

  private func place(_ entry: Flow.Entry) -> PathPicture.Place {
    switch entry {
    case .host: .process
    case .interface(let place): self.place(interface: place)
    }
  }

  private func place(_ exit: Exit) -> PathPicture.Place {
    switch exit {
    case .host: .process
    case .interface(let place): self.place(interface: place)
    }
  }

  private func place(interface place: Int) -> PathPicture.Place {
    walker.topology.interfaces[place].isWorkload ? .workload(interface: place) : .outside(interface: place)
  }

  private func station(_ step: TraceStep, _ journey: Journey) -> PathPicture.Station {
    switch step {
    case .gate(let gate): .gate(view(gate, journey.packet(at: gate)))
    case .conntrack(let state): .conntrack(state)
    case .dnat(let before, let after, _): .dnat(before: before.destinationText, after: after.destinationText)
    case .route(let exit, _): .route(place(exit))
    }
  }

  /// A decision says where it was taken, so it is that of one gate, or of none.
  private func mark(_ decision: Decision, in stations: inout [PathPicture.Station]) {
    let place = stations.firstIndex { station in
      guard case .gate(let gate) = station else { return false }
      switch gate.state {
      case .accepts(let ruling), .drops(let ruling): return ruling.decision == decision
      case .noVerdict, .skipped, .never, .unreached: return false
      }
    }
    guard let place, case .gate(var gate) = stations[place] else { return }
    gate.decides = true
    stations[place] = .gate(gate)
  }

  // MARK: Gates

  private func view(_ step: GateStep, _ packet: Packet) -> PathPicture.GateView {
    PathPicture.GateView(
      title: step.title, place: place(of: step), state: state(step), decides: false, claim: step.claim,
      tried: step.attempts.map { tried($0, step.direction, packet) }, step: step)
  }

  private func place(of step: GateStep) -> String {
    let interface = step.interface.map { walker.topology.interfaces[$0].name.text }
    guard let endpoint = step.endpoint else { return Style.visible(interface ?? Self.whose(step.side)) }
    let name = walker.world.endpoints[endpoint].shortName.text
    return Style.visible(interface.map { "\(name) (\($0))" } ?? name)
  }

  private static func whose(_ side: Gate.Side) -> String {
    switch side {
    case .arrival: "the interface by which it came"
    case .departure: "the interface by which it would leave"
    case .departureBeforeDNAT: "the interface by which it would leave without DNAT"
    case .sender: "the workload that sent it"
    case .receiver: "the workload that would get it"
    case .hostAction: "the host"
    }
  }

  private func state(_ step: GateStep) -> PathPicture.State {
    switch step.result {
    case .asked(.accepted(let decision)): .accepts(ruling(decision))
    case .asked(.denied(let decision)): .drops(ruling(decision))
    case .asked(.noVerdict): .noVerdict
    case .passed(.never): .never(reason: step.neverBecause ?? GatePass.never.text(on: walker))
    case .passed(let reason): .skipped(reason: reason.text(on: walker))
    }
  }

  private func ruling(_ decision: Decision) -> PathPicture.Ruling {
    let text = DecisionText(decision, on: walker, style: .plain)
    return PathPicture.Ruling(
      decision: decision, label: Style.visible(DecisionName(decision, on: walker).label), location: text.location,
      why: text.why)
  }

  /// The gates that were still to come when the packet was dropped.
  private func unreached(_ journey: Journey) -> [PathPicture.GateView] {
    guard !journey.judgement.isAllowed else { return [] }
    let origin: Path.Origin =
      switch place(journey.entry) {
      case .process: .host
      case .outside: .hostInterface
      case .workload: .workload
      }
    let path = journey.judgement.path
    let all = walker.semantics.gatesBeforeRouting(from: origin) + walker.semantics.gatesAfterRouting(on: path)
    let met = journey.steps.count { if case .gate = $0 { true } else { false } }
    return all.dropFirst(met).map { gate in
      PathPicture.GateView(
        title: gate.title, place: Self.whose(gate.side),
        state: gate.neverBecause.map { .never(reason: $0) } ?? .unreached, decides: false, claim: gate.claim, tried: [])
    }
  }

  // MARK: Rules

  private func tried(_ attempt: GateStep.Attempt, _ direction: Direction, _ packet: Packet) -> PathPicture.Tried {
    let text = AttemptText(attempt, direction, on: walker)
    let rules = attempt.rules.map { result in
      let rule = text.rules[result.rule]
      let words = CriterionText(rule: rule, packet: packet)
      let criteria = walker.criteria(of: attempt.kind, subject: attempt.subject, direction, rule: result.rule, packet)
      return PathPicture.TriedRule(
        label: "\(direction.rawValue)[\(result.rule)]", text: RuleText(rule: rule).text, location: rule.location,
        matched: result.failure == nil,
        criteria: criteria.map { criterion in
          PathPicture.TriedRule.Criterion(
            text: criterion.holds ? words.demand(criterion.criterion) : words.reason(criterion.criterion),
            holds: criterion.holds)
        })
    }
    return PathPicture.Tried(head: text.head, rules: rules)
  }
}
