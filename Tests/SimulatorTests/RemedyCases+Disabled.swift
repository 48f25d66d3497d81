import Selector
import Simulator

/// Flows whose fate turns as soon as something that is switched off is switched on again.
extension RemedyCases {
  private static func off(_ action: Action, port: UInt16? = nil) -> Rule {
    var rule = rule(action, port: port)
    rule.isDisabled = true
    return rule
  }

  private static func off(_ policy: Policy) -> Policy {
    var policy = policy
    policy.isDisabled = true
    return policy
  }

  static let switchedOff: [RemedyCase] = [
    RemedyCase(
      testDescription: "a rule of a policy that applies",
      policies: [policy("web", "a", in: [rule(.allow, port: 81), off(.allow, port: 80)])], flow: "tcp NEAR -> A:80",
      obstacle: "no-policy-matched", edits: ["enable policy web ingress[1]"]),
    RemedyCase(
      testDescription: "one that does not do it",
      policies: [policy("web", "a", in: [off(.allow, port: 82)])], flow: "tcp NEAR -> A:80",
      obstacle: "no-policy-matched", edits: ["policy web ingress[1] allow tcp NEAR -> A:80"]),
    RemedyCase(
      testDescription: "the untracked counterpart",
      policies: [policy("raw", "a", in: [rule(.allow)], out: [off(.allow)], kind: .untracked)], flow: "tcp NEAR -> A:999",
      obstacle: "reply conntrack-invalid", edits: ["enable policy raw egress[0]"]),
    RemedyCase(
      testDescription: "a whole policy", policies: [off(policy("web", "a", in: [rule(.allow)]))], flow: "tcp NEAR -> A:80",
      obstacle: "no-profile-matched", edits: ["enable policy web"]),
    RemedyCase(
      testDescription: "a normal policy before an untracked one",
      policies: [
        off(policy("raw", "a", in: [rule(.allow)], out: [rule(.allow)], order: 1, kind: .untracked)),
        off(policy("web", "a", in: [rule(.allow)], order: 2)),
      ],
      flow: "tcp NEAR -> A:80", obstacle: "no-profile-matched", edits: ["enable policy web"]),
    RemedyCase(
      testDescription: "a rule of a profile", profiles: [Profile(name: "p", ingress: [off(.allow)])], listed: ["p"],
      flow: "tcp NEAR -> A:80", obstacle: "no-profile-matched", edits: ["enable profile p ingress[0]"]),
    RemedyCase(
      testDescription: "a deny, to stop", policies: [policy("web", "a", in: [off(.deny, port: 80), rule(.allow)])],
      flow: "tcp NEAR -> A:80", obstacle: "policy", edits: ["enable policy web ingress[0]"]),
  ]
}
