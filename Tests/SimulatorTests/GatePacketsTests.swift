import Selector
import Testing

@testable import Simulator

/// Gates as sets of packets against the walk, on worlds of several hosts.
@Suite struct GatePacketsTests {
  private struct Count {
    var gates = 0
    var rules = 0
    var accepted = 0
    var denied = 0
    var undecided = 0
    var absent = 0
  }

  @Test(arguments: Semantics.all)
  func gatesDoWhatTheWalkSaysTheyDo(semantics: Semantics) throws {
    var count = Count()
    for seed in 1...UInt64(60) {
      var cluster = try RandomCluster(seed: seed &* 104_729)
      let world = World(cluster.shuffled())
      var analysis = GateAnalysis(world: world, semantics: semantics)
      var governing: Set<Int> = []
      for node in world.nodes {
        let walker = Walker(world: world, node: node, semantics: semantics)
        for _ in 0..<40 { try compare(cluster.flow(on: walker.topology), walker, &analysis, &count) }
        governing.formUnion(walker.topology.interfaces.compactMap(\.endpoint))
      }
      for endpoint in world.endpoints.indices { #expect(analysis.isEnforced(endpoint) == governing.contains(endpoint)) }
      for policy in world.policies.indices {
        #expect(governing.isSuperset(of: analysis.endpoints(governedBy: policy)))
        #expect(!world.policies[policy].isDisabled || analysis.endpoints(governedBy: policy).isEmpty)
      }
    }
    let least = min(count.accepted, count.denied, count.undecided, count.absent)
    #expect(count.gates > 2_000 && count.rules * 5 > count.gates && least > 50, "too little happens to tell: \(count)")
  }

  private func compare(
    _ named: RandomCluster.NamedFlow, _ walker: Walker, _ analysis: inout GateAnalysis, _ count: inout Count
  ) throws {
    let entry = named.entry.flatMap { walker.topology.interface(named: $0) }
    let flow = Flow(
      named.packet, entry: entry.map { .interface($0) } ?? .host,
      out: named.out.flatMap { walker.topology.interface(named: $0) })
    var recorder = GateRecorder(packet: named.packet)
    guard let forward = try? walker.walk(flow, as: .first, &recorder) else { return }
    #expect(forward == (try walker.judge(flow)).forward)
    check(recorder, walker, &analysis, &count)
    guard let answer = walker.replyFlow(to: flow, forward) else { return }
    recorder = GateRecorder(packet: answer.packet)
    guard (try? walker.walk(answer, as: .answer(isTracked: forward.state == .new), &recorder)) != nil else { return }
    check(recorder, walker, &analysis, &count)
  }

  private func check(_ recorder: GateRecorder, _ walker: Walker, _ analysis: inout GateAnalysis, _ count: inout Count) {
    for (site, stage) in recorder.withoutPolicy {
      let gate = analysis.gate(ofEndpoint: Int(site.endpoint), stage, site.direction)
      #expect(!gate.isAsked && gate.undecided == .all)
      count.absent += 1
    }
    for visit in recorder.visits where visit.isAboutRules {
      guard let stage = visit.site.stage else { continue }
      let gate = analysis.gate(ofEndpoint: Int(visit.site.endpoint), stage, visit.site.direction)
      #expect(gate.isAsked && analysis.isEnforced(Int(visit.site.endpoint)))
      count.gates += 1
      let asked = gate.steps.filter { $0.matching.contains(visit.packet) }
      let matched = visit.matched.map { GatePackets.Step.Subject($0) }
      if asked.map(\.subject) != matched || asked.map(\.action) != visit.matched.map(\.action) {
        Issue.record("\(visit.packet) at \(visit.site) matches \(matched), and not \(asked.map(\.subject))")
      }
      if visit.matched.contains(where: { $0.kind == .policy }) { count.rules += 1 }
      let isIn = [gate.allowed, gate.denied, gate.undecided].map { $0.contains(visit.packet) }
      switch visit.outcome {
      case .accepted:
        count.accepted += 1
        #expect(isIn == [true, false, false])
      case .denied:
        count.denied += 1
        #expect(isIn == [false, true, false])
      case .noVerdict:
        count.undecided += 1
        #expect(isIn == [false, false, true])
      }
    }
  }

  /// Whatever comes to a gate has one fate, and each step finds what those before it left.
  @Test func everyPacketHasOneFate() throws {
    for seed in 1...UInt64(12) {
      var cluster = try RandomCluster(seed: seed &* 7_907)
      let world = World(cluster.shuffled())
      var analysis = GateAnalysis(world: world, semantics: .calico24)
      for endpoint in world.endpoints.indices {
        for stage in Stage.allCases {
          for direction in Direction.allCases {
            let gate = analysis.gate(ofEndpoint: endpoint, stage, direction)
            let fates = [gate.allowed, gate.denied, gate.undecided]
            #expect(PacketSet(unionOf: fates) == .all)
            #expect(fates[0].isDisjoint(with: fates[1]) && fates[0].union(fates[1]).isDisjoint(with: fates[2]))
            #expect(stage.isBeforeRouting || !gate.isAsked || gate.undecided.isEmpty)
            for (index, step) in gate.steps.enumerated() {
              let reaching = gate.packets(reaching: index)
              #expect(step.matching == reaching.intersection(analysis.packets(of: step.subject, endpoint, direction)))
            }
          }
        }
      }
    }
  }
}

extension GateAnalysis {
  /// What a step matches, whatever comes to it.
  fileprivate mutating func packets(of subject: GatePackets.Step.Subject, _ endpoint: Int, _ direction: Direction) -> PacketSet
  {
    switch subject {
    case .policy(let policy, let rule): packets(ofPolicy: policy, direction)[rule]
    case .profile(let profile, let rule): packets(ofProfile: profile, direction)[rule]
    case .noPolicyMatched, .noProfileMatched, .missingProfile: .all
    case .failsafe(let index): failsafes(of: endpoint, direction)[index].packets
    }
  }
}

/// Keeps what each gate did with which packet.
private struct GateRecorder: WalkRecorder {
  static let wantsFailures = true

