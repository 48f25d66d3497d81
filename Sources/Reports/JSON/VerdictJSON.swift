import Selector
package import Simulator

/// Writes result lines: the contract of `replay`, and of `trace --output json`.
///
/// Decisions repeat from flow to flow, so their JSON is kept; the keep is bounded.
package struct VerdictJSON {
  private static let keepLimit = 16_384
  private var kept: [Decision: [UInt8]] = [:]

  package init() {}

  /// `verdict`, `path`, `out`, `decidedBy`, `matched` and `reply`, into an open object.
  package mutating func write(_ verdict: Verdict, on walker: Walker, to json: inout JSONWriter) {
    let forward = verdict.forward
    json.field("verdict", word: forward.isAllowed ? "allow" : "deny")
    json.field("path", forward.path.rawValue)
    if let exit = forward.exit {
      switch exit {
      case .host: json.field("out", word: "host")
      case .interface(let place): json.field("out", walker.topology.interfaces[place].name)
      }
    }
    write(decidedBy: forward.decidedBy, matched: verdict.matched, on: walker, to: &json)
    guard verdict.reply != nil || verdict.replyError != nil else { return }
    json.key("reply")
    json.object { json in
      if let reply = verdict.reply {
        json.field("verdict", word: reply.isAllowed ? "allow" : "deny")
        write(decidedBy: reply.decidedBy, matched: verdict.replyMatched, on: walker, to: &json)
      } else if let error = verdict.replyError {
        json.field("verdict", "error")
        json.field("message", error.message(walker))
      }
    }
  }

  private mutating func write(
    decidedBy: Decision, matched: [Decision], on walker: Walker, to json: inout JSONWriter
  ) {
    json.key("decidedBy")
    json.raw(fragment(decidedBy, on: walker))
    json.key("matched")
    json.array { json in
      for decision in matched { json.raw(fragment(decision, on: walker)) }
    }
  }

  private mutating func fragment(_ decision: Decision, on walker: Walker) -> [UInt8] {
    if let known = kept[decision] { return known }
    var json = JSONWriter()
    Self.write(DecisionName(decision, on: walker), to: &json)
    // Without an endpoint, which belongs to one host, the same numbers mean something else on the next host.
    guard decision.endpoint >= 0 else { return json.bytes }
    if kept.count >= Self.keepLimit { kept.removeAll(keepingCapacity: true) }
    kept[decision] = json.bytes
    return json.bytes
  }

  private static func hostAction(_ action: Action) -> Host.EndpointToHostAction {
    switch action {
    case .allow: .accept
    case .deny: .drop
    case .pass, .log: .return
    }
  }

  /// One decision as an object.
  package static func write(_ name: DecisionName, to json: inout JSONWriter) {
    let decision = name.decision
    json.object { json in
      json.field("kind", decision.kind.name)
      // Where an established connection is noticed says nothing about why the packet is allowed.
      if decision.kind == .conntrackEstablished { return }
      if let stage = decision.stage { json.field("stage", stage.rawValue) }
      if let subject = name.name { json.field("name", subject) }
      if decision.kind != .notPoliced { json.field("direction", decision.direction.rawValue) }
      if name.rule != nil { json.field("rule", decision.rule) }
      if let failsafe = name.failsafe {
        json.field("protocol", failsafe.protocol.description)
        json.field("port", failsafe.port)
      }
      if decision.kind == .endpointToHostAction {
        // As Felix's configuration spells it.
        json.field("action", Self.hostAction(decision.action).rawValue)
      } else if decision.kind != .notPoliced {
        json.field("action", decision.action.rawValue)
      }
      if let endpoint = name.endpoint { json.field("endpoint", endpoint) }
      if name.rule == nil, let interface = name.interface { json.field("interface", interface) }
      if let location = name.rule?.location { json.field("source", location.fileAndLine) }
    }
  }
}
