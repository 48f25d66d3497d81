import Glibc

/// The `gatewalk` program from its start to its end, as a user meets it.
struct ProgramBenchmarks {
  /// The program, a release build.
  let path: String

  func start() throws {
    let arguments = ["select", "all()", "--labels", "a=b"]
    _ = try ChildProcess(path, arguments)
    let runs = try (0..<200).map { _ in try ChildProcess(path, arguments) }
    Measurement("start/wall", unit: "ms", aim: 6, runs.map(\.wall)).report()
    Measurement("start/cpu", unit: "ms", runs.map(\.processorTime)).report()
    Measurement("start/peak memory", unit: "MB", aim: 15, runs.map(\.peakMegabytes)).report()
    var status = stat()
    guard stat(path, &status) == 0 else { throw BenchError.system("read \(path)", errno) }
    Measurement("start/size of the file", unit: "MB", [Double(status.st_size) / 1e6]).report()
  }

  /// 10,000 policies of 10 rules and 10,000 endpoints: read, and read and compiled for a replay of no flows.
  func load() throws {
    try ScratchWorld.with(WorldSize(policies: 10_000)) { world in
      for (name, arguments) in [
        ("validate", ["validate", world.manifests]), ("replay nothing", ["replay", "-f", world.manifests]),
      ] {
        let runs = try (0..<3).map { _ in try ChildProcess(path, arguments) }
        Measurement("load/\(name), cpu", unit: "s", aim: 5, runs.map { $0.processorTime / 1e3 }).report()
        Measurement("load/\(name), wall", unit: "s", aim: 5, runs.map { $0.wall / 1e3 }).report()
        Measurement("load/\(name), peak memory", unit: "MB", runs.map(\.peakMegabytes)).report()
      }
    }
  }

  /// 1,000 policies of 10 rules over 10,000 endpoints: every rule of lint.
  func lint() throws {
    try ScratchWorld.with(WorldSize()) { world in
      let arguments = ["lint", world.manifests, "--fail-on", "never"]
      let runs = try (0..<5).map { _ in try ChildProcess(path, arguments) }
      Measurement("lint/whole run, cpu", unit: "s", aim: 2, runs.map { $0.processorTime / 1e3 }).report()
      Measurement("lint/whole run, wall", unit: "s", aim: 2, runs.map { $0.wall / 1e3 }).report()
      Measurement("lint/peak memory", unit: "MB", aim: 1000, runs.map(\.peakMegabytes)).report()
    }
  }

  /// The reference scenarios, and each of their rules changed on purpose.
  func test() throws {
    for (name, options) in [("reference set", []), ("reference set, mutated", ["--mutate"])] {
      let runs = try (0..<5).map { _ in try ChildProcess(path, ["test", "../Scenarios"] + options) }
      Measurement("test/\(name), cpu", unit: "s", runs.map { $0.processorTime / 1e3 }).report()
      Measurement("test/\(name), wall", unit: "s", runs.map { $0.wall / 1e3 }).report()
      Measurement("test/\(name), peak memory", unit: "MB", runs.map(\.peakMegabytes)).report()
    }
  }

  /// A million flows through 1,000 policies of 10 rules and 10,000 endpoints, and a tenth of them for the memory.
  func replay() throws {
    for nodes in [100, 1] {
      let label = nodes == 1 ? "1 node" : "\(nodes) nodes"
      try ScratchWorld.with(WorldSize(nodes: nodes)) { world in
        let arguments = ["replay", "-f", world.manifests]
        let empty = try ChildProcess(path, arguments)
        try world.writeFlows(world.size.flows / 10)
        let few = try ChildProcess(path, arguments, input: world.flows)
        try world.writeFlows()
        let runs = try (0..<3).map { _ in try ChildProcess(path, arguments, input: world.flows) }
        let flows = Double(world.size.flows)
        Measurement(
          "replay/whole run (\(label))",
          unit: "flows/s",
          aim: 300_000,
          runs.map { flows / $0.processorTime * 1e3 }
        ).report()
        Measurement(
          "replay/whole run by the wall clock (\(label))",
          unit: "flows/s",
          aim: 300_000,
          runs.map { flows / $0.wall * 1e3 }
        ).report()
        Measurement("replay/before the first flow (\(label))", unit: "s", [empty.processorTime / 1e3]).report()
        Measurement("replay/peak memory, no flow (\(label))", unit: "MB", [empty.peakMegabytes]).report()
        Measurement("replay/peak memory, 100,000 flows (\(label))", unit: "MB", [few.peakMegabytes]).report()
        Measurement("replay/peak memory, 1,000,000 flows (\(label))", unit: "MB", runs.map(\.peakMegabytes)).report()
      }
    }
  }
}
