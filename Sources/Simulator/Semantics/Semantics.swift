/// A set of rules of the road: what stands in a packet's way on each path. Pure data, which the walk interprets.
package struct Semantics: Hashable, Sendable {
  /// The name that the command line takes.
  package var name: String
  /// What the set follows, in a few words.
  package var summary: String
  /// Per path, the gates in order; those before DNAT first.
  package var gates: [Path: [Gate]]
  /// Failsafe ports where the host's document names none (D7).
  package var failsafeInbound: [Host.FailsafePort]
  package var failsafeOutbound: [Host.FailsafePort]
  /// Prefix of workload interfaces where the host's document names none (S5).
  package var interfacePrefixes: [String]
  package var defaultEndpointToHostAction: Host.EndpointToHostAction
  /// Does a rule with ICMP type 0 or code 0 make its whole policy or profile count as missing (D16)?
  package var dropsRulesWithICMPZero: Bool
  /// Does a `/` in the name of a profile make the host endpoint that lists it count as missing (MANIFESTS A.8)?
  package var dropsEndpointsWithSlashInProfile: Bool

  /// The gates of a packet from `origin` that come before its way is known: the same on each path from there.
  package func gatesBeforeRouting(from origin: Path.Origin) -> [Gate] {
    let path: Path =
      switch origin {
      case .hostInterface: .toHost
      case .host: .fromHost
      case .workload: .workloadToHost
      }
    return (gates[path] ?? []).filter { $0.stage.isBeforeRouting && $0.neverBecause == nil }
  }

  /// The gates of a path that come after routing.
  package func gatesAfterRouting(on path: Path) -> [Gate] {
    (gates[path] ?? []).filter { !$0.stage.isBeforeRouting || $0.neverBecause != nil }
  }

  /// All sets, the default first.
  package static let all: [Semantics] = [.documented, .calico24]

  /// The set with this name.
  package static func named(_ name: String) -> Semantics? {
    all.first { $0.name == name }
  }
}
