import Selector
import Simulator
import Testing

/// What stands in the way, and what to change, path by path and obstacle by obstacle.
@Suite struct RemedyTests {
  @Test(
    arguments: RemedyCases.toHost + RemedyCases.elsewhere + RemedyCases.stops + RemedyCases.switchedOff,
    [RemedyCase.v4, RemedyCase.v6])
  func remedies(_ test: RemedyCase, names: [String: String]) throws {
    let walker = try test.walker(names)
    let flow = try test.flow(names, on: walker)
    guard case .remedy(let remedy) = walker.remedy(for: flow) else {
      Issue.record("\(walker.remedy(for: flow))")
      return
    }
    #expect((remedy.obstacle.isReply ? "reply " : "") + remedy.obstacle.decision.kind.name == test.obstacle)
    #expect(remedy.edits.map(EditLine(names: names).line) == test.edits)
    let then = try Walker(
      world: World(try test.resources(names)).applying(remedy.changes), node: "h", semantics: test.semantics
    )
    .judge(flow)
    #expect(then == remedy.verdict)
    #expect(remedy.goal == .pass ? then.forward.isAllowed && then.reply?.isAllowed != false : !then.forward.isAllowed)
  }

  @Test(arguments: RemedyCases.limits, [RemedyCase.v4, RemedyCase.v6])
  func limits(_ test: (RemedyCase, RemedyLimit), names: [String: String]) throws {
    let names = names.merging(["UNKNOWN": names == RemedyCase.v4 ? "10.99.0.1" : "fd99::1"]) { $1 }
    let walker = try test.0.walker(names)
    guard case .none(let none) = walker.remedy(for: try test.0.flow(names, on: walker)) else {
      Issue.record("there is a remedy")
      return
    }
    #expect(none.limit == test.1)
    #expect(none.obstacle?.decision.kind.name == test.0.obstacle)
    #expect(none.edits.map(EditLine(names: names).line) == test.0.edits)
  }

  /// Where all changes that both sets of semantics agree on are two edits longer, it is said what the other makes of it.
  @Test func whatTheOtherSemanticsMakeOfIt() throws {
    let untracked = RemedyCases.policy("raw", in: [RemedyCases.rule(.allow, port: 80)], kind: .untracked)
    var test = RemedyCase(testDescription: "", policies: [untracked], flow: "tcp NEAR -> NEAR1:80", obstacle: "", edits: [])
    let walker = try test.walker(RemedyCase.v4)
    guard case .remedy(let remedy) = walker.remedy(for: try test.flow(RemedyCase.v4, on: walker)) else {
      Issue.record("no remedy")
      return
    }
    let dispute = try #require(remedy.dispute)
    #expect(dispute.walker.semantics.name == "calico-2.4")
    #expect(!dispute.verdict.forward.isAllowed && dispute.verdict.forward.decidedBy.kind == .noProfileMatched)
    test.flow = "tcp NEAR -> A:80"
    guard case .remedy(let agreed) = walker.remedy(for: try test.flow(RemedyCase.v4, on: walker)) else {
      Issue.record("no remedy")
      return
    }
    #expect(agreed.dispute == nil)
  }

  /// One label, else two, else all; without any a profile, never a policy for `all()`.
  @Test(
    arguments: [
      (["role": "cache"], [:], "new policy allow-tcp-80 {role == 'cache'} in: allow tcp NEAR -> A:80"),
      (
        ["role": "cache", "zone": "1"], ["role": "cache", "zone": "2"],
        "new policy allow-tcp-80 {zone == '1'} in: allow tcp NEAR -> A:80"
      ),
      ([:], [:], "new profile allow-tcp-80 in: allow tcp NEAR -> A:80 as 0 of h/hep"),
      ([:], ["role": "cache"], "new profile allow-tcp-80 in: allow tcp NEAR -> A:80 as 0 of h/hep"),
    ] as [([String: String], [String: String], String)])
  func aCreatedPolicyNamesItsEndpoint(own: [String: String], other: [String: String], edit: String) throws {
    func labels(_ labels: [String: String]) -> LabelSet {
      LabelSet(labels.map { (key: ByteString($0.key), value: ByteString($0.value)) })
    }
    let address = try #require(IPAddress("10.0.0.1"))
    var resources: [Resource] = [
      .hostEndpoint(
        HostEndpoint(node: "h", name: "hep", labels: labels(own), interfaceName: "eth0", expectedIPs: [address]))
    ]
    if !other.isEmpty {
      resources.append(
        .hostEndpoint(HostEndpoint(node: "h2", name: "hep", labels: labels(other), interfaceName: "eth0")))
    }
    let walker = Walker(world: World(resources), node: "h", semantics: .documented)
    let near = try #require(IPAddress("10.0.0.2"))
    let flow = Flow(Packet(.tcp, from: near, port: 49152, to: address, port: 80), entry: .interface(0))
    guard case .remedy(let remedy) = walker.remedy(for: flow) else {
      Issue.record("no remedy")
      return
    }
    #expect(remedy.edits.map(EditLine(names: RemedyCase.v4).line) == [edit])
  }

  @Test func whatCannotBeJudged() throws {
    let walker = try RemedyCase(testDescription: "", flow: "", obstacle: "", edits: []).walker(RemedyCase.v4)
    let nowhere = try #require(IPAddress("192.0.2.1"))
    let near = try #require(IPAddress("10.0.0.2"))
    let own = try #require(IPAddress("10.0.0.1"))
    let there = walker.remedy(for: Flow(Packet(.udp, from: near, to: nowhere), entry: .interface(0)))
    let back = walker.remedy(for: Flow(Packet(.tcp, from: nowhere, port: 49152, to: own, port: 22), entry: .interface(0)))
    guard case .none(let first) = there, case .none(let second) = back else {
      Issue.record("there is a remedy")
      return
    }
    #expect(first.limit == RemedyLimit.cannotBeJudged(.noRoute(nowhere)) && first.before == nil)
    #expect(second.limit == RemedyLimit.replyCannotBeJudged(.noRoute(nowhere)) && second.goal == .pass)
  }
}
