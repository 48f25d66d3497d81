import Manifests
import Selector
import Simulator
import Testing

/// What is disabled is written as comments, and nothing of it is lost.
@Suite struct DisabledRoundTripTests {
  @Test func commentsAreWhatIsMissing() throws {
    var generator = ResourceGenerator(seed: 81)
    for _ in 0..<300 {
      var ids: Set<ResourceID> = []
      let count = Int.random(in: 0..<5, using: &generator.random)
      let resources = (0..<count).map { _ in generator.resource() }.filter { ids.insert($0.id).inserted }
        .map { disableSome(of: $0, &generator.random) }
      let text = encodeManifests(resources)
      let comment = Comment(rawValue: text)
      let read = decode(text)
      #expect(read.resources.map(\.withoutLocations) == resources.compactMap(enabledPart), comment)
      #expect(read.diagnostics.allSatisfy { ["icmp-zero", "slash-in-profile-name"].contains($0.id) }, comment)
      // Comments made text again, everything is there; resources come back in the order in which they were given.
      let restored = try restore(text)
      #expect(Set(restored) == Set(resources.map(enabled)), comment)
      #expect(restored.count == resources.count, comment)
      guard Set(restored) == Set(resources.map(enabled)) else { return }
    }
  }

  @Test func whatAPersonReads() throws {
    let rules = [Rule(.deny), Rule(.allow, protocol: ProtocolMatch(.tcp, isName: true), isDisabled: true)]
    var policy = Policy(name: "1.10", selector: try Selector("a == 'b'"), ingress: rules)
    let whole = """
      apiVersion: v1
      kind: policy
      metadata:
        name: "1.10"
      spec:
        selector: a == 'b'
        ingress:
        - action: deny
      # disabled: ingress[1]
      # - action: allow
      #   protocol: tcp

      """
    #expect(encodeManifest(.policy(policy)) == whole)
    policy.isDisabled = true
    let commented = """
      # disabled: policy "1.10"
      # apiVersion: v1
      # kind: policy
      # metadata:
      #   name: "1.10"
      # spec:
      #   selector: a == 'b'
      #   ingress:
      #   - action: deny
      # # disabled: ingress[1]
      # # - action: allow
      # #   protocol: tcp

      """
    let node = Resource.node(Node(name: "n"))
    let written = encodeManifest(node)
    #expect(encodeManifests([.policy(policy)]) == commented + "[]\n")
    #expect(encodeManifests([.policy(policy), node]) == commented + written)
    #expect(encodeManifests([node, .policy(policy), node]) == written + commented + "---\n" + written)
    #expect(encodeManifests([]) == "")
    #expect(encodeRule(rules[1]) == "- action: allow\n  protocol: tcp\n")
  }

  // MARK: Disabling and enabling

  private func disableSome(of resource: Resource, _ random: inout SplitMix64) -> Resource {
    func some(_ rules: [Rule]) -> [Rule] {
      rules.map { rule in
        var rule = rule
        rule.isDisabled = Bool.random(using: &random)
        return rule
      }
    }
    switch resource {
    case .policy(var policy):
      (policy.ingress, policy.egress) = (some(policy.ingress), some(policy.egress))
      policy.isDisabled = Bool.random(using: &random)
      return .policy(policy)
    case .profile(var profile):
      (profile.ingress, profile.egress) = (some(profile.ingress), some(profile.egress))
      return .profile(profile)
    default: return resource
    }
  }

  private func enabled(_ resource: Resource) -> Resource {
    mapRules(of: resource) { rules in
      rules.map { rule in
        var rule = rule
        rule.isDisabled = false
        return rule
      }
    }
  }

  private func enabledPart(_ resource: Resource) -> Resource? {
    if case .policy(let policy) = resource, policy.isDisabled { return nil }
    return mapRules(of: resource) { $0.filter { !$0.isDisabled } }
  }

  private func mapRules(of resource: Resource, _ change: ([Rule]) -> [Rule]) -> Resource {
    switch resource {
    case .policy(var policy):
      (policy.ingress, policy.egress, policy.isDisabled) = (change(policy.ingress), change(policy.egress), false)
      return .policy(policy)
    case .profile(var profile):
      (profile.ingress, profile.egress) = (change(profile.ingress), change(profile.egress))
      return .profile(profile)
    default: return resource
    }
  }

  // MARK: Reading comments

  /// The resources of a text with everything enabled that its comments hold.
  private func restore(_ text: String) throws -> [Resource] {
    var restored: [Resource] = []
    for document in text.split(separator: "---\n", omittingEmptySubsequences: false) {
      var own = decode(String(document)).resources.map(\.withoutLocations)
      // Comments before a document's first line are disabled policies; rules come right after their own document.
      for (what, body) in disabled(in: String(document)) {
        if what.hasPrefix("policy") {
          restored += try restore(body)
        } else {
          let owner = try #require(own.last)
          own[own.count - 1] = try insert(body, what, into: owner)
        }
      }
      restored += own
    }
    return restored
  }

  /// What stands behind each `# disabled:`, comment signs taken away.
  private func disabled(in text: String) -> [(what: String, body: String)] {
    var found: [(what: String, body: String)] = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# disabled: ") {
        found.append((String(line.dropFirst(12)), ""))
      } else if line.hasPrefix("# ") {
        found[found.count - 1].body += line.dropFirst(2) + "\n"
      }
    }
    return found
  }

  private func insert(_ body: String, _ what: String, into resource: Resource) throws -> Resource {
    let isIngress = what.hasPrefix("ingress[")
    let number = try #require(Int(what.drop { $0 != "[" }.dropFirst().dropLast()))
    let read = decode("apiVersion: v1\nkind: profile\nmetadata: {name: x}\nspec:\n  ingress:\n" + indented(body)).resources
    guard case .profile(let profile)? = read.first?.withoutLocations, profile.ingress.count == 1 else {
      Issue.record("\(body) is no rule")
      return resource
    }
    switch resource {
    case .policy(var policy):
      if isIngress { policy.ingress.insert(profile.ingress[0], at: number) }
      if !isIngress { policy.egress.insert(profile.ingress[0], at: number) }
      return .policy(policy)
    case .profile(var owner):
      if isIngress { owner.ingress.insert(profile.ingress[0], at: number) }
      if !isIngress { owner.egress.insert(profile.ingress[0], at: number) }
      return .profile(owner)
    default: return resource
    }
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  \($0)\n" }.joined()
  }
}
