import Selector
import Simulator
import Testing

/// What else a remedy alters, and that it says so truly.
@Suite struct RemedyImpactTests {
  private func impact(
    _ test: RemedyCase, watching watched: [String] = []
  ) throws -> (impact: RemedyImpact, remedy: Remedy, walker: Walker) {
    let walker = try test.walker(RemedyCase.v4)
    guard case .remedy(let remedy) = walker.remedy(for: try test.flow(RemedyCase.v4, on: walker)) else {
      throw NoRemedyGiven()
    }
    let flows = try watched.map { text in
      var other = test
      other.flow = text
      return HostFlow(node: "h", flow: try other.flow(RemedyCase.v4, on: walker))
    }
    return (remedy.impact(on: flows, from: walker), remedy, walker)
  }

  private struct NoRemedyGiven: Error {}

  private func world(_ policies: [Policy] = [], profiles: [Profile] = [], listed: [ByteString] = [], flow: String) -> RemedyCase
  {
    RemedyCase(
      testDescription: "", policies: policies, profiles: profiles, listed: listed, flow: flow, obstacle: "", edits: [])
  }

  @Test func anExactRuleAltersNothingElse() throws {
    let web = RemedyCases.policy("web", in: [RemedyCases.rule(.allow, port: 443)])
    let found = try impact(world([web], flow: "tcp NEAR -> A:80"), watching: ["tcp NEAR -> A:443", "tcp FAR -> A:80"])
    #expect(found.impact.altersNothing && found.impact.watchedCount == 2 && found.impact.neighbourCount > 20)
    let world = found.walker.world
    #expect(found.impact.alsoGoverned.map { world.endpoints[$0].shortName } == ["hep-b", "w1", "w2"])
  }

