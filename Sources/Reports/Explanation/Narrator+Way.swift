import Selector
import Simulator

/// The way of a packet: where it enters, what connection tracking, DNAT and routing make of it, and where it ends.
extension Narrator {
  mutating func sayEntry(_ journey: Journey) {
    let packet = journey.packet
    let what = "\(packet.protocol.article) \(packet.protocol.inProse) packet" + detail(packet)
    let facts = [Fact.entry(journey.entry, packet)]
    guard case .interface(let place) = journey.entry else {
      return say("A process on \(name: walker.topology.node) sends \(what)", facts)
    }
    let interface = walker.topology.interfaces[place]
    self.place = Place(place, interface.isWorkload ? .egress : .ingress)
    guard interface.isWorkload else {
      return say("\(what) enters \(name: walker.topology.node) through \(interfaceName(place))", facts)
    }
    say("\(workloadName(place)) of \(name: walker.topology.node) sends \(what)", facts)
  }

  mutating func sayReplyEntry(_ reply: Journey) {
    say(
      "The reply, \(reply.packet.protocol.inProse)\(detail(reply.packet)), \(entrance(reply))",
      [.entry(reply.entry, reply.packet)])
  }

  private mutating func entrance(_ reply: Journey) -> Prose {
    guard case .interface(let place) = reply.entry else { return "comes from a process on \(name: walker.topology.node)" }
    self.place = Place(place, walker.topology.interfaces[place].isWorkload ? .egress : .ingress)
    return walker.topology.interfaces[place].isWorkload
      ? "comes from \(workloadName(place))" : "enters through \(interfaceName(place))"
  }

  /// ` from 10.0.0.2 port 49152 to 10.0.0.1 port 80`.
  private func detail(_ packet: Packet) -> Prose {
    guard packet.protocol.hasPorts else {
      let type = packet.protocol.isICMP ? " of \(ICMPWords.type(packet))" : ""
      return "\(type) from \(packet.source.description) to \(packet.destination.description)"
    }
    return
      " from \(packet.source.description) port \(packet.sourcePort) to \(packet.destination.description) port \(packet.destinationPort)"
  }

  // MARK: Connection tracking, DNAT, routing

  mutating func sayClass(_ state: ConntrackState, _ journey: Journey) {
    let fact = [Fact.conntrack(state)]
    let tracking: Prose = "connection tracking\(glossary.meaning(of: .conntrack))"
    switch state {
    case .new:
      say(
        part == .reply
          ? "as no connection is known to which it belongs, \(tracking) takes it for the first packet of a new one"
          : "for \(tracking) it begins a new connection", fact)
    case .established: say("for \(tracking) it belongs to the connection that the packet began", fact)
    case .invalid: say("for \(tracking) it is invalid: it begins no connection, and it belongs to none that is known", fact)
    case .untracked:
      say("so it stays out of \(tracking): no connection is recorded for it, and its destination is not rewritten", fact)
    }
  }

  mutating func sayTranslation(_ before: Packet, _ after: Packet, _ rule: Int) {
    say(
      "DNAT\(glossary.meaning(of: .dnat)) sends it on to \(after.destinationText) instead of \(before.destinationText)",
      [.dnat(from: before, to: after, rule: rule)])
  }

  mutating func sayRoute(_ exit: Exit, _ path: Path, _ journey: Journey) {
    let fact = [Fact.route(exit, path)]
    guard case .interface(let place) = exit else { return say("\(subject) is for the host itself", fact) }
    let interface = walker.topology.interfaces[place]
    say(
      interface.isWorkload
        ? "\(subject) is for \(workloadName(place))" : "\(subject) is to leave through \(interfaceName(place))", fact)
  }

  // MARK: The end

  mutating func sayEnd(of journey: Journey) {
    let judgement = journey.judgement
    let fact = [Fact.verdict(isAllowed: judgement.isAllowed, judgement.decidedBy)]
    let what: Prose = part == .reply ? "the reply" : "the packet"
    guard let exit = judgement.exit else {
      return say(
        part == .reply ? "so the reply is dropped, and the packet's sender gets no answer" : "so the packet is dropped", fact)
    }
    let end: Prose = part == .reply ? "is allowed, too, and" : "is allowed and"
    let lead: Prose = judgement.decidedBy.kind == .notPoliced ? "nothing that Calico polices stands in its way, so" : "so"
    say("\(lead) \(what) \(end) \(destination(exit))", fact)
  }

  private func destination(_ exit: Exit) -> Prose {
    switch exit {
    case .host: return "reaches the host"
    case .interface(let place):
      let interface = walker.topology.interfaces[place]
      guard interface.isWorkload else { return "leaves through \(name: interface.name)" }
      return interface.endpoint.map { "reaches workload \(name: walker.world.endpoints[$0].shortName)" }
        ?? "leaves through \(name: interface.name)"
    }
  }

