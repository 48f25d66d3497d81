import Manifests
import Simulator
import Testing

/// What reading notes without complaining: deprecated fields, and resources that are replaced.
@Suite struct ReadingNotesTests {
  private func load(_ yaml: String) -> LoadedManifests {
    decodeManifests(SourceText(name: "f", bytes: Array(yaml.utf8)), strictness: .strict)
  }

  @Test func `deprecated fields are noted at their keys, and are no diagnostics`() {
    let loaded = load(
      """
      apiVersion: v1
      kind: policy
      metadata: {name: p}
      spec:
        ingress:
        - action: allow
          source:
            tag: a
            notTag:
          destination: {net: 10.0.0.0/8}
        egress:
        - {action: deny, source: {notTag: b, notNet: 10.0.0.0/8}}
      """)
    #expect(loaded.diagnostics.isEmpty)
    let noted = loaded.deprecatedFields.map {
      "\($0.rule.line):\($0.rule.column) \($0.location.line):\($0.location.column)+\($0.length) \($0.end.rawValue).\($0.name.rawValue)"
    }
    #expect(
      noted == [
        "6:5 8:7+3 source.tag", "6:5 10:19+3 destination.net", "12:5 12:40+6 source.notNet", "12:5 12:29+6 source.notTag",
      ])
  }

  @Test func `of resources with one identity each replacement is kept`() {
    func policy(_ order: Int) -> String { "- {apiVersion: v1, kind: policy, metadata: {name: p}, spec: {order: \(order)}}\n" }
    let loaded = load(policy(1) + policy(2) + "- {apiVersion: v1, kind: policy, metadata: {name: q}}\n" + policy(3))
    let orders = loaded.replaced.map { pair in
      [pair.before, pair.after].map { resource -> Double? in
        if case .policy(let policy) = resource { policy.order } else { nil }
      }
    }
    #expect(orders == [[1, 2], [2, 3]] && loaded.resources.count == 2)
  }
}
