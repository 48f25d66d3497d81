import Manifests
import Session
import Simulator

/// The interactive session on a world of 1,000 policies × 10 rules and 10,000 endpoints: what happens between Enter and the
/// answer. Wall-clock time would be a person's measure; processor time is the same on one thread and disturbed less.
enum SessionBenchmarks {
  static func run() throws {
    for nodes in [100, 1] {
      try ScratchWorld.with(WorldSize(nodes: nodes)) { try run($0, "\(nodes) \(nodes == 1 ? "node" : "nodes")") }
    }
  }

  private static func run(_ scratch: ScratchWorld, _ label: String) throws {
    let loaded = loadManifests(paths: [scratch.manifests], strictness: .lenient)
    var session = Session(loaded, paths: [scratch.manifests])
    let flows = flows(scratch.size)
    // An edit before each, so that nothing is left from the answer before.
    var order = 0
    func edit(_ session: inout Session) throws {
      order += 1
      try perform("set policy policy-\(order % 900) order \(order)", in: &session)
    }
    try report("session/edit one policy, nothing watched (\(label))", unit: .milliseconds, aim: 50) { try edit(&session) }
    try report("session/edit one policy and answer a flow (\(label))", unit: .milliseconds, aim: 50) {
      try edit(&session)
      try perform(flows[order % flows.count], in: &session)
    }
    try report("session/answer a flow again (\(label))", unit: .milliseconds, aim: 50) {
      try perform(flows[order % flows.count], in: &session)
    }
    for flow in flows { try perform("watch \(flow)", in: &session) }
    try report("session/edit one policy, 100 flows watched (\(label))", unit: .milliseconds, aim: 50) {
      try edit(&session)
    }
    try report("session/label one endpoint, 100 flows watched (\(label))", unit: .milliseconds, aim: 50) {
      order += 1
      try perform("label node-0/k8s/pod-0/eth0 role=role-\(order % 20)", in: &session)
    }
    try completion(of: session, label)
    try memory(&session, label, edit)
  }

  private static func completion(of session: Session, _ label: String) throws {
    for line in [
      "policies on node-1", "why tcp pod-99", "select role == \"role-", "show ", "set policy policy-1", "label pod-1",
    ] {
      let bytes = Array(line.utf8)
      report("session/complete \(line.filter { $0 != "\"" }) (\(label))", unit: .milliseconds, aim: 20) {
        consume(session.completion(of: bytes, cursor: bytes.count))
      }
    }
  }

  private static func memory(_ session: inout Session, _ label: String, _ edit: (inout Session) throws -> Void) throws {
    let before = try residentMegabytes()
    for _ in 0..<1_000 { try edit(&session) }
    Measurement("session/memory after 1,000 steps more (\(label))", unit: "MB", aim: 200, [try residentMegabytes()]).report()
    Measurement("session/of that for the steps (\(label))", unit: "MB", [try residentMegabytes() - before]).report()
    report("session/undo a step, 100 flows watched (\(label))", unit: .milliseconds, aim: 50) {
      consume(session.perform("undo"))
    }
  }

  private static func perform(_ input: String, in session: inout Session) throws {
    let answer = session.perform(input)
    if answer.hasFailed { throw BenchError.input("\(input): \(answer.lines.joined(separator: " "))") }
  }

  /// A hundred different flows, as a person writes them: half by address, half by name.
  private static func flows(_ size: WorldSize) -> [String] {
    (0..<100).map { index in
      let workload = index * 97 % size.endpoints
      let node = workload % size.nodes
      let port = GeneratedAddresses.ports[index % GeneratedAddresses.ports.count]
      return index % 2 == 0
        ? "tcp 203.0.113.\(index) -> \(GeneratedAddresses.workload(workload)):\(port) in eth0 on node-\(node)"
        : "tcp pod-\(workload) -> pod-\((workload + 1000) % size.endpoints):\(port) on node-\(node)"
    }
  }
}
