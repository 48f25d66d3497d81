import Reports
import Selector
import Simulator
import Testing

/// An explanation says what the trace says: no more, nothing that decided less, and each sentence in words that name it; on worlds
/// and packets drawn at random, on all paths, under both semantics.
@Suite struct ExplanationPropertyTests {
  @Test(arguments: [(2, 3), (5, 3), (12, 4)])
  func sentencesAndTraceAgree(policies: Int, rulesUpTo: Int) throws {
    var seen = Seen()
    for seed in 1...UInt64(16) {
      var drawn = RandomWorld(seed: seed &* 7919 &+ UInt64(policies))
      let world = World(try placed(drawn.make(policies: policies, rulesUpTo: rulesUpTo), &drawn.random))
      let walkers = Semantics.all.map { Walker(world: world, node: "h", semantics: $0) }
      for _ in 0..<60 {
        let flow = drawn.flow(on: walkers[0])
        for walker in walkers {
          let other = walker.semantics == .documented ? walkers[1] : nil
          guard let trace = try? walker.trace(flow, comparedWith: other) else { continue }
          check(trace, on: walker, &seen)
        }
      }
    }
    #expect(seen.paths == Set(Path.allCases))
    #expect(
      seen.facts.isSuperset(of: policies > 2 ? Seen.wanted : ["entry", "verdict", "ruling"]),
      "\(Seen.wanted.subtracting(seen.facts))")
  }

  private struct Seen {
    static let wanted: Set<String> = [
      "entry", "skipped", "unmatched", "matched", "builtIn", "wentOn", "notAsked", "aside", "conntrack", "dnat", "route",
      "verdict",
      "noReply", "note", "ruling",
    ]
    var paths: Set<Path> = []
    var facts: Set<String> = []
  }

  /// Rules get places, and some policies what makes them count as missing.
  private func placed(_ resources: [Resource], _ random: inout SeededGenerator) -> [Resource] {
    var line = 0
    func placed(_ rules: [Rule]) -> [Rule] {
      rules.map { rule in
        var rule = rule
        line += 1
        rule.location = SourceLocation(file: "folder/world.yaml", line: 1_000 + line, column: 1)
        return rule
      }
    }
    return resources.map { resource in
      switch resource {
      case .policy(var policy):
        policy.ingress = placed(policy.ingress)
        policy.egress = placed(policy.egress)
        policy.isDisabled = random.oneIn(12)
        if random.oneIn(8), !policy.ingress.isEmpty { policy.ingress[0].icmp = ICMPMatch(type: 0) }
        return .policy(policy)
      case .profile(var profile):
        profile.ingress = placed(profile.ingress)
        profile.egress = placed(profile.egress)
        return .profile(profile)
      default: return resource
      }
    }
  }

  private func check(_ trace: Trace, on walker: Walker, _ seen: inout Seen) {
    let explanation = Explanation(trace, on: walker)
    let words = ExplanationWords(walker: walker)
    seen.paths.insert(trace.forward.judgement.path)
    var told: [Explanation.Part: [Fact]] = [:]
    for sentence in explanation.sentences {
      told[sentence.part, default: []] += sentence.facts
      let text = sentence.prose.text
      #expect(!sentence.facts.isEmpty && text.hasSuffix(".") && !text.contains("  ") && !text.contains(" ,"), "\(text)")
      for fact in sentence.facts {
        seen.facts.insert(words.kind(of: fact))
        for word in words.words(of: fact) { #expect(text.contains(word), "\(word) is not in: \(text)") }
        let names = words.names(in: fact)
        let shown = names.count { text.contains($0) }
        #expect(shown >= (names.count <= 4 ? names.count : 3), "\(names) are not in: \(text)")
      }
      for claim in sentence.claims {
        #expect(Claim.named(ByteString(claim)) != nil && text.contains(claim))
      }
    }
    let texts = explanation.sentences.map(\.prose.text)
    #expect(Set(texts).count == texts.count, "a sentence stands twice: \(texts)")

    let facts = TraceFacts(trace: trace, walker: walker)
    for (part, list) in told {
      for fact in list { #expect(facts.contains(fact, in: part), "\(fact) is not in the trace: \(texts)") }
      #expect(Set(list).count == list.count, "a fact is told twice: \(list)")
    }
    let sorted = told.mapValues { Set($0.map(TraceFacts.inOrder)) }
    for (part, fact) in facts.deciding {
      #expect(sorted[part]?.contains(TraceFacts.inOrder(fact)) == true, "\(fact) is not told: \(texts)")
    }
    for (interface, policies) in facts.aside {
      let named = explanation.sentences.flatMap(\.facts).flatMap { fact -> [Int] in
        if case .aside(let site, let policies, _) = fact, site.interface == interface { policies } else { [] }
      }
      // In a reply whose connection is known the stages behind connection tracking are not told one by one.
      let isWhole = trace.reply?.judgement.state != .established || trace.reply?.judgement.isAllowed == false
      if isWhole { #expect(Set(named).isSuperset(of: policies), "\(policies) are not told: \(texts)") }
    }
    #expect(told[.packet]?.count { words.kind(of: $0) == "ruling" } == 1)
    #expect(
      (told[.reply] ?? []).count { words.kind(of: $0) == "ruling" } == (trace.reply == nil ? 0 : 1),
      "\(trace.forward.judgement.path) \(trace.forward.judgement.state) \(trace.reply.map { "\($0.judgement)" } ?? "")")
  }
}
