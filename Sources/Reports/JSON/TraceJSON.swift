import Selector
package import Simulator

/// A trace as one JSON object: the result line of `replay`, with the flow, the steps and the notes besides.
package struct TraceJSON {
  private let trace: Trace
  private let walker: Walker

  package init(_ trace: Trace, on walker: Walker) {
    self.trace = trace
    self.walker = walker
  }

  /// Writes the object and a newline.
  package func write(to json: inout JSONWriter) {
    var verdicts = VerdictJSON()
    json.object { json in
      json.field("host", walker.topology.node)
      json.field("semantics", walker.semantics.name)
      json.field("flow", trace.forward.packet.text)
      verdicts.write(trace.verdict, on: walker, to: &json)
      json.key("steps")
      write(trace.forward.steps, to: &json)
      if let reply = trace.reply {
        json.key("replySteps")
        write(reply.steps, to: &json)
      }
      json.key("notes")
      json.array { json in
        for note in trace.notes { json.string(NoteText(note: note, walker: walker).text) }
      }
    }
    json.newline()
  }

  private func write(_ steps: [TraceStep], to json: inout JSONWriter) {
    json.array { json in
      for step in steps { json.object { json in write(step, to: &json) } }
    }
  }

  private func write(_ step: TraceStep, to json: inout JSONWriter) {
    switch step {
    case .conntrack(let state):
      json.field("step", "conntrack")
      json.field("state", state.rawValue)
    case .dnat(let before, let after, _):
      json.field("step", "dnat")
      json.field("from", before.destinationText)
      json.field("to", after.destinationText)
    case .route(let exit, let path):
      json.field("step", "route")
      switch exit {
      case .host: json.field("out", "host")
      case .interface(let place): json.field("out", walker.topology.interfaces[place].name)
      }
      json.field("path", path.rawValue)
    case .gate(let gate): write(gate, to: &json)
    }
  }

  private func write(_ gate: GateStep, to json: inout JSONWriter) {
    json.field("step", "gate")
    json.field("stage", gate.stage.rawValue)
    json.field("direction", gate.direction.rawValue)
    if let interface = gate.interface { json.field("interface", walker.topology.interfaces[interface].name) }
    if let endpoint = gate.endpoint { json.field("endpoint", walker.world.endpoints[endpoint].name) }
    json.field("claim", gate.claim)
    switch gate.result {
    case .passed(let reason):
      json.field("outcome", "skipped")
      Self.write(reason, on: walker, to: &json)
      if let why = gate.neverBecause { json.field("message", why) }
    case .asked(.noVerdict):
      json.field("outcome", "no-verdict")
    case .asked(.accepted(let decision)):
      json.field("outcome", "allow")
      json.key("decidedBy")
      VerdictJSON.write(DecisionName(decision, on: walker), to: &json)
    case .asked(.denied(let decision)):
      json.field("outcome", "deny")
      json.key("decidedBy")
      VerdictJSON.write(DecisionName(decision, on: walker), to: &json)
    }
    guard !gate.attempts.isEmpty else { return }
    json.key("tried")
    json.array { json in
      for attempt in gate.attempts { write(attempt, gate.direction, to: &json) }
    }
  }

  /// Why a gate was not asked, as members of an object.
  static func write(_ reason: GatePass, on walker: Walker, to json: inout JSONWriter) {
    switch reason {
    case .never: json.field("reason", "not-on-this-path")
    case .spared(let decision), .final(let decision):
      json.field("reason", "accepted-earlier")
      json.key("because")
      VerdictJSON.write(DecisionName(decision, on: walker), to: &json)
    case .noEndpoint: json.field("reason", "no-host-endpoint")
    case .noPolicy: json.field("reason", "no-policy-of-this-kind")
    case .noInterface: json.field("reason", "no-interface")
    }
  }

  private func write(_ attempt: GateStep.Attempt, _ direction: Direction, to json: inout JSONWriter) {
    json.object { json in
      json.field("kind", attempt.kind.name)
      let rules: [Rule]
      if attempt.kind == .policy {
        let policy = walker.world.policies[attempt.subject]
        rules = policy.rules(direction)
        json.field("name", policy.name)
        json.field("selector", policy.selector.text)
      } else {
        let profile = walker.world.profiles[attempt.subject]
        rules = profile.rules(direction)
        json.field("name", profile.name)
      }
      json.key("rules")
      json.array { json in
        for result in attempt.rules {
          json.object { json in
            json.field("rule", result.rule)
            json.field("action", rules[result.rule].action.rawValue)
            if let location = rules[result.rule].location { json.field("source", location.fileAndLine) }
            json.key("matched")
            json.bool(result.failure == nil)
            if let failure = result.failure { json.field("failed", failure.field) }
          }
        }
      }
    }
  }
}
