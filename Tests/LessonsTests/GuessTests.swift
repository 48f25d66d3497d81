import Lessons
import Manifests
import Session
import Simulator
import Testing

/// Guesses as people type them, and what is said about wrong ones.
@Suite struct GuessTests {
  private static let world = """
    - apiVersion: gatewalk/v1
      kind: Host
      metadata: {name: node}
      spec:
        interfaces:
        - {name: eth0, addresses: [10.0.0.1/24]}
        - {name: eth1, addresses: [10.1.0.1/24]}
        - {name: eth2, addresses: [10.2.0.1/24]}
        - {name: eth3, addresses: [10.3.0.1/24]}
        routes: [{to: 0.0.0.0/0, interface: eth0}]
        dnat: [{protocol: tcp, address: 10.0.0.1, port: 30080, toAddress: 10.65.0.2, toPort: 8080}]
    - {apiVersion: v1, kind: hostEndpoint, metadata: {name: outer, node: node, labels: {side: out}}, spec: {interfaceName: eth0, expectedIPs: [10.0.0.1], profiles: [open]}}
    - {apiVersion: v1, kind: hostEndpoint, metadata: {name: inner, node: node, labels: {side: in}}, spec: {interfaceName: eth1, profiles: [open]}}
    - {apiVersion: v1, kind: hostEndpoint, metadata: {name: third, node: node, labels: {side: third}}, spec: {interfaceName: eth3, profiles: [lost]}}
    - {apiVersion: v1, kind: policy, metadata: {name: third}, spec: {selector: side == 'third', ingress: [{action: deny}]}}
    - {apiVersion: v1, kind: profile, metadata: {name: open}, spec: {ingress: [{action: allow}], egress: [{action: allow}]}}
    - apiVersion: v1
      kind: workloadEndpoint
      metadata: {node: node, orchestrator: k8s, workload: shop, name: eth0, labels: {app: shop}}
      spec: {interfaceName: cali1, ipNetworks: [10.65.0.2/32]}
    - {apiVersion: v1, kind: policy, metadata: {name: cache}, spec: {doNotTrack: true, selector: side == 'out', order: 1, ingress: [{action: allow, protocol: tcp, destination: {ports: [11211]}}]}}
    - {apiVersion: v1, kind: policy, metadata: {name: allow-node-port}, spec: {preDNAT: true, selector: side == 'out', order: 9, ingress: [{action: allow, protocol: tcp, destination: {ports: [9100]}}]}}
    - {apiVersion: v1, kind: policy, metadata: {name: early}, spec: {preDNAT: true, selector: side == 'out', order: 10, ingress: [{action: deny, protocol: udp}]}}
    - {apiVersion: v1, kind: policy, metadata: {name: lock-down}, spec: {selector: side == 'out', order: 20, ingress: [{action: deny, protocol: tcp, destination: {ports: [9100, 8080]}}, {action: allow, protocol: tcp, destination: {ports: [80]}}]}}
    - {apiVersion: v1, kind: policy, metadata: {name: later}, spec: {selector: side == 'out', order: 30, ingress: [{action: deny}]}}
    - {apiVersion: v1, kind: policy, metadata: {name: shop}, spec: {selector: app == 'shop', order: 20, ingress: [{action: allow, protocol: tcp, destination: {ports: [8080]}}]}}
    """

  private var session: Session { session() }

  private func session(_ semantics: Semantics = .documented) -> Session {
    Session(
      decodeManifests(SourceText(name: "world.yaml", bytes: Array(Self.world.utf8)), strictness: .strict), paths: [],
      semantics: semantics)
  }

  // MARK: Reading

  @Test(arguments: [
    ("allow by policy shop ingress[0]", "policy shop ingress[0]"), ("ALLOW by shop ingress[0]", "policy shop ingress[0]"),
    ("deny by policy shop ingress[0] (world.yaml:12)", "policy shop ingress[0]"),
    ("allow by open egress[0]", "profile open egress[0]"),
    ("drop by no policy matched", "no-policy-matched"), ("deny by no-profile-matched", "no-profile-matched"),
    ("allow by failsafe inbound tcp 22", "failsafe"), ("allow by failsafe tcp 22", "failsafe"),
    ("deny by no-policy-matched at outer", "no-policy-matched"),
    ("allow by established connection", "conntrack-established"),
    ("deny by invalid", "conntrack-invalid"), ("allow by not policed", "not-policed"),
    ("deny by missing profile team", "missing-profile team"),
    ("deny by defaultEndpointToHostAction Drop", "endpoint-to-host-action Drop"),
  ])
  func words(_ text: String, _ means: String) throws {
    let guess = try Guess(text, in: session.world)
    #expect(guess.decision?.text == means)
    #expect(guess.isAllowed == text.lowercased().hasPrefix("allow"))
    #expect(guess.question(in: session.world) == nil)
  }

