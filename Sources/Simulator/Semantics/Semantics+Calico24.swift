extension Semantics {
  /// What Felix 2.4.0 does on a Linux kernel. Beside `documented`: D1 and D2 (an early allow at A spares a forwarded
  /// packet only A's ingress), D7 (more failsafe ports), D10 (a packet of the host that is DNATed is policed by the
  /// interface of the route before DNAT), D16 (ICMP type or code 0).
  package static let calico24 = Semantics(
    name: "calico-2.4",
    summary: "as Felix 2.4.0 does on a Linux kernel",
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
        .gate(.normal, .departure, .egress, claim: "D1"),
      ],
      .fromHost: [
        .gate(.untracked, .departureBeforeDNAT, .egress, claim: "S98"),
        .gate(.normal, .departureBeforeDNAT, .egress, skippedAfter: .untracked, claim: "D10"),
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
        .gate(.normal, .departureBeforeDNAT, .egress, skippedAfter: .untracked, claim: "D10"),
        .never(.workload, .receiver, .ingress, because: "the host reaches its own workloads freely", claim: "S8"),
      ],
      .workloadToHost: [
        .gate(.workload, .sender, .egress, claim: "S8"),
        .gate(.workload, .hostAction, .egress, claim: "S8"),
      ],
    ],
    failsafeInbound: [.init(.tcp, 22), .init(.udp, 68)],
    failsafeOutbound: [
      .init(.tcp, 2379), .init(.tcp, 2380), .init(.tcp, 4001), .init(.tcp, 7001), .init(.udp, 53), .init(.udp, 67),
    ],
    interfacePrefixes: ["cali"],
    defaultEndpointToHostAction: .drop,
    dropsRulesWithICMPZero: true,
    dropsEndpointsWithSlashInProfile: true
  )
}
