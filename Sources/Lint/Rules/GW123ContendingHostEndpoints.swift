import Selector
import Simulator

extension LintRule {
  static let contendingHostEndpoints = LintRule(
    id: "GW123", name: "contending-host-endpoints", severity: .warning,
    summary: "two host endpoints for one interface: the one with the smaller name governs it, the other does nothing",
    claims: ["S32", "S34"],
    basis: """
      an interface has one host endpoint: of several that fit, by name or by an expected IP, the byte-wise smallest name wins \
      (SEMANTICS section 3)
      """,
    explanation: """
      Two host endpoints of a host fit the same interface. Calico takes the one whose name comes first, byte by byte, however it
      fits; labels and profiles of the other decide nothing there.

      ```yaml
      - apiVersion: v1
        kind: hostEndpoint
        metadata: {name: outer, node: my-host, labels: {zone: outside}}
        spec: {interfaceName: eth0}
      - apiVersion: v1
        kind: hostEndpoint
        metadata: {name: all, node: my-host, labels: {zone: inside}}
        spec: {interfaceName: eth0}
      ```

      Here `all` wins and `zone: outside` is gone. Keep one host endpoint for each interface, with all labels that it needs.
      """
  ) { context in
    Contenders.all(in: context).flatMap { host in
      host.candidates.compactMap { finding($0, host, context) }
    }
  }

  private static func finding(_ candidate: Contenders.Candidate, _ host: Contenders, _ context: LintContext) -> Finding? {
    let lost = candidate.interfaces.first { place in
      host.topology.interfaces[place].endpoint.map { $0 != candidate.index } ?? false
    }
    guard let lost, let index = host.topology.interfaces[lost].endpoint else { return nil }
    let winner = context.world.endpoints[index]
    let loser = context.world.endpoints[candidate.index]
    let isActive = candidate.interfaces.contains { host.topology.interfaces[$0].endpoint == candidate.index }
    let interface = host.topology.interfaces[lost].name.quoted
    return Finding(
      "GW123", .warning, at: loser.location,
      "\(context.words(candidate.index)) \(isActive ? "does not govern \(interface)" : "governs nothing"): "
        + "\(winner.name.quoted) has the smaller name and governs \(isActive ? "it" : interface)",
      help: "keep one host endpoint for each interface; the byte-wise smallest name wins (S34)",
      subject: Subject(loser.resource.id),
      related: [context.related(index)])
  }
}
