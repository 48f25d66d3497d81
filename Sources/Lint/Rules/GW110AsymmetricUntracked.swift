import Manifests
import Selector
import Simulator

extension LintRule {
  static let asymmetricUntracked = LintRule(
    id: "GW110", name: "asymmetric-untracked", severity: .error,
    summary: "an untracked rule without its counterpart: replies are dropped",
    claims: ["S58", "S61", "S62", "S90", "S91", "D3"],
    basis:
      "nothing tracks the connections that an untracked policy allows, so its ingress and egress rules have to be symmetric: "
      + "to port 999 in, from port 999 out",
    explanation: """
      What untracked policy allows leaves no connection behind, so the reply is a packet like any other: it needs an untracked
      rule of its own, with source and destination swapped. Without it a TCP reply is invalid and dropped; a reply over UDP is
      left to normal policy, and is tracked if that lets it through.

      ```yaml
      spec:
        doNotTrack: true
        selector: role == "cache"
        ingress:
        - {action: allow, protocol: tcp, destination: {ports: [11211]}}
      ```

      Add the way back. For packets that are forwarded it is an ingress rule at the interface by which the reply comes in.

      ```yaml
        egress:
        - {action: allow, protocol: tcp, source: {ports: [11211]}}
      ```
      """
  ) { context in
    var search = UntrackedSearch(context)
    let allows = search.allows
    return allows.compactMap { allow in
      let counterparts = Counterparts(context: context, allow: allow)
      let finding =
        search.first(allow, counterparts.flows) { counterparts.finding(at: $0, $1, $2) }
        ?? search.sites(of: allow).lazy.compactMap(counterparts.findingWithoutAddress).first
      // A rule that is a way back needs none itself.
      guard let finding, !(allow.looksLikeAnswers && allows.contains { counterparts.answer($0, search) }) else { return nil }
      return finding
    }
  }
}

/// An untracked rule and the replies to what it allows.
private struct Counterparts {
  let context: LintContext
  let allow: UntrackedSearch.Allow

  private var rule: Rule { allow.rule }

  /// Packets to or from the host itself, and through it where the rule says which.
  func flows(at site: UntrackedSearch.Site) -> [Flow] {
    let topology = context.topologies[site.topology]
    let own = ownAddresses(at: site)
    if allow.place.direction == .egress {
      return own.filter(rule.source.admits).flatMap { address in
        context.samples(rule.destination, address.family).filter { topology.isOutside($0) }.flatMap { other in
          allow.packets(from: address, to: other).map { Flow($0, entry: .host, out: site.interface) }
        }
      }
    }
    let families = Set(own.map(\.family)).sorted { $0.rawValue < $1.rawValue }
    return families.flatMap { family -> [Flow] in
      let isOpen = rule.destination.nets.isEmpty && rule.destination.selector == nil && rule.destination.tag == nil
      let destinations = own.filter { $0.family == family } + (isOpen ? [] : context.samples(rule.destination, family))
      return destinations.filter { rule.destination.admits($0) && (topology.isOwn($0) || topology.isOutside($0)) }.flatMap {
        destination in
        context.samples(rule.source, family).filter { topology.isOutside($0) }.flatMap { source in
          allow.packets(from: source, to: destination).map { Flow($0, entry: .interface(site.interface)) }
        }
      }
    }
  }

  private func packets(near: EntityRule, far: EntityRule) -> [Packet] {
    [IPFamily.v4, .v6].flatMap { family in
      zip(context.samples(near, family), context.samples(far, family).reversed()).flatMap { own, other in
        allow.place.direction == .ingress ? allow.packets(from: other, to: own) : allow.packets(from: own, to: other)
      }
    }
  }

  private func ownAddresses(at site: UntrackedSearch.Site) -> [IPAddress] {
    let interface = context.topologies[site.topology].interfaces[site.interface]
    return interface.addresses.map(\.address)
  }

  /// Does the rule match replies to what another one allows?
  func answer(_ other: UntrackedSearch.Allow, _ search: UntrackedSearch) -> Bool {
    guard !other.looksLikeAnswers else { return false }
    return search.sites(of: other).contains { site in
      Counterparts(context: context, allow: other).flows(at: site).contains { flow in
        guard let reply = flow.packet.reply else { return false }
        return context.simulation.matches(reply, policy: allow.policy, allow.place.direction, rule: allow.place.index)
      }
    }
  }

  func finding(at site: UntrackedSearch.Site, _ flow: Flow, _ verdict: Verdict) -> Finding? {
    guard verdict.forward.isAllowed, verdict.forward.state == .untracked, let reply = verdict.reply,
      !reply.isAllowed || reply.state != .untracked
    else { return nil }
    // What is forwarded comes back as a packet that arrives.
    guard let way = way(back: verdict, at: site) else { return nil }
    if let denier = denier(reply) { return finding(way, flow.packet, repliesDeniedBy: denier) }
    let what = reply.isAllowed ? "are tracked, which doNotTrack was to spare the host" : "are dropped"
    return finding(
      reply.isAllowed ? .info : .error, way, "replies to \(flow.packet.words) \(what)", reply: verdict.forward.delivered.reply)
  }

  /// The untracked rule that denies a reply: a counterpart behind it, be it there or not, is never asked.
  private func denier(_ reply: Judgement) -> PlacedRule? {
    let decision = reply.decidedBy
    guard !reply.isAllowed, decision.kind == .policy, decision.stage == .untracked else { return nil }
    let policy = context.world.policies[Int(decision.subject)]
    let place = Subject.RulePlace(decision.direction, Int(decision.rule))
    return PlacedRule(
      owner: Resource.policy(policy).id, place: place, rule: policy.rules(decision.direction)[place.index])
  }

