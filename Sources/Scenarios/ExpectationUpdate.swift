import Manifests
import Reports
import Selector
package import Simulator

/// Expectations rewritten to what was found, in the text of the scenarios' files.
package struct ExpectationUpdate: Sendable {
  /// A file as it is and as it would be.
  package struct File: Sendable {
    package var name: String
    package var before: [UInt8]
    package var after: [UInt8]
  }

  /// A scenario that cannot be rewritten, and why.
  package struct Refusal: Sendable {
    package var location: SourceLocation?
    package var message: String
  }

  package private(set) var files: [File] = []
  package private(set) var refusals: [Refusal] = []

  private struct Edit {
    var range: Range<Int>
    var text: String
  }

  /// - Parameters:
  ///   - runs: with what came of each.
  ///   - sources: the texts of the scenarios' files.
  package init(_ runs: [(run: ScenarioRun, outcome: ScenarioOutcome)], sources: [SourceText]) {
    let texts = Dictionary(sources.map { ($0.name, $0.bytes) }) { first, _ in first }
    var edits: [String: [Range<Int>: [Edit]]] = [:]
    for (run, outcome) in runs where outcome.suite.hasFailed {
      for flow in outcome.flows {
        guard case .flow(let expected) = run.loaded.scenario.steps[flow.step], let place = expected.place else { continue }
        let found = Self.edits(expected.expectation, found: flow.found, place)
        if let known = edits[run.loaded.file]?[place.whole], known.map(\.text) != found.map(\.text) {
          refusals.append(
            Refusal(
              location: expected.location,
              message: "the semantics that the scenario names part here, so one expectation cannot serve; make it two scenarios"
            ))
          edits[run.loaded.file]?[place.whole] = []
        } else {
          edits[run.loaded.file, default: [:]][place.whole] = found
        }
      }
    }
    for (name, byPlace) in edits.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      guard let before = texts[name] else { continue }
      let after = Self.apply(byPlace.values.flatMap { $0 }, to: before)
      if after != before { files.append(File(name: name, before: before, after: after)) }
    }
  }

  private static func apply(_ edits: [Edit], to text: [UInt8]) -> [UInt8] {
    var result = text
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      result.replaceSubrange(edit.range, with: Array(edit.text.utf8))
    }
    return result
  }

  /// Values that differ are replaced where they stand; where a field has to go, the whole expectation is written anew.
  private static func edits(_ expected: Expectation, found: Expectation, _ place: ExpectationPlace) -> [Edit] {
    let updated = expected.updated(to: found)
    guard updated != expected else { return [] }
    guard !place.fields.isEmpty, let edits = fieldEdits(expected, updated, place) else {
      return [Edit(range: place.whole, text: encodeExpectation(updated))]
    }
    return edits
  }

  /// `nil` where a field comes or goes.
  private static func fieldEdits(_ expected: Expectation, _ updated: Expectation, _ place: ExpectationPlace) -> [Edit]? {
    var edits: [Edit] = []
    for (name, before, after) in zip3(expected.fields, updated.fields) where before != after {
      guard let after, before != nil, let range = place.fields[name] else { return nil }
      edits.append(Edit(range: range, text: after))
    }
    return edits
  }

  private static func zip3(
    _ left: [(name: String, text: String?)], _ right: [(name: String, text: String?)]
  ) -> [(String, String?, String?)] {
    zip(left, right).map { ($0.name, $0.text, $1.text) }
  }
}

extension Expectation {
  /// The expectation as what was found has it, with no more said than was said.
  fileprivate func updated(to found: Expectation) -> Expectation {
    guard found.verdict != .error else { return Expectation(.error) }
    var updated = self
    updated.packet = packet.updated(to: found.packet)
    if path != nil { updated.path = found.path }
    if exit != nil { updated.exit = found.exit }
    switch (reply, found.reply) {
    case (nil, _): break
    case (.ruling(let wanted)?, .ruling(let ruling)?): updated.reply = .ruling(wanted.updated(to: ruling))
    case (_, let other): updated.reply = other.map(\.withoutPlace)
    }
    return updated
  }

  /// The fields in the order in which they are written, `nil` where one is not given.
  fileprivate var fields: [(name: String, text: String?)] {
    [
      ("verdict", verdict.rawValue),
      ("by", packet.decision.kind == nil ? nil : encodeScalar(ByteString(packet.decision.text))),
      ("stage", packet.decision.stage?.rawValue),
      ("endpoint", packet.decision.endpoint.map { encodeScalar($0) }),
      ("path", path?.rawValue),
      ("out", exit.map { encodeScalar($0) }),
      ("reply", reply.map { encodeReply($0) }),
    ]
  }
}

extension Expectation.Reply {
  /// The verdict and what decides, for a reply of which nothing was said before.
  fileprivate var withoutPlace: Expectation.Reply {
    guard case .ruling(var ruling) = self else { return self }
    ruling.decision.stage = nil
    ruling.decision.endpoint = nil
    return .ruling(ruling)
  }
}

extension Expectation.Ruling {
  fileprivate func updated(to found: Expectation.Ruling) -> Expectation.Ruling {
    let wanted = decision
    var updated = Expectation.Ruling(found.verdict)
    guard found.verdict != .error else { return updated }
    if wanted.kind != nil {
      updated.decision = found.decision
      if wanted.kind == found.decision.kind {
        // A policy alone stays one, if that is still so.
        if wanted.name == nil { updated.decision.name = nil }
        if wanted.direction == nil { updated.decision.direction = nil }
        if wanted.rule == nil { updated.decision.rule = nil }
        if wanted.action == nil { updated.decision.action = nil }
      }
    }
    updated.decision.stage = wanted.stage == nil ? nil : found.decision.stage
    updated.decision.endpoint = wanted.endpoint == nil ? nil : found.decision.endpoint
    // The name that people use stays, if it is still that endpoint.
    if let endpoint = wanted.endpoint, let other = found.decision.endpoint,
      other == endpoint || other.bytes.suffix(endpoint.count + 1) == [UInt8(ascii: "/")] + endpoint.bytes
    {
      updated.decision.endpoint = endpoint
    }
    return updated
  }
}