  /// A counterpart names the sender's port and leaves the receiver's open, so flows that begin there pass too.
  @Test func aCounterpartLetsFlowsBeginAtItsPort() throws {
    let own = try #require(IPAddress("10.0.0.1"))
    let far = try #require(IPAddress("203.0.113.9"))
    let server = RemedyCases.policy("raw", "a", in: [RemedyCases.rule(.allow, port: 999)], kind: .untracked)
    let begun = try impact(world([server], flow: "tcp FAR -> A:999")).impact.neighbourChanges
    #expect(
      begun.contains {
        $0.flow.flow == Flow(Packet(.tcp, from: own, port: 999, to: far, port: 80), entry: .host)
          && $0.before?.forward.isAllowed == false && $0.after?.forward.isAllowed == true
      })
    let client = RemedyCases.policy("raw", "a", out: [Rule(.allow)], kind: .untracked)
    let arriving = try impact(world([client], flow: "tcp A -> FAR:53")).impact.neighbourChanges
    #expect(
      arriving.contains {
        $0.flow.flow == Flow(Packet(.tcp, from: far, port: 53, to: own, port: 80), entry: .interface(0))
          && $0.before?.forward.isAllowed == false && $0.after?.forward.isAllowed == true
      })
  }

  @Test func aFailsafeIsTakenFromEverybody() throws {
    let found = try impact(world(flow: "tcp FAR -> A:22"), watching: ["tcp NEAR -> A:22", "tcp NEAR -> A:80"])
    #expect(found.impact.watchedChanges.map(\.watched) == [0])
    #expect(found.impact.neighbourChanges.contains { $0.flow.flow.packet.destination != found.remedy.flow.packet.destination })
    #expect(
      found.impact.neighbourChanges.allSatisfy { $0.before?.forward.isAllowed == true && $0.after?.forward.isAllowed == false })
  }

  @Test func aCorrectedProfileNameBringsAllItsRules() throws {
    let servers = Profile(name: "servers", ingress: [RemedyCases.rule(.allow, port: 80), RemedyCases.rule(.allow, port: 443)])
    let found = try impact(world(profiles: [servers], listed: ["servesr"], flow: "tcp NEAR -> A:80"))
    #expect(found.impact.neighbourChanges.contains { $0.flow.flow.packet.destinationPort == 443 })
  }

  @Test func aProfileThatComesIntoBeingUncoversTheNext() throws {
    let open = Profile(name: "open", ingress: [Rule(.allow)])
    let found = try impact(world(profiles: [open], listed: ["gone", "open"], flow: "tcp NEAR -> A:80"))
    #expect(found.remedy.edits.map(EditLine(names: RemedyCase.v4).line) == ["profile gone in: allow tcp NEAR -> A:80"])
    #expect(
      found.impact.neighbourChanges.contains { $0.flow.flow.packet.protocol == .icmp && $0.after?.forward.isAllowed == true })
    #expect(found.impact.alsoGoverned.count == 3)
  }

  /// Endpoints of other hosts that have what is changed are looked at there.
  @Test func otherHostsAreLookedAt() throws {
    let open = Profile(name: "open", ingress: [Rule(.allow)])
    var resources = try world(profiles: [open], listed: ["gone", "open"], flow: "").resources(RemedyCase.v4)
    let far = IPNetwork(single: try #require(IPAddress("10.66.0.1")))
    resources.append(
      .workloadEndpoint(
        WorkloadEndpoint(
          node: "h2", orchestrator: "k8s", workload: "far", name: "eth0", interfaceName: "cali1", ipNetworks: [far],
          profiles: ["gone", "open"])))
    resources.append(
      .hostEndpoint(
        HostEndpoint(
          node: "h2", name: "hep", interfaceName: "eth0", expectedIPs: [try #require(IPAddress("10.0.0.3"))])))
    let walker = Walker(world: World(resources), node: "h", semantics: .documented)
    let near = try #require(IPAddress("10.0.0.2"))
    let own = try #require(IPAddress("10.0.0.1"))
    let flow = Flow(Packet(.tcp, from: near, port: 49152, to: own, port: 80), entry: .interface(0))
    guard case .remedy(let remedy) = walker.remedy(for: flow) else { throw NoRemedyGiven() }
    let watched = HostFlow(
      node: "h2", flow: Flow(Packet(.udp, from: near, port: 49152, to: far.address, port: 53), entry: .interface(1)))
    let impact = remedy.impact(on: [watched], from: walker)
    #expect(impact.watchedChanges.count == 1)
    #expect(impact.neighbourChanges.contains { $0.flow.node == "h2" })
    #expect(impact.alsoGoverned.contains { impact.world.endpoints[$0].shortName == "far" })
  }

  /// A watched flow with the same fate by another rule is told of; one whose rule only moved is not.
  @Test func theDecidingRuleCounts() throws {
    let later = RemedyCases.policy("z", "a", in: [RemedyCases.rule(.allow, port: 80)], order: 2)
    let first = RemedyCases.policy(
      "y", "a", in: [RemedyCases.rule(.deny, port: 81), RemedyCases.rule(.allow, port: 82)], order: 1)
    let found = try impact(
      world([later, first], flow: "tcp NEAR -> A:81"),
      watching: ["tcp NEAR:7 -> A:81", "tcp NEAR -> A:82", "tcp NEAR -> A:80", "tcp NEAR -> A:81"])
    #expect(found.impact.watchedChanges.map(\.watched) == [0])
  }

  /// On worlds drawn at random: what is told to change does, judged in worlds made of resources alone; who else is
  /// governed is who is selected; and asking twice gives the same.
  @Test func whatIsToldIsTrue() throws {
    var changed = 0
    for seed in 1...UInt64(40) {
      var drawn = RandomWorld(seed: seed &* 31_337)
      let resources = try drawn.make(policies: 3, rulesUpTo: 3)
      let walker = Walker(world: World(resources), node: "h", semantics: Semantics.all[Int(seed % 2)])
      for _ in 0..<3 {
        guard case .remedy(let remedy) = walker.remedy(for: drawn.flow(on: walker)) else { continue }
        let watched = (0..<20).map { _ in HostFlow(node: "h", flow: drawn.flow(on: walker)) }
        let impact = remedy.impact(on: watched, from: walker)
        #expect(impact.neighbourCount <= 200 && impact.neighbourCount > 5)
        changed += impact.watchedChanges.count + impact.neighbourChanges.count
        check(impact, watched, remedy, resources, walker)
        let again = remedy.impact(on: watched, from: walker)
        #expect(again.neighbourChanges.map(\.flow) == impact.neighbourChanges.map(\.flow))
        #expect(again.neighbourCount == impact.neighbourCount)
      }
    }
    #expect(changed > 20, "\(changed)")
  }

  private func check(
    _ impact: RemedyImpact, _ watched: [HostFlow], _ remedy: Remedy, _ resources: [Resource], _ walker: Walker
  ) {
    let after = Dictionary(remedy.changes.map { ($0.id, $0.after) }) { first, _ in first }
    let kept = resources.filter { after[$0.id] == nil } + after.values.compactMap(\.self)
    let then = Walker(world: World(kept), node: "h", semantics: walker.semantics)
    func fates(_ flow: Flow) -> [[Bool?]] {
      [walker, then].map { walker in
        let verdict = try? walker.judge(flow)
        return [verdict?.forward.isAllowed, verdict?.reply?.isAllowed]
      }
    }
    for change in impact.neighbourChanges {
      let fates = fates(change.flow.flow)
      #expect(fates[0] != fates[1])
    }
    for (place, flow) in watched.enumerated() where flow.flow != remedy.flow {
      let fates = fates(flow.flow)
      if fates[0] != fates[1] { #expect(impact.watchedChanges.contains { $0.watched == place }) }
    }
  }
}
