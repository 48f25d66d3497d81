import Reports
import Selector
import Simulator

/// What a sentence has to contain for a fact that it states: names, addresses, ports, files and lines.
struct ExplanationWords {
  let walker: Walker

  func kind(of fact: Fact) -> String {
    let text = "\(fact)"
    return String(text.prefix { $0.isLetter })
  }

  func words(of fact: Fact) -> [String] {
    switch fact {
    case .entry(let entry, let packet): ends(packet) + [place(entry)]
    case .skipped(let site, let reason, _): name(of: site) + because(reason)
    case .unmatched: ["rule"]
    case .matched(let decision, let criteria): words(of: decision, criteria)
    case .builtIn(let decision): words(of: decision)
    case .wentOn: []
    case .notAsked: ["asked"]
    case .aside(let site, _, _): name(of: site)
    case .conntrack(let state):
      [["new": "new", "established": "connection", "invalid": "invalid", "untracked": "no connection"][state.rawValue] ?? "?"]
    case .dnat(let before, let after, _): [before.destinationText, after.destinationText]
    case .route(let exit, _): exitWords(exit)
    case .verdict(let isAllowed, _): [isAllowed ? "through" : "dropped"].filter { $0 == "dropped" }
    case .noReply: ["Nothing answers"]
    case .replyError: ["cannot be judged"]
    case .note: []
    case .ruling(let claim): ["(\(claim))"]
    }
  }

  /// What a fact about several names: of many not all are shown.
  func names(in fact: Fact) -> [String] {
    switch fact {
    case .skipped(_, _, let policies), .notAsked(_, _, let policies), .unmatched(_, .policy, let policies),
      .aside(_, let policies, _):
      policies.map { walker.world.policies[$0].name.text }
    case .unmatched(_, _, let profiles): profiles.map { walker.world.profiles[$0].name.text }
    default: []
    }
  }

  private func ends(_ packet: Packet) -> [String] {
    let ports = packet.protocol.hasPorts ? ["port \(packet.sourcePort)", "port \(packet.destinationPort)"] : []
    let type = packet.protocol.isICMP ? ["type \(packet.icmpType)"] : []
    return [packet.source.description, packet.destination.description] + ports + type
  }

  private func place(_ entry: Flow.Entry) -> String {
    guard case .interface(let place) = entry else { return walker.topology.node.text }
    let interface = walker.topology.interfaces[place]
    guard interface.isWorkload, let endpoint = interface.endpoint else { return interface.name.text }
    return walker.world.endpoints[endpoint].shortName.text
  }

  private func exitWords(_ exit: Exit) -> [String] {
    guard case .interface(let place) = exit else { return ["host"] }
    return [self.place(.interface(place))]
  }

  private func name(of site: GateSite) -> [String] {
    if let endpoint = site.endpoint { return [walker.world.endpoints[endpoint].shortName.text] }
    return site.interface.map { [walker.topology.interfaces[$0].name.text] } ?? []
  }

  private func because(_ reason: GatePass) -> [String] {
    switch reason {
    case .spared(let decision): [walker.world.policies[Int(decision.subject)].name.text]
    case .final(let decision): [decision.kind == .failsafe ? "failsafe" : "known connection"]
    case .never: ["because"]
    case .noEndpoint: ["no host endpoint"]
    case .noPolicy: ["applies to"]
    case .noInterface: []
    }
  }

  private func words(of decision: Decision) -> [String] {
    switch decision.kind {
    case .failsafe:
      let list = decision.direction == .ingress ? walker.topology.failsafeInbound : walker.topology.failsafeOutbound
      return ["failsafe", "\(list[Int(decision.rule)].port)"]
    case .noPolicyMatched: return ["dropped"]
    case .noProfileMatched: return ["profile", "dropped", endpoint(decision)]
    case .missingProfile:
      return [walker.world.endpoints[Int(decision.endpoint)].profiles[Int(decision.subject)].text, "does not exist"]
    case .unknownWorkload: return [walker.topology.interfaces[Int(decision.interface)].name.text]
    case .endpointToHostAction: return ["defaultEndpointToHostAction", walker.topology.endpointToHostAction.rawValue]
    case .conntrackEstablished:
      return ["known connection", endpoint(decision)].filter { $0 != "known connection" } + ["connection"]
    case .conntrackInvalid: return ["invalid", endpoint(decision)]
    case .policy, .profile, .notPoliced: return []
    }
  }

  private func endpoint(_ decision: Decision) -> String { walker.world.endpoints[Int(decision.endpoint)].shortName.text }

  private func words(of decision: Decision, _ criteria: [Criterion]) -> [String] {
    let subject = Int(decision.subject)
    let isPolicy = decision.kind == .policy
    let name = isPolicy ? walker.world.policies[subject].name : walker.world.profiles[subject].name
    let rules =
      isPolicy
      ? walker.world.policies[subject].rules(decision.direction) : walker.world.profiles[subject].rules(decision.direction)
    let rule = rules[Int(decision.rule)]
    let verb = ["allow": "allows", "deny": "denies", "log": "log", "pass": "passes"][rule.action.rawValue] ?? "?"
    let place = rule.location.map { ["world.yaml:\($0.line)"] } ?? []
    return [name.text, "\(decision.direction.rawValue)[\(decision.rule)]", verb] + place + criteria.flatMap { wanted($0, rule) }
  }

  private func wanted(_ criterion: Criterion, _ rule: Rule) -> [String] {
    switch criterion {
    case .protocol: [rule.protocol?.value == .icmpv6 ? "ICMPv6" : rule.protocol?.value.description.uppercased() ?? "?"]
    case .icmp: ["type \(rule.icmp?.type ?? 0)"]
    case .sourceNotNets, .sourceNets: ["source"]
    case .destinationNets, .destinationNotNets: ["destination"]
    case .sourceSelector: [rule.source.selector?.text.text ?? "?"]
    case .sourceNotSelector: ["no endpoint", rule.source.notSelector?.text.text ?? "?"]
    case .destinationSelector: [rule.destination.selector?.text.text ?? "?"]
    case .destinationNotSelector: ["no endpoint", rule.destination.notSelector?.text.text ?? "?"]
    case .sourceTag: ["tag \(rule.source.tag?.text ?? "?")"]
    case .destinationTag: ["tag \(rule.destination.tag?.text ?? "?")"]
    case .sourcePorts, .sourceNotPorts: ["source port"]
    case .destinationPorts, .destinationNotPorts: ["port"]
    default: []
    }
  }
}
