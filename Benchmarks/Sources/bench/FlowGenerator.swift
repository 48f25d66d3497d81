/// Writes flows through a generated world, as lines for `replay`: most of them to and from workloads.
struct FlowGenerator {
  let size: WorldSize
  private var random = SeededGenerator(seed: 4711)

  init(_ size: WorldSize) {
    self.size = size
  }

  /// Hands on line after line, each with its newline.
  mutating func forEachLine(_ body: (String) throws -> Void) rethrows {
    for id in 0..<size.flows { try body(line(id)) }
  }

  mutating func write(to path: String) throws {
    var file = try OutputFile(path)
    try forEachLine { try file.write($0) }
    try file.close()
  }

  private mutating func line(_ id: Int) -> String {
    let node = random.below(min(size.nodes, size.endpoints))
    let workload = node + size.nodes * random.below(max(1, size.endpoints / size.nodes))
    let own = GeneratedAddresses.workload(workload)
    let anyWorkload = GeneratedAddresses.workload(random.below(size.endpoints))
    let host = GeneratedAddresses.host(node)
    let outside = GeneratedAddresses.outside(&random)
    let (interface, source, destination): (String?, String, String) =
      switch random.below(20) {
      case 0...7: ("eth0", outside, own)
      case 8...11: (GeneratedAddresses.interface(workload), own, anyWorkload)
      case 12...14: (GeneratedAddresses.interface(workload), own, outside)
      case 15...17: ("eth0", outside, host)
      default: (nil, host, random.once(in: 2) ? own : outside)
      }
    return "{\"id\":\(id),\"host\":\"node-\(node)\"" + (interface.map { ",\"in\":\"\($0)\"" } ?? "")
      + ",\"source\":\"\(source)\",\"destination\":\"\(destination)\"" + transport() + "}\n"
  }

  private mutating func transport() -> String {
    switch random.below(20) {
    case 0: return ",\"protocol\":\"icmp\",\"icmpType\":8,\"icmpCode\":0"
    case 1...3: return ",\"protocol\":\"udp\"" + ports()
    default: return ",\"protocol\":\"tcp\"" + ports()
    }
  }

  private mutating func ports() -> String {
    let port = random.once(in: 3) ? 1 + random.below(65_535) : random.pick(GeneratedAddresses.ports)
    return ",\"sourcePort\":\(32_768 + random.below(28_000)),\"destinationPort\":\(port)"
  }
}