  @Test(arguments: [
    ("", "a verdict is missing"), ("perhaps", "neither allow nor deny"), ("deny no-policy-matched", "comes \"by\""),
    ("deny by", "comes \"by\""),
    ("deny by nothing", "no kind of decision"), ("allow by policy shop in[0]", "no place of a rule"),
    ("allow by failsafe xyz", "unexpected \"xyz\" after failsafe"),
    ("allow by failsafe inbound tcp 22 23", "unexpected \"23\""), ("allow by failsafe icmp", "unexpected \"icmp\""),
    ("deny by no-policy-matched at outre", "no endpoint \"outre\""),
  ])
  func whatCannotBeRead(_ text: String, _ message: String) {
    do throws(Guess.Failure) {
      _ = try Guess(text, in: session.world)
      Issue.record("it was read")
    } catch {
      #expect(error.message.contains(message), "\(error)")
    }
  }

  @Test(arguments: [
    ("deny", "what decides"), ("deny by policy", "which policy"), ("deny by missing-profile", "which profile"),
    ("deny by lock-down", "which rule"),
  ])
  func whatIsNotAll(_ text: String, _ question: String) throws {
    let guess = try Guess(text, in: session.world)
    #expect(try #require(guess.question(in: session.world)).contains(question))
  }

  // MARK: Explaining

  struct Mistake: CustomTestStringConvertible {
    var flow: String
    var isReply = false
    var guess: String
    /// Fragments of what is said, in this order.
    var says: [String]
    var testDescription: String { "\(flow): \(guess)" }
  }

  static let web = "tcp 203.0.113.9 -> 10.0.0.1"

