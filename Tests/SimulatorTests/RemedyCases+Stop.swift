import Selector
import Simulator

/// Flows that get through and shall be stopped, and flows for which no change of policy does it.
extension RemedyCases {
  static let stops: [RemedyCase] = [
    RemedyCase(
      testDescription: "before the rule that allows", policies: [policy("web", "a", in: [rule(.log), rule(.allow)])],
      flow: "tcp NEAR -> A:80", obstacle: "policy", edits: ["policy web ingress[1] deny tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "where the early accept is",
      policies: [policy("web", "a"), policy("dnat", "a", in: [rule(.allow)], kind: .preDNAT)],
      flow: "tcp NEAR -> A:80", obstacle: "policy", edits: ["policy dnat ingress[0] deny tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "a profile that allows", profiles: [Profile(name: "p", egress: [rule(.allow)])], listed: ["p"],
      flow: "udp W1 -> FAR:53", obstacle: "profile", edits: ["profile p egress[0] deny udp W1 -> FAR:53"]),
    RemedyCase(
      testDescription: "a failsafe of the defaults", flow: "tcp FAR -> A:22", obstacle: "failsafe",
      edits: ["h ingress not tcp 22, left []"]),
    RemedyCase(
      testDescription: "K4: an outbound failsafe of the defaults", flow: "tcp B -> NEAR1:2379", obstacle: "failsafe",
      edits: ["h egress not tcp 2379, left [2380, 4001, 7001]"]),
    RemedyCase(
      testDescription: "a failsafe, and then a policy", policies: [policy("web", "a", in: [rule(.allow)])],
      felix: .init(failsafeInbound: [.init(.tcp, 22), .init(.tcp, 80)]), flow: "tcp FAR -> A:80", obstacle: "failsafe",
      edits: ["h ingress not tcp 80, left [22]", "policy web ingress[0] deny tcp FAR -> A:80"]),
    RemedyCase(
      testDescription: "K3: A's policy before B's failsafe", policies: [policy("in", "a", in: [rule(.allow)])],
      flow: "tcp NEAR -> NEAR1:2379", obstacle: "failsafe", edits: ["policy in ingress[0] deny tcp NEAR -> NEAR1:2379"]),
    RemedyCase(
      testDescription: "K4: an untracked policy does not police the rest",
      policies: [policy("raw", "a", kind: .untracked)],
      governed: ["a"], flow: "udp A -> FAR:99 from host", obstacle: "no-profile-matched",
      edits: ["new policy allow-udp-99 {on == 'a'} out: allow udp A -> FAR:99"]),
    RemedyCase(
      testDescription: "K8: the sender, not the host's action", policies: [policy("one", "w1", out: [rule(.allow)])],
      felix: .init(defaultEndpointToHostAction: .accept), flow: "tcp W1 -> A:80", obstacle: "endpoint-to-host-action",
      edits: ["policy one egress[0] deny tcp W1 -> A:80"]),
    RemedyCase(
      testDescription: "a silent stage of an interface that is not policed otherwise",
      policies: [policy("dnat", "a", kind: .preDNAT), policy("web", "a", in: [rule(.pass)])],
      profiles: [Profile(name: "p", ingress: [rule(.allow)])], listed: ["p"], flow: "tcp FAR -> A:80", obstacle: "profile",
      edits: ["profile p ingress[0] deny tcp FAR -> A:80"]),
  ]

  static let limits: [(RemedyCase, RemedyLimit)] = [
    (
      RemedyCase(
        testDescription: "an answer to nothing", policies: [policy("web", "a", in: [rule(.allow)])],
        flow: "icmp NEAR -> A type 0", obstacle: "conntrack-invalid", edits: []), .beginsNoConnection
    ),
    (
      RemedyCase(
        testDescription: "K1: unknown workload", flow: "tcp NEAR -> UNKNOWN:80", obstacle: "unknown-workload", edits: []),
      .unknownWorkload(interface: "cali9")
    ),
    (
      RemedyCase(
        testDescription: "K8 without a document", policies: [policy("one", "w1")], hasDocument: false,
        flow: "tcp W1 -> A:80", obstacle: "no-policy-matched", edits: ["policy one egress[0] allow tcp W1 -> A:80"]),
      .needsHostDocument(.endpointToHostAction)
    ),
    (
      RemedyCase(
        testDescription: "a failsafe without a document", hasDocument: false, flow: "tcp FAR -> A:22 in eth0",
        obstacle: "failsafe", edits: []), .needsHostDocument(.failsafe(.ingress, .init(.tcp, 22)))
    ),
    (
      RemedyCase(
        testDescription: "K2: no host endpoint", governed: [], flow: "tcp NEAR -> A:80", obstacle: "not-policed", edits: []),
      .notPoliced(.toHost, stoppedByEndpointFor: ["eth0"])
    ),
    (
      RemedyCase(
        testDescription: "K2: not even a host endpoint", governed: [], flow: "tcp NEAR -> A:22", obstacle: "not-policed",
        edits: []), .notPoliced(.toHost, stoppedByEndpointFor: [])
    ),
    (
      RemedyCase(
        testDescription: "K3: either host endpoint", governed: [], flow: "tcp NEAR -> NEAR1:80", obstacle: "not-policed",
        edits: []), .notPoliced(.forwarded, stoppedByEndpointFor: ["eth0", "eth1"])
    ),
    (
      RemedyCase(
        testDescription: "K4: no host endpoint", governed: ["a"], flow: "tcp B -> NEAR1:80", obstacle: "not-policed",
        edits: []), .notPoliced(.fromHost, stoppedByEndpointFor: ["eth1"])
    ),
    (
      RemedyCase(
        testDescription: "K7", policies: [policy("one", "w1", in: [rule(.deny)])], flow: "tcp A -> W1:80",
        obstacle: "not-policed", edits: []), .neverPoliced(.hostToWorkload)
    ),
  ]
}