  /// A reply that passes because its connection is known: what untracked policy made of it, and the rest in one sentence.
  mutating func sayPlainReply(_ reply: Journey) {
    let asked = reply.steps.compactMap(\.gate).filter { $0.outcome != nil }
    let untracked = asked.filter { $0.stage == .untracked }
    if !untracked.isEmpty { sayReplyEntry(reply) }
    for gate in untracked { sayAsked(gate, reply) }
    let entrance: Prose =
      untracked.isEmpty
      ? "the reply, \(reply.packet.protocol.inProse)\(detail(reply.packet)), \(entrance(reply)) and belongs" : "it belongs"
    let names = asked.filter { $0.stage != .untracked && $0.endpoint != nil }.reduce(into: [Prose]()) { names, gate in
      let name = endpointName(GateSite(gate))
      if !names.contains(name) { names.append(name) }
    }
    let reason: Prose =
      names.isEmpty
      ? "and nothing \(untracked.isEmpty ? "" : "else ")polices it on its way"
      : "so it is let through at \(.list(names)) without policies being asked"
    let exit = reply.judgement.exit.map { destination($0) } ?? "goes"
    say(
      "\(entrance) to the connection that the packet began, \(reason): it \(exit)",
      plainFacts(reply, isEntryTold: !untracked.isEmpty))
  }

  private func plainFacts(_ reply: Journey, isEntryTold: Bool) -> [Fact] {
    let rest = reply.steps.compactMap { step -> Fact? in
      switch step {
      case .gate(let gate):
        guard gate.stage != .untracked, case .accepted(let decision)? = gate.outcome else { return nil }
        return .builtIn(decision)
      case .route(let exit, let path): return .route(exit, path)
      case .dnat(let before, let after, let rule): return .dnat(from: before, to: after, rule: rule)
      case .conntrack: return nil
      }
    }
    return (isEntryTold ? [] : [.entry(reply.entry, reply.packet)]) + [.conntrack(reply.judgement.state)] + rest
      + [.verdict(isAllowed: true, reply.judgement.decidedBy)]
  }

  // MARK: Names

  /// Of whose way is told: without it a reply's sentences would be those of the packet again.
  var subject: Prose { part == .reply ? "the reply" : "it" }

  /// `eth0`, the first time with what Calico makes of it.
  mutating func interfaceName(_ place: Int) -> Prose {
    let interface = walker.topology.interfaces[place]
    guard let endpoint = interface.endpoint, introduced.insert(place).inserted else { return "\(name: interface.name)" }
    let meaning = glossary.meaning(of: .hostEndpoint)
    return "\(name: interface.name), which is host endpoint \(name: walker.world.endpoints[endpoint].shortName)\(meaning)"
  }

  /// `workload shop`, the first time with its interface.
  mutating func workloadName(_ place: Int) -> Prose {
    let interface = walker.topology.interfaces[place]
    guard let endpoint = interface.endpoint else {
      return "an unknown workload behind \(name: interface.name)\(glossary.meaning(of: .workload))"
    }
    let name: Prose = "workload \(name: walker.world.endpoints[endpoint].shortName)"
    guard introduced.insert(place).inserted else { return name }
    return "\(name)\(glossary.meaning(of: .workload)) on \(name: interface.name)"
  }

  /// The endpoint of a gate: `host endpoint eth0-hep on eth0` the first time, then its name.
  mutating func endpointName(_ site: GateSite) -> Prose {
    guard let place = site.interface else { return "the host" }
    let interface = walker.topology.interfaces[place]
    if interface.isWorkload { return workloadName(place) }
    guard let endpoint = site.endpoint else { return "\(name: interface.name)" }
    let name = walker.world.endpoints[endpoint].shortName
    guard introduced.insert(place).inserted else { return "\(name: name)" }
    return "host endpoint \(name: name)\(glossary.meaning(of: .hostEndpoint)) on \(name: interface.name)"
  }
}

extension IPProtocol {
  /// `a` or `an`, as it is said before the protocol's name.
  fileprivate var article: String { [.icmp, .icmpv6, .sctp].contains(self) ? "an" : "a" }
}

/// ICMP types as people call them.
enum ICMPWords {
  /// `type 8 (echo request)`.
  static func type(_ packet: Packet) -> String {
    let code = packet.icmpCode == 0 ? "" : " code \(packet.icmpCode)"
    return "type \(packet.icmpType)\(code)" + (name(packet).map { " (\($0))" } ?? "")
  }

  private static func name(_ packet: Packet) -> String? {
    switch (packet.protocol, packet.icmpType) {
    case (.icmp, 8), (.icmpv6, 128): "echo request, as ping sends it"
    case (.icmp, 0), (.icmpv6, 129): "echo reply, the answer to a ping"
    default: nil
    }
  }
}