  static let mistakes: [Mistake] = [
    // The packet never gets to the gate.
    Mistake(
      flow: "\(web):9100 in eth0", guess: "deny by policy lock-down ingress[0]",
      says: [
        "You expected policy lock-down ingress[0] to drop it, but the packet never gets there",
        "allow-node-port ingress[0] lets it through",
        "pre-DNAT stage of outer", "skips normal policy (S89)",
      ]),
    Mistake(
      flow: "\(web):11211 in eth0", guess: "deny by no-policy-matched",
      says: ["the default drops it", "never gets there", "policy cache ingress[0]", "skips pre-DNAT and normal policy (S88)"]),
    Mistake(
      flow: "udp 203.0.113.9 -> 10.0.0.1:53 in eth0", guess: "deny by policy later ingress[0]",
      says: ["never gets there", "policy early ingress[0] drops it at the pre-DNAT stage"]),
    // A normal policy does not guard a pod.
    Mistake(
      flow: "tcp 203.0.113.9 -> 10.65.0.2:8080 in eth0", guess: "deny by policy lock-down ingress[0]",
      says: ["to-workload (K1)", "never asked", "for a local workload (S79)", "policy shop ingress[0] lets it through"]),
    Mistake(
      flow: "\(web):30080 in eth0", guess: "deny by policy later ingress[0]",
      says: ["to-workload (K1)", "never asked", "policy shop"]),
    // Order, and rules that do not match.
    Mistake(
      flow: "\(web):80 in eth0", guess: "deny by policy later ingress[0]",
      says: ["lock-down is asked before later (order 20 before order 30)", "lock-down ingress[1] lets it through"]),
    Mistake(
      flow: "\(web):80 in eth0", guess: "deny by policy lock-down ingress[0]",
      says: [
        "ingress[0] of lock-down is tried and does not match (destination.ports: 80 is not one of 9100, 8080)", "ingress[1]",
      ]),
    Mistake(
      flow: "\(web):8080 in eth0", guess: "allow by policy lock-down ingress[1]",
      says: ["but policy lock-down ingress[0] drops it", "before ingress[1] of lock-down is tried"]),
    Mistake(
      flow: "\(web):80 in eth0", guess: "allow by policy shop ingress[0]",
      says: ["shop does not select outer, as its selector is app == 'shop'"]),
    Mistake(
      flow: "\(web):80 in eth0", guess: "deny by policy lock-down ingress[1]", says: ["is an allow rule and drops nothing"]),
    Mistake(flow: "\(web):80 in eth0", guess: "allow by policy lock-down egress[0]", says: ["lock-down has no egress rules"]),
    Mistake(flow: "\(web):80 in eth0", guess: "allow by policy lokdown ingress[0]", says: ["there is no policy \"lokdown\""]),
    Mistake(
      flow: "\(web):443 in eth0", guess: "allow by policy allow-node-port ingress[0]",
      says: ["does not match", "no default drop (S74)", "policy later ingress[0] drops it"]),
    // Failsafes.
    Mistake(
      flow: "\(web):22 in eth0", guess: "deny by policy later ingress[0]", says: ["a failsafe port comes before all policy"]),
    Mistake(flow: "\(web):23 in eth0", guess: "allow by failsafe", says: ["inbound failsafe ports are tcp 22", "tcp port 23"]),
    Mistake(
      flow: "\(web):22 in eth0", guess: "allow by failsafe outbound tcp 22",
      says: ["You expected failsafe outbound tcp 22", "but failsafe inbound tcp 22 lets it through"]),
    Mistake(flow: "\(web):22 in eth0", guess: "allow by failsafe inbound tcp 99", says: ["but failsafe inbound tcp 22"]),
    // Which of two endpoints drops it.
    Mistake(
      flow: "tcp 10.1.0.9 -> 203.0.113.9:81 in eth1", guess: "deny by no-policy-matched at inner",
      says: ["the default drops it at inner", "but policies apply at the normal stage of outer"]),
    // The gate that settles it is named, not the first that is asked.
    Mistake(
      flow: "tcp 203.0.113.9 -> 10.65.0.2:8080 in eth0", guess: "allow by not-policed",
      says: ["shop", "(cali1) is asked about it: policy shop ingress[0] lets it through"]),
    // Profiles that are not there.
    Mistake(
      flow: "tcp shop -> 203.0.113.9:25", guess: "deny by missing-profile team",
      says: ["no endpoint in its way lists a profile team"]),
    Mistake(flow: "\(web):81 in eth0", guess: "deny by missing-profile open", says: ["there is a profile open"]),
    Mistake(
      flow: "tcp 10.3.0.9 -> 10.3.0.1:23 in eth3", guess: "deny by missing-profile lost",
      says: ["policy applies to third", "not asked, missing or not (S36)", "policy third ingress[0] drops it"]),
    Mistake(
      flow: "tcp 10.3.0.9 -> 10.3.0.1:22 in eth3", guess: "deny by missing-profile lost",
      says: ["failsafe inbound tcp 22 lets it through", "before that profile is looked for"]),
    // Defaults, profiles, and what is left alone.
    Mistake(
      flow: "tcp 10.0.0.1 -> 203.0.113.9:443 from host", guess: "deny by no-profile-matched",
      says: ["profiles are not consulted (S36)"]),
    Mistake(
      flow: "tcp 10.0.0.1 -> 203.0.113.9:443 from host", guess: "allow by profile open egress[0]", says: ["not consulted (S36)"]
    ),
    Mistake(
      flow: "\(web):81 in eth0", guess: "allow by profile open ingress[0]",
      says: ["policy applies to outer", "profiles are not consulted (S36)", "policy later ingress[0] drops it"]),
    Mistake(
      flow: "tcp 10.1.0.9 -> 10.1.0.1:23 in eth1", guess: "deny by no-policy-matched",
      says: ["profile open ingress[0] lets it through"]),
    Mistake(
      flow: "tcp 10.2.0.9 -> 10.2.0.1:23 in eth2", guess: "deny by no-profile-matched",
      says: ["no host endpoint stands for eth2"]),
    Mistake(flow: "\(web):80 in eth0", guess: "allow by not-policed", says: ["outer (eth0) is asked about it"]),
    // Replies.
    Mistake(
      flow: "\(web):11211 in eth0", isReply: true, guess: "allow by conntrack-established",
      says: ["let through untracked, so no connection was recorded (S58)"]),
    Mistake(
      flow: "\(web):80 in eth0", isReply: true, guess: "deny by no-policy-matched",
      says: ["established connection lets it through"]),
    Mistake(
      flow: "\(web):80 in eth0", guess: "allow by conntrack-established", says: ["begins its connection, so none is known yet"]),
    Mistake(
      flow: "tcp shop -> 203.0.113.9:25", guess: "deny by policy later ingress[0]", says: ["from-workload (K5)", "(S101)"]),
  ]

