import Selector

extension Walker {
  /// What is known of a packet on its way.
  struct Situation {
    var packet: Packet
    var entry: Flow.Entry
    var origin: Path.Origin
    var state: ConntrackState
    /// Accepts that may spare the packet later gates.
    var earlyAccepts: Gate.EarlyAccepts = []
    var acceptedBy: Decision?
    /// The decision of the early accept, for the trace.
    var earlyDecision: Decision?
    /// A failsafe or established match that ends the walk.
    var final: Decision?
    /// The interface that the route before DNAT gives to a packet of the host.
    var departureBeforeDNAT: Int32 = -1
    var departure: Int32 = -1
    var path: Path = .toHost
  }

  /// Walks one packet through every gate in its way.
  ///
  /// - Throws: `FlowError` where nothing can be said, such as for a destination without a route.
  func walk(
    _ flow: Flow, as role: FlowRole, _ recorder: inout some WalkRecorder
  ) throws(FlowError) -> Judgement {
    guard flow.packet.source.family == flow.packet.destination.family else { throw .mixedFamilies }
    var situation = try begin(flow, as: role)

    for number in gatesBeforeRouting(situation.origin) {
      let gate = code(number)
      // The path is not known yet; what is denied here is reported on the path that it would have taken.
      if let denied = ask(gate, &situation, &recorder) {
        situation.path = try pathIgnoringPolicy(of: flow, situation)
        return judgement(situation, deniedBy: denied)
      }
      if gate.stage == .untracked { recorder.classify(situation.state) }
    }
    if situation.origin == .workload { recorder.classify(situation.state) }
    let exit = try translateAndRoute(flow, &situation, &recorder)

    for number in gatesAfterRouting(situation.path) {
      if let denied = ask(code(number), &situation, &recorder) {
        return judgement(situation, deniedBy: denied)
      }
    }
    return judgement(situation, exit: exit)
  }

  private func begin(_ flow: Flow, as role: FlowRole) throws(FlowError) -> Situation {
    let origin: Path.Origin =
      switch flow.entry {
      case .host: .host
      case .interface(let place): plan.links[place].isWorkload ? .workload : .hostInterface
      }
    var situation = Situation(
      packet: flow.packet, entry: flow.entry, origin: origin, state: Self.state(of: flow.packet, as: role))
    if origin == .host {
      situation.departureBeforeDNAT = try departure(of: flow, to: flow.packet.destination)
    }
    return situation
  }

  /// Class of a packet before untracked policy has had its say (SEMANTICS section 6, rules 2 and 3).
  private static func state(of packet: Packet, as role: FlowRole) -> ConntrackState {
    switch role {
    case .answer(isTracked: true):
      return .established
    case .answer(isTracked: false) where packet.protocol == .tcp:
      return .invalid
    case .first, .answer:
      guard packet.protocol.isICMP else { return .new }
      return ICMPTypes.isValidWithoutConnection(packet.icmpType, of: packet.protocol) ? .new : .invalid
    }
  }

  /// Where a packet goes: an interface's index, or `RouteTable.local`.
  private func departure(of flow: Flow, to destination: IPAddress) throws(FlowError) -> Int32 {
    if let out = flow.out { return Int32(out) }
    let target: Int32 =
      switch flow.entry {
      case .host: topology.routes.lookup(destination)
      case .interface: topology.target(ofArriving: destination)
      }
    guard target != RouteTable.none else { throw .noRoute(destination) }
    return target
  }

  private func translateAndRoute(
    _ flow: Flow, _ situation: inout Situation, _ recorder: inout some WalkRecorder
  ) throws(FlowError) -> Exit {
    // Only the first packet of a connection meets the NAT table.
    if situation.state == .new, let rule = topology.dnat.rule(for: situation.packet) {
      let rewritten = topology.dnat.rewrite(situation.packet, by: rule)
      recorder.rewrite(situation.packet, rewritten, rule: rule)
      situation.packet = rewritten
    }
    situation.departure = try departure(of: flow, to: situation.packet.destination)
    situation.path = Path(from: situation.origin, to: target(situation.departure))
    if situation.origin == .host, situation.departure == RouteTable.local { try refuseGovernedLoopback() }
    let exit: Exit = situation.departure == RouteTable.local ? .host : .interface(Int(situation.departure))
    recorder.route(exit, path: situation.path)
    return exit
  }

  private func target(_ departure: Int32) -> Path.Target {
    guard departure != RouteTable.local else { return .host }
    return plan.links[Int(departure)].isWorkload ? .workload : .hostInterface
  }

  private func refuseGovernedLoopback() throws(FlowError) {
    if let loopback = topology.interface(named: "lo"), let endpoint = topology.interfaces[loopback].endpoint {
      throw .governedLoopback(endpoint: endpoint)
    }
  }

  /// The path for a packet that was stopped before routing: where it would have gone.
  private func pathIgnoringPolicy(of flow: Flow, _ situation: Situation) throws(FlowError) -> Path {
    var packet = situation.packet
    if situation.state == .new, let rule = topology.dnat.rule(for: packet) {
      packet = topology.dnat.rewrite(packet, by: rule)
    }
    return Path(from: situation.origin, to: target(try departure(of: flow, to: packet.destination)))
  }

  private func judgement(_ situation: Situation, deniedBy decision: Decision) -> Judgement {
    Judgement(
      path: situation.path, isAllowed: false, decidedBy: decision, exit: nil, delivered: situation.packet,
      state: situation.state)
  }

  private func judgement(_ situation: Situation, exit: Exit) -> Judgement {
    Judgement(
      path: situation.path, isAllowed: true, decidedBy: situation.acceptedBy ?? .notPoliced, exit: exit,
      delivered: situation.packet, state: situation.state)
  }
}
