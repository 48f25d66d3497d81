import Manifests
import Simulator

/// Sets of packets: three ways to represent them, and what lint asks of a world.
enum SetBenchmarks {
  /// Seconds after which a case is broken off; the figure is then of the rules that were done.
  private static let patience = 20.0

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
    compare(label, rules, DiagramAlgebra())
    compare(label, rules, ProductAlgebra())
    compare(label, rules, BDDAlgebra())
  }

  private static func compare<Algebra: SetAlgebra>(_ label: String, _ rules: [SampleRule], _ fresh: Algebra) {
    var algebra = fresh
    var made: [Algebra.Packets] = []
    func measure(_ what: String, _ step: (Int) -> Void) {
      var done = 0
      var spent = 0.0
      while done < rules.count, spent < patience {
        let some = min(rules.count, done + max(1, rules.count / 20))
        spent += Elapsed.of { for index in done..<some { step(index) } }.cpu / 1e9
        done = some
      }
      let stopped = done < rules.count ? ", stopped after \(done)" : ""
      Measurement("sets/\(what), \(label), \(Algebra.name)\(stopped)", unit: "ms", [spent * 1e3]).report()
    }
    measure("make") { made.append(algebra.make(rules[$0])) }
    var covered = 0
    measure("cover") { index in
      var rest = made[index]
      for earlier in made[..<index] where !algebra.isEmpty(rest) { rest = algebra.subtract(rest, earlier) }
      if algebra.isEmpty(rest) { covered += 1 }
    }
    var all = algebra.nothing
    measure("union") { all = algebra.union(all, made[$0]) }
    var left = algebra.everything
    measure("difference") { left = algebra.subtract(left, made[$0]) }
    // What a gate allows of rules that allow and deny by turns, and how that differs if two of them change places.
    let half = rules.count / 2
    var gates = [algebra.nothing, algebra.nothing]
    for (place, swapped) in [false, true].enumerated() {
      measure(swapped ? "gate again" : "gate") { step in
        var index = rules.count - 1 - step
        if swapped, index == half || index == half - 1 { index = 2 * half - 1 - index }
        gates[place] =
          index % 2 == 0 ? algebra.union(gates[place], made[index]) : algebra.subtract(gates[place], made[index])
      }
    }
    var differences = 0
    let spent = Elapsed.of {
      for (one, two) in [(gates[0], gates[1]), (gates[1], gates[0])] where !algebra.isEmpty(algebra.subtract(one, two)) {
        differences += 1
      }
    }.cpu
    Measurement("sets/compare, \(label), \(Algebra.name)", unit: "ms", [spent / 1e6]).report()
    for (what, count) in [
      ("differences", differences), ("size of the gate", algebra.size(gates[0])),
      ("covered rules", covered), ("size of the union", algebra.size(all)), ("size of the rest", algebra.size(left)),
    ] {
      Measurement("sets/\(what), \(label), \(Algebra.name)", unit: "count", [Double(count)]).report()
    }
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
