import Glibc

/// A generated world in a temporary directory.
struct ScratchWorld {
  let size: WorldSize
  private let root: String
  /// The directory with the manifests alone.
  var manifests: String { root + "/world" }
  var flows: String { root + "/flows.jsonl" }

  /// Makes a world for the time that `body` takes.
  static func with<Result>(_ size: WorldSize, _ body: (ScratchWorld) throws -> Result) throws -> Result {
    let world = try ScratchWorld(size)
    defer { world.remove() }
    var generator = WorldGenerator(size)
    try generator.write(to: world.manifests)
    return try body(world)
  }

  private init(_ size: WorldSize) throws {
    self.size = size
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((parent + "/gatewalk-bench-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw BenchError.system("make a directory in \(parent)", errno) }
    root = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard mkdir(root + "/world", 0o755) == 0 else { throw BenchError.system("make a directory in \(root)", errno) }
  }

  /// Writes the flows, which are larger than the world.
  func writeFlows(_ count: Int? = nil) throws {
    var size = size
    if let count { size.flows = count }
    var generator = FlowGenerator(size)
    try generator.write(to: flows)
  }

  private func remove() {
    for name in ["/flows.jsonl", "/world/hosts.yaml", "/world/workloads.yaml", "/world/policies.yaml"] {
      unlink(root + name)
    }
    rmdir(root + "/world")
    rmdir(root)
  }
}
