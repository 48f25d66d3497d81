import Glibc

/// Measures Gatewalk, and makes worlds to measure it with; see `Benchmarks/README.md`.
@main
enum Bench {
  private static let usage = """
    usage: bench [--gatewalk PROGRAM] [GROUP…]
           bench generate world DIRECTORY [--policies N] [--rules N] [--endpoints N] [--nodes N]
           bench generate flows FILE [--flows N] [--endpoints N] [--nodes N]
    groups: start load replay lint test parse evaluate index walk session sets; all of them if none is named
    """

  // Whole programs first: what the kernel tells of a child's peak memory is never less than what this process had when it began.
  private static let groups = [
    "start", "load", "replay", "lint", "test", "parse", "evaluate", "index", "walk", "session", "sets",
  ]

  static func main() {
    do {
      var arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.first == "generate" { return try generate(Array(arguments.dropFirst())) }
      var program = "../.build/release/gatewalk"
      if arguments.first == "--gatewalk", arguments.count > 1 {
        program = arguments[1]
        arguments.removeFirst(2)
      }
      if let unknown = arguments.first(where: { !groups.contains($0) }) {
        throw BenchError.usage("there is no group \"\(unknown)\"\n\(usage)")
      }
      for group in groups where arguments.isEmpty || arguments.contains(group) { try run(group, program) }
    } catch {
      let message = Array("bench: \(error)\n".utf8)
      message.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
      exit(2)
    }
  }

  private static func run(_ group: String, _ program: String) throws {
    let whole = ProgramBenchmarks(path: program)
    switch group {
    case "parse": try SelectorBenchmarks.parse()
    case "evaluate": try SelectorBenchmarks.evaluate()
    case "index": try LabelIndexBenchmarks.run()
    case "walk": try WalkBenchmarks.run()
    case "session": try SessionBenchmarks.run()
    case "sets": try SetBenchmarks.run()
    case "start": try whole.start()
    case "load": try whole.load()
    case "lint": try whole.lint()
    case "test": try whole.test()
    default: try whole.replay()
    }
  }

  private static func generate(_ arguments: [String]) throws {
    guard arguments.count >= 2 else { throw BenchError.usage(usage) }
    let size = try WorldSize(options: Array(arguments.dropFirst(2)))
    switch arguments[0] {
    case "world":
      guard mkdir(arguments[1], 0o755) == 0 || errno == EEXIST else {
        throw BenchError.system("make directory \(arguments[1])", errno)
      }
      var generator = WorldGenerator(size)
      try generator.write(to: arguments[1])
    case "flows":
      var generator = FlowGenerator(size)
      try generator.write(to: arguments[1])
    default: throw BenchError.usage(usage)
    }
  }
}
