import Selector
package import Simulator

/// Writes result lines: the contract of `replay`, and of `trace --output json`.
///
/// Decisions repeat from flow to flow, so their JSON is kept: of a rule what stands before and after the endpoint, as many
/// endpoints share the rule, of endpoints their names, and the built-in decisions that no single host makes. What is kept
/// is bounded by the world. One writer serves the walkers of one simulation, whose numbers mean the same to all of them.
package struct VerdictJSON {
  /// All JSON that is kept, piece after piece.
  private var text: [UInt8] = []
  /// By the rule's number.
  private var rules: [Frame] = []
  /// By the endpoint's index in the world.
  private var endpoints: [Piece] = []
  /// The names of interfaces, by their number among those of all hosts.
  private var interfaces: [Piece] = []
  /// What stands before the endpoint in a decision of no rule, by kind, stage, direction and action.
  private var heads: [Piece] = []

  /// A piece of `text`; empty where it is not known yet.
  private struct Piece {
    var start: UInt32 = 0
    var end: UInt32 = 0

    var isEmpty: Bool { start == end }
  }

  /// A rule's decision without its endpoint.
  private struct Frame {
    var before = Piece()
    var after = Piece()
  }

  package init() {}

  /// `verdict`, `path`, `out`, `decidedBy`, `matched` and `reply`, into an open object.
  package mutating func write(_ verdict: Verdict, on walker: Walker, to json: inout JSONWriter) {
    let forward = verdict.forward
    json.begin(forward.isAllowed ? #""verdict":"allow","path":"# : #""verdict":"deny","path":"#)
    json.continueWord(Self.name(of: forward.path))
    if let exit = forward.exit {
      switch exit {
      case .host: json.end(#","out":"host""#)
      case .interface(let place):
        json.end(#","out":"#)
        addInterface(place, on: walker, to: &json)
      }
    }
    write(decidedBy: forward.decidedBy, matched: verdict.matched, on: walker, to: &json)
    if let reply = verdict.reply {
      json.end(reply.isAllowed ? #","reply":{"verdict":"allow""# : #","reply":{"verdict":"deny""#)
      write(decidedBy: reply.decidedBy, matched: verdict.replyMatched, on: walker, to: &json)
      json.end("}")
    } else if let error = verdict.replyError {
      json.key("reply")
      json.object { json in
        json.field("verdict", "error")
        json.field("message", error.message(walker))
      }
    }
  }

  /// `path.rawValue` as text that needs no making.
  private static func name(of path: Path) -> StaticString {
    switch path {
    case .toWorkload: "to-workload"
    case .toHost: "to-host"
    case .forwarded: "forwarded"
    case .fromHost: "from-host"
    case .fromWorkload: "from-workload"
    case .workloadToWorkload: "workload-to-workload"
    case .hostToWorkload: "host-to-workload"
    case .workloadToHost: "workload-to-host"
    }
  }

  private mutating func write(
    decidedBy: Decision, matched: [Decision], on walker: Walker, to json: inout JSONWriter
  ) {
    json.begin(#""decidedBy":"#)
    let first = json.count
    write(decidedBy, on: walker, to: &json)
    let last = json.count
    json.begin(#""matched":["#)
    for decision in matched {
      // What decided is most often what matched last.
      if decision == decidedBy { json.repeatBytes(first..<last) } else { write(decision, on: walker, to: &json) }
    }
    json.end("]")
  }

  private mutating func write(_ decision: Decision, on walker: Walker, to json: inout JSONWriter) {
    switch decision.kind {
    case .conntrackEstablished: json.raw(#"{"kind":"conntrack-established"}"#)
    case .notPoliced: json.raw(#"{"kind":"not-policed"}"#)
    case .policy, .profile:
      let rule = walker.ruleNumber(of: decision)
      if rule >= rules.count || rules[rule].before.isEmpty { keepFrame(decision, rule, on: walker) }
      let frame = rules[rule]
      json.beginRaw()
      add(frame.before, to: &json)
      addEndpoint(Int(decision.endpoint), on: walker, to: &json)
      add(frame.after, to: &json)
    case .noPolicyMatched, .noProfileMatched, .conntrackInvalid:
      // All of them are taken at an endpoint's interface.
      json.beginRaw()
      addHead(decision, on: walker, to: &json)
      addEndpoint(Int(decision.endpoint), on: walker, to: &json)
      json.end(#","interface":"#)
      addInterface(Int(decision.interface), on: walker, to: &json)
      json.end("}")
    case .failsafe, .missingProfile, .unknownWorkload, .endpointToHostAction:
      Self.write(DecisionName(decision, on: walker), to: &json)
    }
  }

  // MARK: What is kept

  private func add(_ piece: Piece, to json: inout JSONWriter) {
    text.withUnsafeBufferPointer { text in
      json.continueRaw(UnsafeBufferPointer(rebasing: text[Int(piece.start)..<Int(piece.end)]))
    }
  }

  private mutating func keep(_ json: some Sequence<UInt8>) -> Piece {
    let start = UInt32(text.count)
    text += json
    return Piece(start: start, end: UInt32(text.count))
  }

  private mutating func keepFrame(_ decision: Decision, _ rule: Int, on walker: Walker) {
    if rule >= rules.count { rules += Array(repeating: Frame(), count: walker.ruleCount - rules.count) }
    let name = DecisionName(decision, on: walker)
    var before = JSONWriter()
    var after = JSONWriter()
    before.object { json in
      Self.writeHead(name, to: &json)
      json.key("endpoint")
    }
    after.object { json in Self.writeTail(name, to: &json) }
    // The brackets that close the one and open the other are not wanted; the tail follows the endpoint with a comma.
    let tail = after.bytes
    rules[rule] = Frame(
      before: keep(before.bytes.dropLast()),
      after: keep(tail.count > 2 ? [UInt8(ascii: ",")] + tail.dropFirst() : [UInt8(ascii: "}")]))
  }

  private mutating func addHead(_ decision: Decision, on walker: Walker, to json: inout JSONWriter) {
    let stage = Self.number(of: decision.stage)
    let direction = decision.direction == .ingress ? 0 : 1
    let place = ((Int(decision.kind.rawValue) * 5 + stage) * 2 + direction) * 2 + (decision.action == .allow ? 0 : 1)
    if place >= heads.count { heads += Array(repeating: Piece(), count: place + 1 - heads.count) }
    if heads[place].isEmpty {
      var head = JSONWriter()
      head.object { json in
        Self.writeHead(DecisionName(decision, on: walker), to: &json)
        json.key("endpoint")
      }
      heads[place] = keep(head.bytes.dropLast())
    }
    add(heads[place], to: &json)
  }

  private static func number(of stage: Stage?) -> Int {
    switch stage {
    case nil: 0
    case .untracked: 1
    case .preDNAT: 2
    case .normal: 3
    case .workload: 4
    }
  }

  private mutating func addEndpoint(_ index: Int, on walker: Walker, to json: inout JSONWriter) {
    if index >= endpoints.count {
      endpoints += Array(repeating: Piece(), count: walker.world.endpoints.count - endpoints.count)
    }
    if endpoints[index].isEmpty {
      var name = JSONWriter()
      name.string(walker.world.endpoints[index].name)
      endpoints[index] = keep(name.bytes)
    }
    add(endpoints[index], to: &json)
  }

  private mutating func addInterface(_ place: Int, on walker: Walker, to json: inout JSONWriter) {
    let index = walker.firstInterface + place
    if index >= interfaces.count {
      interfaces += Array(repeating: Piece(), count: index + 1 - interfaces.count)
    }
    if interfaces[index].isEmpty {
      var name = JSONWriter()
      name.string(walker.topology.interfaces[place].name)
      interfaces[index] = keep(name.bytes)
    }
    add(interfaces[index], to: &json)
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
