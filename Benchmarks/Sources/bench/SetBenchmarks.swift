import Manifests
import Simulator

/// Sets of packets: three ways to represent them, and what lint asks of a world.
enum SetBenchmarks {
  static func run() throws {
    // First, as memory that the comparison gave back would hide what this takes.
    try analyse()
    for count in [10, 100, 1_000] {
      compare("realistic \(count)", SetSamples.realistic(count))
      compare("crossing \(count)", SetSamples.crossing(count, width: 20_000))
      compare("narrow \(count)", SetSamples.crossing(count, width: 1_000))
    }
    for addresses in [10, 100, 1_000, 10_000] {
      compare("100 with selectors of \(addresses)", SetSamples.realistic(100, addresses: addresses))
    }
  }

  private static func compare(_ label: String, _ rules: [SampleRule]) {
    var diagrams = SetComparison(label, rules, DiagramAlgebra())
    diagrams.run()
    var products = SetComparison(label, rules, ProductAlgebra())
    products.run()
    var binary = SetComparison(label, rules, BDDAlgebra())
    binary.run()
  }

  // MARK: What lint asks

  private static func analyse() throws {
    try ScratchWorld.with(WorldSize()) { scratch in
      let loaded = loadManifests(paths: [scratch.manifests], strictness: .lenient)
      let world = World(loaded.resources)
      let rules = allRules(world)
      let before = try residentMegabytes()
      var analysis = GateAnalysis(world: world, semantics: .documented)
      inPolicies(rules, &analysis)
      Measurement("sets/memory of all rules as sets", unit: "MB", aim: 300, [try residentMegabytes() - before]).report()
      report("sets/every rule as a set, and its cover in its policy", unit: .milliseconds, aim: 1_000, repeats: 5) {
        var fresh = GateAnalysis(world: world, semantics: .documented)
        inPolicies(rules, &fresh)
      }
      report("sets/what comes before any set is made", unit: .milliseconds, repeats: 5) {
        consume(GateAnalysis(world: world, semantics: .documented))
      }
      report("sets/cover of every rule on all endpoints", unit: .milliseconds, repeats: 3) {
        var covered = 0
        for rule in rules where analysis.coverEverywhere(of: rule) != nil { covered += 1 }
        consume(covered)
      }
      report("sets/contradictions", unit: .milliseconds, repeats: 3) {
        for policy in world.policies {
          for rule in policy.ingress + policy.egress { consume(analysis.contradiction(in: rule)) }
        }
      }
      gates(world)
      Measurement("sets/memory after all of this", unit: "MB", aim: 300, [try residentMegabytes() - before]).report()
    }
  }

  private static func allRules(_ world: World) -> [PolicyRule] {
    world.policies.indices.flatMap { policy in
      Direction.allCases.flatMap { direction in
        world.policies[policy].rules(direction).indices.map { PolicyRule(policy: policy, direction: direction, rule: $0) }
      }
    }
  }

  private static func inPolicies(_ rules: [PolicyRule], _ analysis: inout GateAnalysis) {
    for rule in rules { consume(analysis.coverInPolicy(of: rule)) }
  }

  private static func gates(_ world: World) {
    let hosts = world.endpoints.indices.filter { world.endpoints[$0].isHost }
    let workloads = world.endpoints.indices.filter { !world.endpoints[$0].isHost }.prefix(100)
    report("sets/gates of a host endpoint, six of them", unit: .milliseconds, operations: hosts.count, repeats: 3) {
      var fresh = GateAnalysis(world: world, semantics: .documented)
      for host in hosts {
        for stage in [Stage.untracked, .preDNAT, .normal] {
          for direction in Direction.allCases { consume(fresh.gate(ofEndpoint: host, stage, direction)) }
        }
      }
    }
    report("sets/gate of a workload, policies of its own", unit: .milliseconds, operations: workloads.count, repeats: 3) {
      var fresh = GateAnalysis(world: world, semantics: .documented)
      for workload in workloads { consume(fresh.gate(ofEndpoint: workload, .workload, .ingress)) }
    }
  }
}
