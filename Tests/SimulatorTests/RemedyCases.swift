import Selector
import Simulator

/// Flows that are dropped and shall pass, on every path.
enum RemedyCases {
  static func rule(_ action: Action, port: UInt16? = nil) -> Rule {
    var rule = Rule(action, protocol: port == nil ? nil : ProtocolMatch(.tcp, isName: true))
    rule.destination.ports = port.map { [PortRange($0)] } ?? []
    return rule
  }

  static func policy(
    _ name: String, _ label: String? = nil, in ingress: [Rule] = [], out egress: [Rule] = [], order: Double? = nil,
    kind: PolicyKind = .normal
  ) -> Policy {
    let on = label.map { Selector.equal($0) } ?? .all
    return Policy(
      name: ByteString(name), selector: on, order: order, doNotTrack: kind == .untracked, preDNAT: kind == .preDNAT,
      ingress: ingress, egress: egress)
  }

  static let toHost: [RemedyCase] = [
    RemedyCase(
      testDescription: "no policy matched: at the end of what applies",
      policies: [policy("web", "a", in: [rule(.allow, port: 81)])],
      flow: "tcp NEAR -> A:80", obstacle: "no-policy-matched",
      edits: ["policy web ingress[1] allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "of two the narrower", policies: [policy("all"), policy("web", "a", order: 9)], flow: "udp NEAR -> A:53",
      obstacle: "no-policy-matched", edits: ["policy web ingress[0] allow udp NEAR -> A:53"]),
    RemedyCase(
      testDescription: "of equals the first", policies: [policy("x", "a", order: 2), policy("y", "a", order: 1)],
      flow: "icmp NEAR -> A type 8", obstacle: "no-policy-matched",
      edits: ["policy y ingress[0] allow icmp NEAR -> A type 8"]),
    RemedyCase(
      testDescription: "before the rule that denies",
      policies: [policy("web", "a", in: [rule(.log), rule(.deny, port: 80), rule(.allow)])], flow: "tcp NEAR -> A:80",
      obstacle: "policy", edits: ["policy web ingress[1] allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "neither policy nor profile: a policy", flow: "tcp NEAR -> A:80", obstacle: "no-profile-matched",
      edits: ["new policy allow-tcp-80 {on == 'a'} in: allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "the new policy's name is free",
      policies: [policy("allow-tcp-80", "b"), policy("allow-tcp-80-2", "b")], flow: "tcp NEAR -> A:80",
      obstacle: "no-profile-matched",
      edits: ["new policy allow-tcp-80-3 {on == 'a'} in: allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "a policy elsewhere has the name", policies: [policy("allow-tcp-80", "w2")],
      flow: "tcp NEAR -> A:80", obstacle: "no-profile-matched",
      edits: ["new policy allow-tcp-80-2 {on == 'a'} in: allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "labels do not tell it apart: a profile", hasLabels: false, flow: "tcp NEAR -> A:80",
      obstacle: "no-profile-matched",
      edits: ["new profile allow-tcp-80 in: allow tcp NEAR -> A:80 as 0 of h/hep-a"]),
    RemedyCase(
      testDescription: "a profile that decides nothing",
      profiles: [Profile(name: "p", ingress: [rule(.allow, port: 81)]), Profile(name: "q")], listed: ["p", "q"],
      flow: "tcp NEAR -> A:80", obstacle: "no-profile-matched",
      edits: ["profile p ingress[1] allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "a profile that denies", profiles: [Profile(name: "p", ingress: [rule(.deny)])], listed: ["p"],
      flow: "tcp NEAR -> A:80", obstacle: "profile", edits: ["profile p ingress[0] allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "a pass to profiles that are not there", policies: [policy("web", "a", in: [rule(.log), rule(.pass)])],
      flow: "tcp NEAR -> A:80", obstacle: "no-profile-matched",
      edits: ["policy web ingress[1] allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "a missing profile", listed: ["web"], flow: "tcp NEAR -> A:80", obstacle: "missing-profile",
      edits: ["profile web in: allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "a mistyped profile", profiles: [Profile(name: "servers", ingress: [rule(.allow)])],
      listed: ["servesr"], flow: "tcp NEAR -> A:80", obstacle: "missing-profile",
      edits: ["h/hep-a 0: servesr to servers"]),
    RemedyCase(
      testDescription: "the profile with a name like it does not help",
      profiles: [Profile(name: "servers", ingress: [rule(.deny)])], listed: ["servesr"], flow: "tcp NEAR -> A:80",
      obstacle: "missing-profile", edits: ["profile servesr in: allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "a profile that Felix refuses",
      profiles: [
        Profile(name: "p", ingress: [Rule(.allow, protocol: ProtocolMatch(.icmp, isName: true), icmp: ICMPMatch(type: 0))])
      ],
      listed: ["p"], semantics: .calico24, flow: "tcp NEAR -> A:80", obstacle: "missing-profile",
      edits: ["new profile allow-tcp-80 in: allow tcp NEAR -> A:80 as 0 of h/hep-a"]),
    RemedyCase(
      testDescription: "untracked deny: left to normal policy",
      policies: [policy("raw", "a", in: [rule(.deny)], kind: .untracked), policy("web", "a", in: [rule(.allow)])],
      flow: "tcp NEAR -> A:80", obstacle: "policy", edits: ["policy raw ingress[0] pass tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "untracked deny of a packet that begins nothing",
      policies: [policy("raw", "a", in: [rule(.deny)], kind: .untracked)], flow: "icmp NEAR -> A type 0", obstacle: "policy",
      edits: ["policy raw ingress[0] allow icmp NEAR -> A"]),
    RemedyCase(
      testDescription: "untracked deny of the reply",
      policies: [policy("raw", "a", out: [rule(.deny)], kind: .untracked), policy("web", "a", in: [rule(.allow)])],
      flow: "tcp NEAR -> A:80", obstacle: "reply policy", edits: ["policy raw egress[0] pass tcp A:80 -> NEAR"]),
    RemedyCase(
      testDescription: "untracked one way (S61)", policies: [policy("raw", "a", in: [rule(.allow)], kind: .untracked)],
      flow: "tcp NEAR -> A:999", obstacle: "reply conntrack-invalid",
      edits: ["policy raw egress[0] allow tcp A:999 -> NEAR"]),
    RemedyCase(
      testDescription: "the counterpart goes where the rule is",
      policies: [
        policy("narrow", "a", order: 1, kind: .untracked), policy("raw", in: [rule(.allow)], order: 2, kind: .untracked),
      ],
      flow: "tcp NEAR -> A:999", obstacle: "reply conntrack-invalid",
      edits: ["policy raw egress[0] allow tcp A:999 -> NEAR"]),
    RemedyCase(
      testDescription: "pre-DNAT deny", policies: [policy("dnat", "a", in: [rule(.deny)], kind: .preDNAT)],
      flow: "tcp NEAR -> A:80",
      obstacle: "policy", edits: ["policy dnat ingress[0] allow tcp NEAR -> A:80"]),
  ]

  /// What a name server sends.
  private static let answers = Rule(
    .allow, protocol: ProtocolMatch(.udp, isName: true), source: EntityRule(ports: [PortRange(53)]))

  static let elsewhere: [RemedyCase] = [
    RemedyCase(
      testDescription: "K1: the workload sees the backend", policies: [policy("shop", "w1")], flow: "tcp NEAR -> A:30080",
      obstacle: "no-policy-matched", edits: ["policy shop ingress[0] allow tcp NEAR -> W1:8080"]),
    RemedyCase(
      testDescription: "K1: pre-DNAT policy sees the NodePort",
      policies: [
        policy("shop", "w1", in: [rule(.allow)]), policy("no-ports", "a", in: [rule(.deny, port: 30080)], kind: .preDNAT),
      ],
      flow: "tcp NEAR -> A:30080", obstacle: "policy",
      edits: ["policy no-ports ingress[0] allow tcp NEAR -> A:30080"]),
    RemedyCase(
      testDescription: "K1: untracked does harm there (D4)",
      policies: [policy("shop", "w1", in: [rule(.allow)]), policy("raw", "a", in: [rule(.allow)], kind: .untracked)],
      flow: "tcp NEAR -> W1:80", obstacle: "reply conntrack-invalid",
      edits: ["policy raw ingress[0] pass tcp NEAR -> W1:80"]),
    RemedyCase(
      testDescription: "K3: in and out", policies: [policy("gate", in: [], out: [])], flow: "tcp NEAR -> NEAR1:80",
      obstacle: "no-policy-matched",
      edits: ["policy gate ingress[0] allow tcp NEAR -> NEAR1:80", "policy gate egress[0] allow tcp NEAR -> NEAR1:80"]),
    RemedyCase(
      testDescription: "K3: what Felix lets through as well, not one pre-DNAT allow (D2)",
      policies: [policy("gate"), policy("dnat", "a", kind: .preDNAT)], flow: "tcp NEAR -> NEAR1:80",
      obstacle: "no-policy-matched",
      edits: ["policy gate ingress[0] allow tcp NEAR -> NEAR1:80", "policy gate egress[0] allow tcp NEAR -> NEAR1:80"]),
    RemedyCase(
      testDescription: "K3: not under calico-2.4 (D2)",
      policies: [policy("gate"), policy("dnat", "a", kind: .preDNAT)], semantics: .calico24, flow: "tcp NEAR -> NEAR1:80",
      obstacle: "no-policy-matched",
      edits: ["policy gate ingress[0] allow tcp NEAR -> NEAR1:80", "policy gate egress[0] allow tcp NEAR -> NEAR1:80"]),
    RemedyCase(
      testDescription: "K3: untracked at A alone (S91)",
      policies: [policy("raw", in: [rule(.allow, port: 80)], kind: .untracked)], flow: "tcp NEAR -> NEAR1:80",
      obstacle: "reply conntrack-invalid", edits: ["policy raw ingress[1] allow tcp NEAR1:80 -> NEAR"]),
    RemedyCase(
      testDescription: "K3: the gates that deny, not as many untracked rules",
      policies: [policy("gate", "a", order: 2), policy("raw", "a", in: [rule(.allow, port: 7)], order: 1, kind: .untracked)],
      flow: "tcp NEAR -> FAR:80", obstacle: "no-policy-matched",
      edits: ["policy gate ingress[0] allow tcp NEAR -> FAR:80", "policy gate egress[0] allow tcp NEAR -> FAR:80"]),
    RemedyCase(
      testDescription: "K3: two tracked rules before one untracked",
      policies: [
        policy("gate", in: [answers], out: [answers], order: 2), policy("raw", "a", order: 1, kind: .untracked),
      ],
      flow: "udp NEAR -> NEAR1:53", obstacle: "no-policy-matched",
      edits: ["policy gate ingress[1] allow udp NEAR -> NEAR1:53", "policy gate egress[1] allow udp NEAR -> NEAR1:53"]),
    RemedyCase(
      testDescription: "K4", policies: [policy("out", "b")], flow: "udp B -> NEAR1:53", obstacle: "no-policy-matched",
      edits: ["policy out egress[0] allow udp B -> NEAR1:53"]),
    RemedyCase(
      testDescription: "K4: ping untracked, and no type 0 in the counterpart (D16)",
      policies: [policy("raw", "b", out: [rule(.allow)], kind: .untracked)], flow: "icmp B -> NEAR1 type 8",
      obstacle: "reply conntrack-invalid",
      edits: ["policy raw ingress[0] allow icmp NEAR1 -> B"]),
    RemedyCase(
      testDescription: "K5", policies: [policy("out", "w1", out: [rule(.deny)])], flow: "tcp W1 -> FAR:443", obstacle: "policy",
      edits: ["policy out egress[0] allow tcp W1 -> FAR:443"]),
    RemedyCase(
      testDescription: "K6: sender and receiver", policies: [policy("one", "w1"), policy("two", "w2")], flow: "tcp W1 -> W2:80",
      obstacle: "no-policy-matched",
      edits: ["policy one egress[0] allow tcp W1 -> W2:80", "policy two ingress[0] allow tcp W1 -> W2:80"]),
    RemedyCase(
      testDescription: "K3: two rules in one list",
      policies: [
        policy("raw", in: [rule(.log), rule(.deny)], kind: .untracked), policy("gate", in: [rule(.allow)], out: [rule(.allow)]),
      ],
      flow: "tcp NEAR -> NEAR1:80", obstacle: "policy",
      edits: ["policy raw ingress[1] pass tcp NEAR -> NEAR1:80", "policy raw ingress[2] pass tcp NEAR1:80 -> NEAR"]),
    RemedyCase(
      testDescription: "K6: a policy for each", flow: "tcp W1 -> W2:80", obstacle: "no-profile-matched",
      edits: [
        "new policy allow-tcp-80 {app == 'w1'} out: allow tcp W1 -> W2:80",
        "new policy allow-tcp-80-2 {app == 'w2'} in: allow tcp W1 -> W2:80",
      ]),
    RemedyCase(
      testDescription: "K6: a profile for each", hasLabels: false, flow: "tcp W1 -> W2:80", obstacle: "no-profile-matched",
      edits: [
        "new profile allow-tcp-80 out: allow tcp W1 -> W2:80 as 0 of h/k8s/w1/eth0",
        "new profile allow-tcp-80-2 in: allow tcp W1 -> W2:80 as 0 of h/k8s/w2/eth0",
      ]),
    RemedyCase(
      testDescription: "K6: one missing profile of both", listed: ["gone"], flow: "tcp W1 -> W2:80",
      obstacle: "missing-profile",
      edits: ["profile gone in: allow tcp W1 -> W2:80 out: allow tcp W1 -> W2:80"]),
    RemedyCase(
      testDescription: "K8: the workload and the host's action", policies: [policy("one", "w1")], flow: "tcp W1 -> A:80",
      obstacle: "no-policy-matched", edits: ["policy one egress[0] allow tcp W1 -> A:80", "h to host Accept"]),
  ]
}

extension Selector {
  /// `on == 'a'` of host endpoints, `app == 'w1'` of workloads.
  fileprivate static func equal(_ label: String) -> Selector {
    let key = label.hasPrefix("w") ? "app" : "on"
    return (try? Selector(ByteString("\(key) == '\(label)'"))) ?? .all
  }
}
