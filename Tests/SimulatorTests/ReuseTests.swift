import Selector
import Simulator
import Testing

/// What a simulation takes over from the one before, or from the other semantics, is what compiling afresh would give; and a
/// world after edits is the world of its resources, in whatever order they came.
@Suite struct ReuseTests {
  private struct Count {
    var flows = 0
    var allowed = 0
    var denied = 0
  }

  @Test func reusedSimulationsJudgeLikeFreshOnes() throws {
    var count = Count()
    for seed in 1...UInt64(16) {
      var cluster = try RandomCluster(seed: seed &* 104_729)
      var world = World(cluster.shuffled())
      var chain = Simulation(world: world, semantics: seed % 2 == 0 ? .documented : .calico24, isForMany: false)
      var pending: [ResourceChange] = []
      for _ in 0..<14 {
        let step = try cluster.edit()
        world = world.applying(step)
        pending += step
        // Nobody asks after every edit.
        if cluster.oneIn(4) { continue }
        chain = Simulation(world: world, after: chain, pending)
        pending = []
        var other = chain.under(chain.semantics == .documented ? .calico24 : .documented)
        // Of some worlds only some hosts are asked about, and so known to the next.
        let nodes = cluster.oneIn(3) ? [RandomCluster.nodes[0]] : RandomCluster.nodes
        compare(&chain, &cluster, nodes, &count)
        compare(&other, &cluster, nodes, &count)
        if cluster.oneIn(4) { chain = other }
      }
    }
    #expect(count.allowed * 10 > count.flows && count.denied * 10 > count.flows, "too much alike to tell: \(count)")
  }

  /// Against the same world compiled afresh, and against one made at once of the same resources in another order.
  private func compare(
    _ reused: inout Simulation, _ cluster: inout RandomCluster, _ nodes: [ByteString], _ count: inout Count
  ) {
    var fresh = Simulation(world: reused.world, semantics: reused.semantics, isForMany: false)
    var anew = Simulation(world: World(cluster.shuffled()), semantics: reused.semantics, isForMany: cluster.oneIn(2))
    #expect(reused.world.nodes == anew.world.nodes)
    for node in nodes {
      let walkers = [reused.walker(node: node), fresh.walker(node: node), anew.walker(node: node)].compactMap { $0 }
      guard walkers.count == 3 else {
        #expect(walkers.isEmpty)
        continue
      }
      let networks = walkers.map { describe($0.topology, in: $0.world) }
      #expect(networks[0] == networks[1])
      #expect(networks[0] == networks[2])
      for _ in 0..<8 {
        let flow = cluster.flow(on: walkers[1].topology)
        let answers = walkers.map { NamedVerdict(flow, on: $0) }
        #expect(answers[0] == answers[1], "\(flow)")
        #expect(answers[0] == answers[2], "\(flow)")
        count.flows += 1
        if answers[1].isAllowed == true { count.allowed += 1 }
        if answers[1].isAllowed == false { count.denied += 1 }
      }
    }
  }

  private func describe(_ topology: Topology, in world: World) -> [String] {
    topology.interfaces.map { interface in
      "\(interface.name) \(interface.addresses) \(interface.isWorkload) "
        + (interface.endpoint.map { world.endpoints[$0].name.text } ?? "-")
    } + topology.warnings.map(\.message)
  }
}