  @Test(arguments: mistakes)
  func aWrongGuessIsExplained(_ mistake: Mistake) throws {
    var session = session
    let flow = try JudgedFlow(mistake.flow, isAboutReply: mistake.isReply, in: &session)
    let review = GuessReview(try Guess(mistake.guess, in: session.world), of: flow)
    #expect(!review.isRight, "the engine says \(flow.answer)")
    let said = review.explanation.joined(separator: " ")
    var rest = said[...]
    for fragment in mistake.says {
      guard let range = rest.firstRange(of: fragment) else {
        Issue.record("no \(fragment) in \(said)")
        return
      }
      rest = rest[range.upperBound...]
    }
  }

  /// What Felix takes for missing is no policy, whatever it selects.
  @Test func byFelix() throws {
    var felix = session(.calico24)
    _ = felix.perform(
      "apply\napiVersion: v1\nkind: policy\nmetadata: {name: ping}\nspec: {selector: side == 'in', ingress: [{action: deny}, {action: allow, protocol: icmp, icmp: {type: 0}}]}"
    )
    let flow = try JudgedFlow("tcp 10.1.0.9 -> 10.1.0.1:23 in eth1", isAboutReply: false, in: &felix)
    let said = GuessReview(try Guess("deny by ping ingress[0]", in: felix.world), of: flow).explanation.joined(separator: " ")
    #expect(said.contains("counts as missing (D16): profile open ingress[0] lets it through"), "\(said)")
    // Early allows spare a forwarded packet only A's policy there.
    let early = try JudgedFlow("tcp 203.0.113.9 -> 10.1.0.9:9100 in eth0", isAboutReply: false, in: &felix)
    #expect(early.answer == "allow by profile open egress[0]")
  }

  /// Who expects the default of policies where Felix sees none is told which it leaves out.
  @Test func policiesThatFelixLeavesOut() throws {
    var felix = session(.calico24)
    _ = felix.perform(
      """
      apiVersion: v1
      kind: hostEndpoint
      metadata: {name: bare, node: node, labels: {side: bare}}
      spec: {interfaceName: eth2}
      ---
      apiVersion: v1
      kind: policy
      metadata: {name: ping}
      spec: {selector: side == 'bare', ingress: [{action: allow, protocol: icmp, icmp: {type: 0}}]}
      """)
    let flow = try JudgedFlow("tcp 10.2.0.9 -> 10.2.0.1:23 in eth2", isAboutReply: false, in: &felix)
    let said = GuessReview(try Guess("deny by no-policy-matched", in: felix.world), of: flow).explanation.joined(separator: " ")
    #expect(said.contains("what selects bare (ping) names ICMP type 0 or code 0 and counts as missing (D16)"), "\(said)")
  }

  /// Whatever is guessed, it is either right or explained, and what would be right is right.
  @Test func everyGuessHasAnAnswer() throws {
    var session = session
    let flows = Self.mistakes.map(\.flow)
    var count = 0
    for text in Set(flows) {
      for isReply in [false, true] {
        guard let flow = try? JudgedFlow(text, isAboutReply: isReply, in: &session) else { continue }
        for guess in Self.mistakes.map(\.guess) + [flow.answer] {
          let review = GuessReview(try Guess(guess, in: session.world), of: flow)
          let said = review.explanation.joined(separator: " ")
          #expect(said.isEmpty || said.hasSuffix(".") && !said.contains("..") && !said.contains("  "), "\(said)")
          #expect(review.isRight == review.explanation.isEmpty)
          count += 1
        }
        #expect(GuessReview(try Guess(flow.answer, in: session.world), of: flow).isRight, "\(flow.answer)")
      }
    }
    #expect(count > 400)
  }
}
