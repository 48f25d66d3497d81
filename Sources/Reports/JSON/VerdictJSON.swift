import Selector
package import Simulator

/// Writes result lines: the contract of `replay`, and of `trace --output json`.
///
/// Decisions repeat from flow to flow, so their JSON is kept: of a rule what stands before and after the endpoint, as many
/// endpoints share the rule, and built-in decisions whole. What is kept is bounded by the world, and by a limit.
package struct VerdictJSON {
  private static let keepLimit = 1 << 17
  private var kept: [Decision: [UInt8]] = [:]
  private var keptRules: [Decision: Frame] = [:]
  /// By index in the world, of which one is served; empty where it is not known yet.
  private var endpoints: [[UInt8]] = []

  /// A rule's decision without its endpoint.
  private struct Frame {
    var before: [UInt8]
    var after: [UInt8]
  }

  private static let established = Array(#"{"kind":"conntrack-established"}"#.utf8)
  private static let notPoliced = Array(#"{"kind":"not-policed"}"#.utf8)

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
    write(decidedBy, on: walker, to: &json)
    json.key("matched")
    json.array { json in
      for decision in matched { write(decision, on: walker, to: &json) }
    }
  }

  private mutating func write(_ decision: Decision, on walker: Walker, to json: inout JSONWriter) {
    switch decision.kind {
    case .conntrackEstablished: json.raw(Self.established)
    case .notPoliced: json.raw(Self.notPoliced)
    case .policy, .profile:
      let frame = frame(decision, on: walker)
      json.raw(frame.before, endpoint(Int(decision.endpoint), on: walker), frame.after)
    default: json.raw(whole(decision, on: walker))
    }
  }

  private mutating func whole(_ decision: Decision, on walker: Walker) -> [UInt8] {
    if let known = kept[decision] { return known }
    var json = JSONWriter()
    Self.write(DecisionName(decision, on: walker), to: &json)
    // Without an endpoint, which belongs to one host, the same numbers mean something else on the next host.
    guard decision.endpoint >= 0 else { return json.bytes }
    if kept.count >= Self.keepLimit { kept.removeAll(keepingCapacity: true) }
    kept[decision] = json.bytes
    return json.bytes
  }

  private mutating func frame(_ decision: Decision, on walker: Walker) -> Frame {
    var key = decision
    key.endpoint = -1
    key.interface = -1
    if let known = keptRules[key] { return known }
    let name = DecisionName(decision, on: walker)
    var before = JSONWriter()
    var after = JSONWriter()
    before.object { json in
      Self.writeHead(name, to: &json)
      json.key("endpoint")
    }
    after.object { json in Self.writeTail(name, to: &json) }
    // The brackets that close the one and open the other are not wanted; the tail follows the endpoint with a comma.
    let tail = after.bytes.count > 2 ? [UInt8(ascii: ",")] + after.bytes.dropFirst() : [UInt8(ascii: "}")]
    let frame = Frame(before: before.bytes.dropLast(), after: tail)
    if keptRules.count >= Self.keepLimit { keptRules.removeAll(keepingCapacity: true) }
    keptRules[key] = frame
    return frame
  }

  private mutating func endpoint(_ index: Int, on walker: Walker) -> [UInt8] {
    if index < endpoints.count, !endpoints[index].isEmpty { return endpoints[index] }
    if index >= endpoints.count { endpoints += Array(repeating: [], count: walker.world.endpoints.count - endpoints.count) }
    var json = JSONWriter()
    json.string(walker.world.endpoints[index].name)
    endpoints[index] = json.bytes
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
    json.object { json in
      writeHead(name, to: &json)
      // Where an established connection is noticed says nothing about why the packet is allowed.
      guard name.decision.kind != .conntrackEstablished else { return }
      if let endpoint = name.endpoint { json.field("endpoint", endpoint) }
      writeTail(name, to: &json)
    }
  }

  /// What stands before the endpoint.
  private static func writeHead(_ name: DecisionName, to json: inout JSONWriter) {
    let decision = name.decision
    json.field("kind", decision.kind.name)
    if decision.kind == .conntrackEstablished || decision.kind == .notPoliced { return }
    if let stage = decision.stage { json.field("stage", stage.rawValue) }
    if let subject = name.name { json.field("name", subject) }
    json.field("direction", decision.direction.rawValue)
    if name.rule != nil { json.field("rule", decision.rule) }
    if let failsafe = name.failsafe {
      json.field("protocol", failsafe.protocol.description)
      json.field("port", failsafe.port)
    }
    if decision.kind == .endpointToHostAction {
      // As Felix's configuration spells it.
      json.field("action", Self.hostAction(decision.action).rawValue)
    } else {
      json.field("action", decision.action.rawValue)
    }
  }

  /// What stands after it.
  private static func writeTail(_ name: DecisionName, to json: inout JSONWriter) {
    if name.rule == nil, let interface = name.interface { json.field("interface", interface) }
    if let location = name.rule?.location { json.field("source", location.fileAndLine) }
  }
}
