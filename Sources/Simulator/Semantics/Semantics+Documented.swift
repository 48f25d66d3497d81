extension Semantics {
  /// The seed word for word: Calico's own guide to host endpoints, v2.4.
  package static let documented = Semantics(
    name: "documented",
    summary: "as Calico's documentation for v2.4 says",
    gates: [
      .toWorkload: [
        .gate(.untracked, .arrival, .ingress, claim: "S81"),
        .gate(.preDNAT, .arrival, .ingress, skippedAfter: .untracked, claim: "S78"),
        .never(.normal, .arrival, .ingress, because: "the packet is for a local workload", claim: "S79"),
        .gate(.workload, .receiver, .ingress, claim: "S80"),
      ],
      .toHost: [
        .gate(.untracked, .arrival, .ingress, claim: "S87"),
        .gate(.preDNAT, .arrival, .ingress, skippedAfter: .untracked, claim: "S88"),
        .gate(.normal, .arrival, .ingress, skippedAfter: [.untracked, .preDNAT], claim: "S89"),
      ],
      .forwarded: [
        .gate(.untracked, .arrival, .ingress, claim: "S90"),
        .gate(.preDNAT, .arrival, .ingress, skippedAfter: .untracked, claim: "S92"),
        .gate(.normal, .arrival, .ingress, skippedAfter: [.untracked, .preDNAT], claim: "S94"),
        .gate(.normal, .departure, .egress, skippedAfter: [.untracked, .preDNAT], claim: "S96"),
      ],
      .fromHost: [
        .gate(.untracked, .departureBeforeDNAT, .egress, claim: "S98"),
        .gate(.normal, .departure, .egress, skippedAfter: .untracked, claim: "S99"),
      ],
      .fromWorkload: [
        .gate(.workload, .sender, .egress, claim: "S8"),
        .never(.normal, .departure, .egress, because: "the packet comes from a local workload", claim: "S101"),
      ],
      .workloadToWorkload: [
        .gate(.workload, .sender, .egress, claim: "S8"),
        .gate(.workload, .receiver, .ingress, claim: "S8"),
      ],
      .hostToWorkload: [
        .gate(.untracked, .departureBeforeDNAT, .egress, claim: "S98"),
        .never(.workload, .receiver, .ingress, because: "the host reaches its own workloads freely", claim: "S8"),
      ],
      .workloadToHost: [
        .gate(.workload, .sender, .egress, claim: "S8"),
        .gate(.workload, .hostAction, .egress, claim: "S8"),
      ],
    ],
    failsafeInbound: [.init(.tcp, 22)],
    failsafeOutbound: [.init(.tcp, 2379), .init(.tcp, 2380), .init(.tcp, 4001), .init(.tcp, 7001)],
    interfacePrefixes: ["cali"],
    defaultEndpointToHostAction: .drop,
    dropsRulesWithICMPZero: false,
    dropsEndpointsWithSlashInProfile: false
  )
}
