import Manifests
import Reports
import Simulator

/// A world of 1,000 policies and 10,000 endpoints in this process, stage by stage: reading manifests, making the world,
/// compiling it, judging flows, and the whole of `replay` without a file.
enum WalkBenchmarks {
  static func run() throws {
    for nodes in [100, 1] {
      try ScratchWorld.with(WorldSize(nodes: nodes, flows: 100_000)) {
        try run($0, "\(nodes) \(nodes == 1 ? "node" : "nodes")")
      }
    }
  }

  private static func run(_ scratch: ScratchWorld, _ label: String) throws {
    var loaded = LoadedManifests()
    report("walk/read manifests (\(label))", unit: .milliseconds, repeats: 5) {
      loaded = loadManifests(paths: [scratch.manifests], strictness: .lenient)
    }
    if let problem = loaded.diagnostics.first { throw BenchError.input("a generated world is not clean: \(problem)") }
    var world = World(loaded.resources)
    report("walk/make the world (\(label))", unit: .milliseconds, repeats: 5) { world = World(loaded.resources) }
    let before = try residentMegabytes()
    var simulation = compile(world)
    Measurement("walk/memory of all hosts compiled (\(label))", unit: "MB", [try residentMegabytes() - before]).report()
    report("walk/compile all hosts (\(label))", unit: .milliseconds, repeats: 3) { simulation = compile(world) }

    let lines = FlowLines(scratch.size)
    let flows = try lines.flows(&simulation)
    try report("walk/judge a flow and its reply (\(label))", operations: flows.count) {
      var verdict = Verdict()
      for (place, flow) in flows {
        try simulation.judge(flow, at: place, into: &verdict)
        consume(verdict)
      }
    }
    var replayer = Replayer(simulation)
    var json = JSONWriter()
    report("walk/answer a line (\(label))", operations: lines.ranges.count) {
      for range in lines.ranges {
        consume(replayer.answer(lines.bytes, range, into: &json))
        if json.count >= 1 << 18 { json.removeAll() }
      }
    }
  }

  private static func compile(_ world: World) -> Simulation {
    var simulation = Simulation(world: world, semantics: .documented)
    for node in world.nodes { _ = simulation.place(ofNode: node) }
    return simulation
  }
}

/// Generated flows as `replay` gets them.
private struct FlowLines {
  private(set) var bytes: [UInt8] = []
  /// Lines without their newlines.
  private(set) var ranges: [Range<Int>] = []

  init(_ size: WorldSize) {
    var generator = FlowGenerator(size)
    generator.forEachLine { line in
      let start = bytes.count
      bytes.append(contentsOf: line.utf8)
      ranges.append(start..<(bytes.count - 1))
    }
  }

  /// The flows, each with the place of its host.
  func flows(_ simulation: inout Simulation) throws -> [(place: Int, flow: Flow)] {
    var flows: [(place: Int, flow: Flow)] = []
    for range in ranges {
      var line = FlowLine()
      try line.read(bytes, range)
      guard let host = line.host(in: bytes), let place = simulation.place(ofNode: host) else {
        throw BenchError.input("a generated flow names no host")
      }
      flows.append((place, try line.flow(on: simulation.walker(at: place).topology, bytes).get()))
    }
    return flows
  }
}
