import Selector
package import Simulator

/// An explanation as one JSON object: the verdicts of a result line, and the sentences, each with the facts that it states.
///
/// `docs/how-to/explain.md` documents the keys.
package struct ExplanationJSON {
  private let explanation: Explanation
  private let nearMisses: NearMisses?
  private let walker: Walker

  package init(_ explanation: Explanation, nearMisses: NearMisses? = nil, on walker: Walker) {
    self.explanation = explanation
    self.nearMisses = nearMisses
    self.walker = walker
  }

  /// Writes the object and a newline.
  package func write(to json: inout JSONWriter) {
    let trace = explanation.trace
    var verdicts = VerdictJSON()
    json.object { json in
      json.field("host", walker.topology.node)
      json.field("semantics", walker.semantics.name)
      json.field("flow", trace.forward.packet.text)
      verdicts.write(trace.verdict, on: walker, to: &json)
      json.key("sentences")
      json.array { json in
        for sentence in explanation.sentences { json.object { json in write(sentence, to: &json) } }
      }
      if let nearMisses {
        json.key("nearMisses")
        json.array { json in
          for miss in nearMisses.misses { json.object { json in write(miss, to: &json) } }
        }
        json.field("moreNearMisses", nearMisses.more)
      }
    }
    json.newline()
  }

  private func write(_ sentence: Explanation.Sentence, to json: inout JSONWriter) {
    json.field("part", sentence.part.rawValue)
    json.field("text", sentence.prose.text)
    json.key("facts")
    json.array { json in
      for fact in sentence.facts { json.object { json in FactJSON(fact: fact, walker: walker).write(to: &json) } }
    }
    json.key("claims")
    json.array { json in
      for claim in sentence.claims { json.string(claim) }
    }
  }

  private func write(_ miss: NearMisses.Miss, to json: inout JSONWriter) {
    json.key("rule")
    VerdictJSON.write(DecisionName(miss.decision, on: walker), to: &json)
    if let failure = miss.failure { json.field("failed", failure.field) }
    json.field("unasked", miss.isUnasked)
  }
}

/// One fact of an explanation: its kind under `fact`, and what it is about.
struct FactJSON {
  let fact: Fact
  let walker: Walker

  /// Writes the members of the object.
  func write(to json: inout JSONWriter) {
    switch fact {
    case .entry(let entry, let packet):
      json.field("fact", "entry")
      json.field("packet", packet.text)
      if case .interface(let place) = entry { json.field("in", walker.topology.interfaces[place].name) }
    case .skipped(let site, let reason, let policies):
      json.field("fact", "skipped")
      write(site, to: &json)
      TraceJSON.write(reason, on: walker, to: &json)
      write(.policy, policies, to: &json)
    case .unmatched(let site, let kind, let subjects):
      json.field("fact", "unmatched")
      write(site, to: &json)
      write(kind, subjects, to: &json)
    case .matched(let decision, let criteria):
      json.field("fact", "matched")
      write(decision, to: &json)
      json.key("criteria")
      json.array { json in
        for criterion in criteria { json.string(criterion.field) }
      }
    case .builtIn(let decision):
      json.field("fact", "built-in")
      write(decision, to: &json)
    case .wentOn(let site):
      json.field("fact", "went-on")
      write(site, to: &json)
    case .notAsked(let site, let kind, let subjects):
      json.field("fact", "not-asked")
      write(site, to: &json)
      write(kind, subjects, to: &json)
    case .aside(let site, let policies, let why):
      json.field("fact", "aside")
      write(site, to: &json)
      json.field("reason", Self.name(why))
      write(.policy, policies, to: &json)
    default: writeWay(to: &json)
    }
  }

  private func writeWay(to json: inout JSONWriter) {
    switch fact {
    case .conntrack(let state):
      json.field("fact", "conntrack")
      json.field("state", state.rawValue)
    case .dnat(let before, let after, _):
      json.field("fact", "dnat")
      json.field("from", before.destinationText)
      json.field("to", after.destinationText)
    case .route(let exit, let path):
      json.field("fact", "route")
      json.field("out", out(exit))
      json.field("path", path.rawValue)
    case .verdict(let isAllowed, let decision):
      json.field("fact", "verdict")
      json.field("verdict", isAllowed ? "allow" : "deny")
      write(decision, to: &json)
    case .noReply: json.field("fact", "no-reply")
    case .replyError(let error):
      json.field("fact", "reply-error")
      json.field("message", error.message(walker))
    case .note(let note):
      json.field("fact", "note")
      json.field("message", NoteText(note: note, walker: walker).text)
    case .ruling(let claim):
      json.field("fact", "ruling")
      json.field("claim", claim)
    default: break
    }
  }

  private func out(_ exit: Exit) -> ByteString {
    switch exit {
    case .host: "host"
    case .interface(let place): walker.topology.interfaces[place].name
    }
  }

  private func write(_ decision: Decision, to json: inout JSONWriter) {
    json.key("decision")
    VerdictJSON.write(DecisionName(decision, on: walker), to: &json)
  }

  private func write(_ site: GateSite, to json: inout JSONWriter) {
    json.field("stage", site.stage.rawValue)
    json.field("direction", site.direction.rawValue)
    if let interface = site.interface { json.field("interface", walker.topology.interfaces[interface].name) }
    if let endpoint = site.endpoint { json.field("endpoint", walker.world.endpoints[endpoint].name) }
    json.field("claim", site.claim)
  }

  private func write(_ kind: Decision.Kind, _ subjects: [Int], to json: inout JSONWriter) {
    let world = walker.world
    json.key(kind == .profile ? "profiles" : "policies")
    json.array { json in
      for subject in subjects { json.string(kind == .profile ? world.profiles[subject].name : world.policies[subject].name) }
    }
  }

  private static func name(_ why: PolicyAside) -> String {
    switch why {
    case .disabled: "disabled"
    case .countsAsMissing: "counts-as-missing"
    case .notForWorkloads: "not-for-workloads"
    }
  }
}