  struct Visit {
    var site: Decision.Site
    var packet: Packet
    var matched: [Decision] = []
    var outcome = GateOutcome.noVerdict

    /// Connection tracking, an unknown workload and the host action settle a packet before any rule is asked.
    var isAboutRules: Bool {
      !matched.contains {
        [.conntrackEstablished, .conntrackInvalid, .unknownWorkload, .endpointToHostAction].contains($0.kind)
      }
    }
  }

  var packet: Packet
  var visits: [Visit] = []
  var withoutPolicy: [(site: Decision.Site, stage: Stage)] = []

  init(packet: Packet) {
    self.packet = packet
  }

  mutating func enter(_ site: Decision.Site, gate: Int) { visits.append(Visit(site: site, packet: packet)) }
  mutating func pass(_ site: Decision.Site, gate: Int, because reason: GatePass) {
    if reason == .noPolicy, let stage = site.stage { withoutPolicy.append((site, stage)) }
  }
  mutating func attempt(_ kind: Decision.Kind, subject: Int32) {}
  mutating func fail(rule: Int32, _ criterion: Criterion) {}
  mutating func match(_ decision: Decision) { visits[visits.count - 1].matched.append(decision) }
  mutating func leave(_ outcome: GateOutcome) { visits[visits.count - 1].outcome = outcome }
  mutating func classify(_ state: ConntrackState) {}
  mutating func rewrite(_ before: Packet, _ after: Packet, rule: Int) { packet = after }
  mutating func route(_ exit: Exit, path: Path) {}
}

extension GatePackets.Step.Subject {
  fileprivate init?(_ decision: Decision) {
    switch decision.kind {
    case .failsafe: self = .failsafe(Int(decision.rule))
    case .policy: self = .policy(Int(decision.subject), rule: Int(decision.rule))
    case .profile: self = .profile(Int(decision.subject), rule: Int(decision.rule))
    case .missingProfile: self = .missingProfile(Int(decision.subject))
    case .noPolicyMatched: self = .noPolicyMatched
    case .noProfileMatched: self = .noProfileMatched
    default: return nil
    }
  }
}
