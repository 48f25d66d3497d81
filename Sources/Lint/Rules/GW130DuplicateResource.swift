import Manifests
import Simulator

extension LintRule {
  static let duplicateResource = LintRule(
    id: "GW130", name: "duplicate-resource", severity: .warning,
    summary: "two resources of one kind and name: the later replaces the earlier",
    claims: [],
    basis: "a resource is identified by its kind and name (endpoints also by node): applying a second one replaces the first",
    explanation: """
      Two documents, perhaps in two files, describe the same resource. They do not add up: as with `calicoctl apply`, the later
      one counts and everything that only the earlier one says is gone. Which is later depends on the order of the files.

      ```yaml
      - {apiVersion: v1, kind: policy, metadata: {name: web}, spec: {ingress: [{action: allow, protocol: tcp}]}}
      - {apiVersion: v1, kind: policy, metadata: {name: web}, spec: {ingress: [{action: allow, protocol: udp}]}}
      ```

      Give one of them another name, or make one resource of both:

      ```yaml
      - apiVersion: v1
        kind: policy
        metadata: {name: web}
        spec: {ingress: [{action: allow, protocol: tcp}, {action: allow, protocol: udp}]}
      ```
      """
  ) { context in
    context.replaced.map { pair in
      let isSame = pair.before.withoutLocations == pair.after.withoutLocations
      let name = "\(pair.after.id.kind.rawValue) \(pair.after.id.name.quoted)"
      let place = pair.before.location.map { " at \($0.fileAndLine)" } ?? ""
      return Finding(
        "GW130", isSame ? .info : .warning, at: pair.after.location,
        isSame
          ? "\(name) says the same as the one\(place): one of them is superfluous"
          : "\(name) replaces the one\(place): what only that one says is lost",
        help: isSame ? "remove one of them" : "give one of them another name, or make one resource of both",
        subject: Subject(pair.after.id),
        related: [Finding.Related("the one that is replaced", at: pair.before.location)])
    }
  }
}
