import Foundation
import Reports
import Selector
import Simulator
import Testing

/// Explanations whole, in each of their forms.
@Suite struct ExplanationTests {
  private func explain(_ flow: String) throws -> (Explanation, NearMisses, Walker) {
    let walker = try SmallWorld.walker()
    let text = try FlowText(flow)
    let trace = try walker.trace(try FlowResolver(text, source: flow, on: walker).resolve())
    return (Explanation(trace, on: walker), NearMisses(trace, on: walker), walker)
  }

  private func text(_ flow: String, whyNot: Bool = false, width: Int = 100) throws -> [String] {
    let (explanation, nearMisses, walker) = try explain(flow)
    return ExplanationText(
      explanation, nearMisses: whyNot ? nearMisses : nil, on: walker, style: .plain, width: width
    ).lines
  }

  @Test func aNodePort() throws {
    let text = try text("tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0").joined(separator: "\n")
    #expect(
      text == """
        ALLOW  tcp 203.0.113.9:49152 -> 10.0.0.1:30080  in eth0 on my-host

        A TCP packet from 203.0.113.9 port 49152 to 10.0.0.1 port 30080 enters my-host through eth0, which
        is host endpoint eth0-hep (an interface of the host that Calico was told to police). No untracked
        policy (asked first, before connections are tracked) and no pre-DNAT policy (asked before the
        destination is rewritten) applies to eth0-hep. For connection tracking (the kernel's memory of
        connections) it begins a new connection. DNAT (the rewriting of the destination, as for a service's
        port) sends it on to 10.65.0.1:8080 instead of 10.0.0.1:30080. It is for workload w1 (a container or
        virtual machine on this host) on cali1. Normal policy (asked once it is known where the packet goes)
        is not asked at eth0-hep, because the packet is for a local workload, so normal policy webserver has
        no say (S79). A workload is policed by the normal policies that select it: at workload w1, policy
        shop writes it to the log and goes on, because it is TCP (ingress[0], world.yaml:44). Policy shop
        allows it, because it is TCP to port 8080 and its source 203.0.113.9 is not in 10.0.0.1/32
        (ingress[1], world.yaml:45). So the packet is allowed and reaches workload w1. The rule behind this:
        for a packet to a local workload the workload's own ingress policy decides (S80).

        The reply, TCP from 10.65.0.1 port 8080 to 203.0.113.9 port 49152, comes from workload w1 and
        belongs to the connection that the packet began, so it is let through at workload w1 without
        policies being asked: it leaves through eth0. The rule behind this: connection tracking alone lets
        the answer return (S71).
        """, "\(text)")
  }

  @Test func aDenialAndWhatNearlyAllowedIt() throws {
    let text = try text("tcp 10.0.0.2 -> 10.0.0.1:81", whyNot: true).joined(separator: "\n")
    #expect(
      text == """
        DENY   tcp 10.0.0.2:49152 -> 10.0.0.1:81  in eth0 on my-host

        A TCP packet from 10.0.0.2 port 49152 to 10.0.0.1 port 81 enters my-host through eth0, which is host
        endpoint eth0-hep (an interface of the host that Calico was told to police). No untracked policy
        (asked first, before connections are tracked) and no pre-DNAT policy (asked before the destination
        is rewritten) applies to eth0-hep. For connection tracking (the kernel's memory of connections) it
        begins a new connection. It is for the host itself. Normal policies are asked once it is known where
        the packet goes: no ingress rule of policy webserver matches. Where policies apply, what none of
        them allows is dropped: this default drop meets the packet at eth0-hep. So the packet is dropped.
        The rule behind this: once a normal policy selects an endpoint, what no policy allows is dropped
        (S75).

        What nearly allowed the packet:
        - Policy webserver ingress[0] (world.yaml:31) would allow it in the normal stage of eth0-hep, were
          its destination port 80 and not 81.
        """, "\(text)")
  }

  @Test(arguments: [20, 40, 80, 100, 300])
  func linesAreFilled(width: Int) throws {
    let lines = try text("tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0", width: width).dropFirst()
    #expect(lines.allSatisfy { $0.count <= max(min(width, 100), 22) }, "\(lines)")
    #expect(lines.joined(separator: " ").contains("policy shop"))
  }

  @Test func markdownShowsNamesAsCode() throws {
    let (explanation, nearMisses, walker) = try explain("tcp 10.0.0.2 -> 10.0.0.1:81")
    let text = ExplanationMarkdown(explanation, nearMisses: nearMisses, on: walker).text
    #expect(text.hasPrefix("**DENY** `tcp 10.0.0.2:49152 -> 10.0.0.1:81` in eth0 on `my-host`"))
    #expect(text.contains("- Policy `webserver` `ingress[0]` (`world.yaml:31`) would allow it"))
  }

  @Test(arguments: [
    ("a", "`a`"), ("`", "`` ` ``"), ("a``b", "```a``b```"), ("x\u{1b}[2J", "`x\u{fffd}[2J`"),
  ])
  func namesNeedAsManyBackticksAsTheyHaveAndOne(name: String, code: String) {
    #expect(("\(name: ByteString(name))" as Prose).markdown == code)
  }

  @Test func wordsAreNoMarkdown() {
    #expect(("a_b *c* [d](e) <f>" as Prose).markdown == "a\\_b \\*c\\* \\[d\\](e) \\<f\\>")
  }

  @Test func jsonHoldsTheResultLineAndTheFacts() throws {
    let (explanation, nearMisses, walker) = try explain("tcp 10.0.0.2 -> 10.0.0.1:81")
    var json = JSONWriter()
    ExplanationJSON(explanation, nearMisses: nearMisses, on: walker).write(to: &json)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
    #expect(object["verdict"] as? String == "deny" && object["path"] as? String == "to-host")
    let sentences = try #require(object["sentences"] as? [[String: Any]])
    #expect(sentences.map { $0["text"] as? String } == explanation.sentences.map(\.prose.text))
    let facts = sentences.flatMap { $0["facts"] as? [[String: Any]] ?? [] }
    #expect(facts.count == explanation.sentences.map(\.facts.count).reduce(0, +))
    let unmatched = try #require(facts.first { $0["fact"] as? String == "unmatched" })
    #expect(unmatched["policies"] as? [String] == ["webserver"] && unmatched["endpoint"] as? String == "my-host/eth0-hep")
    #expect(sentences.last?["claims"] as? [String] == ["S75"])
    let near = try #require(object["nearMisses"] as? [[String: Any]])
    #expect(near.map { $0["failed"] as? String } == ["destination.ports"])
  }
}