  private func finding(
    _ way: (direction: Direction, endpoint: Int), _ packet: Packet, repliesDeniedBy denier: PlacedRule
  ) -> Finding {
    let policy = context.world.policies[allow.policy]
    return Finding(
      "GW110", .error, at: rule.location,
      "untracked policy \"\(policy.name)\" \(allow.place.direction)[\(allow.place.index)] allows \(packet.words), and "
        + "\(denier.words) drops the replies at \(context.words(way.endpoint))",
      help: "put before \(denier.place.direction)[\(denier.place.index)]: \(encodeRuleInline(rule.counterpart)) (S61)",
      subject: Subject(Resource.policy(policy).id, rule: allow.place),
      related: [Finding.Related(denier.words, at: denier.rule.location)])
  }

  /// Where nobody says which addresses the interface has, no packet to the host can be walked; what untracked policy makes of
  /// the reply is known all the same.
  func findingWithoutAddress(at site: UntrackedSearch.Site) -> Finding? {
    guard ownAddresses(at: site).isEmpty else { return nil }
    let (direction, back): (Direction, Direction) =
      allow.place.direction == .ingress ? (.ingress, .egress) : (.egress, .ingress)
    let (near, far) = direction == .ingress ? (rule.destination, rule.source) : (rule.source, rule.destination)
    for packet in packets(near: near, far: far) {
      guard context.simulation.matches(packet, policy: allow.policy, direction, rule: allow.place.index),
        context.ruling(on: packet, at: site.endpoint, direction, of: .untracked) == .allow, let reply = packet.reply,
        context.ruling(on: reply, at: site.endpoint, back, of: .untracked) != .allow
      else { continue }
      let isTCP = packet.protocol == .tcp
      return finding(
        isTCP ? .error : .warning, (back, site.endpoint),
        isTCP ? "replies over tcp are dropped" : "replies over \(packet.protocol) are left to normal policy", reply: reply)
    }
    return nil
  }

  private func finding(
    _ severity: Severity, _ way: (direction: Direction, endpoint: Int), _ effect: String, reply: Packet?
  ) -> Finding {
    let policy = context.world.policies[allow.policy]
    return Finding(
      "GW110", severity, at: rule.location,
      "untracked policy \"\(policy.name)\" \(allow.place.direction)[\(allow.place.index)] has no counterpart in "
        + "\(way.direction) of \(context.words(way.endpoint)): \(effect)",
      help: "add to \(way.direction): \(encodeRuleInline(rule.counterpart)) (S61)",
      subject: Subject(Resource.policy(policy).id, rule: allow.place), fix: fix(way, reply))
  }

  /// Where the counterpart of the rule has to stand; `nil` if no host endpoint governs the place.
  private func way(back verdict: Verdict, at site: UntrackedSearch.Site) -> (direction: Direction, endpoint: Int)? {
    guard verdict.forward.path == .forwarded else {
      return (allow.place.direction == .ingress ? .egress : .ingress, site.endpoint)
    }
    guard case .interface(let place) = verdict.forward.exit,
      let endpoint = context.topologies[site.topology].interfaces[place].endpoint
    else { return nil }
    return (.ingress, endpoint)
  }

  /// The counterpart at the end of the policy's list: where the policy governs the place, and no rule that is asked before
  /// has another say on the reply.
  private func fix(_ way: (direction: Direction, endpoint: Int), _ reply: Packet?) -> Fix? {
    guard context.governed[allow.policy].contains(way.endpoint), rule.hasExactCounterpart, let reply,
      context.ruling(on: reply, at: way.endpoint, way.direction, of: .untracked) == nil
    else { return nil }
    let policy = context.world.policies[allow.policy]
    return .insertRule(rule.counterpart, way.direction, at: policy.rules(way.direction).count)
  }
}

extension UntrackedSearch.Allow {
  /// Is it about packets from certain ports to any port, as answers are?
  fileprivate var looksLikeAnswers: Bool { !rule.source.ports.isEmpty && rule.destination.ports.isEmpty }
}

extension Topology {
  /// Is it neither the host's nor a local workload's?
  func isOutside(_ address: IPAddress) -> Bool {
    if isOwn(address) || address.isMulticast { return false }
    return route(to: address).map { !interfaces[$0].isWorkload } ?? true
  }
}

extension Rule {
  /// The rule for the answers to what this one matches.
  fileprivate var counterpart: Rule {
    var rule = self
    (rule.source, rule.destination) = (destination, source)
    rule.icmp = icmp.flatMap(\.answer)
    rule.location = nil
    return rule
  }

  /// ICMP answers are of another type, which the language cannot always say (D16).
  fileprivate var hasExactCounterpart: Bool { notICMP == nil && (icmp == nil || icmp?.answer != nil) }
}

extension ICMPMatch {
  /// The match for the answers; `nil` for a ping over IPv4, whose answer's type 0 Felix 2.4 refuses.
  fileprivate var answer: ICMPMatch? {
    guard let type, code == nil else { return nil }
    let answer = ICMPTypes.answer(to: type, of: .icmp) ?? ICMPTypes.answer(to: type, of: .icmpv6)
    return answer.flatMap { $0 == 0 ? nil : ICMPMatch(type: $0) }
  }
}
