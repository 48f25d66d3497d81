import Foundation
import Pictures
import Reports
import Selector
import Simulator
import Testing

/// Pictures of traces, read by programs that others wrote, say what the JSON of the same trace says.
@Suite struct PictureReaderTests {
  struct Example: CustomTestStringConvertible {
    var name: String
    var files: String
    var flow: String
    var semantics = "documented"
    var testDescription: String { name }

    static let all = [
      Example(
        name: "by NodePort to a workload", files: "Scenarios/seed/pre-dnat",
        flow: "tcp 203.0.113.9 -> 10.0.0.13:30333 in eth0 on node3"),
      Example(
        name: "denied before DNAT", files: "Scenarios/seed/pre-dnat",
        flow: "tcp 198.51.100.9 -> 203.0.113.80:443 in eth0 on node3"),
      Example(
        name: "denied at the last gate", files: "Scenarios/seed/pre-dnat",
        flow: "tcp 198.51.100.9 -> 10.0.0.11:30333 in eth0 on node1", semantics: "calico-2.4"),
      Example(
        name: "forwarded between two host endpoints", files: "Scenarios/seed/gateway",
        flow: "tcp 198.51.100.9 -> 203.0.113.1:8443 in eth0"),
      Example(
        name: "untracked, with a lost reply", files: "Scenarios/sittings/memcached/world.yaml",
        flow: "tcp 10.30.4.2 -> 10.30.0.8:11211 in eth0"),
      Example(
        name: "from the host", files: "Scenarios/seed/host-basics", flow: "udp 10.0.0.1:68 -> 10.0.0.254:67 from host"),
      Example(name: "not policed", files: "Scenarios/seed/host-basics", flow: "tcp 10.2.0.9 -> 10.2.0.1:5432 in eth2"),
    ]
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private func print(_ example: Example, as format: String) throws -> [UInt8] {
    let result = try Program.run(
      ["trace", example.flow, "-f", example.files, "--semantics", example.semantics, "--output", format], folder: Self.root)
    #expect(result.status == 0, "\(result.error)")
    return Array(result.out.utf8)
  }

  @Test(arguments: Example.all)
  func svg(_ example: Example) throws {
    try Readers.check("pathsvg.py", [print(example, as: "json"), print(example, as: "svg")])
  }

  @Test(arguments: Example.all)
  func html(_ example: Example) throws {
    try Readers.check("pathhtml.py", [print(example, as: "json"), print(example, as: "html")], [Self.root])
  }

  /// In Chromium the page's script runs under its policy, and the step that the address names is chosen.
  @Test func browser() throws {
    try Readers.check("browser.py", [print(Example.all[0], as: "json"), print(Example.all[0], as: "html")])
  }

  /// Whatever bytes names hold, and however long they are.
  @Test func namesOfAnyBytes() throws {
    let long = String(repeating: "a-very-long-name.", count: 15)
    for (number, text) in (Readers.nasty + [long]).enumerated() {
      let walker = try world(named: text)
      // One of the three ways each: a reader takes its time to start.
      let port = [UInt16(80), 81, 30080][number % 3]
      let packet = Packet(.tcp, from: try address("203.0.113.9"), port: 49152, to: try address("10.0.0.1"), port: port)
      let trace = try walker.trace(Flow(packet, entry: .interface(0)))
      let picture = PathPicture(trace, on: walker)
      var json = JSONWriter()
      TraceJSON(trace, on: walker).write(to: &json)
      let source = SourceText(name: "\(text).yaml", bytes: Array("- \(text)\n  action: allow\n".utf8))
      try Readers.check("pathsvg.py", [json.bytes, Array(PathSVG(picture).text.utf8)], [], "name \(number)")
      try Readers.check(
        "pathhtml.py", [json.bytes, Array(PathHTML(picture, sources: [source]).text.utf8)], ["/nowhere"], "name \(number)")
    }
  }

  private struct NoAddress: Error {}

  private func address(_ text: String) throws -> IPAddress {
    guard let address = IPAddress(text) else { throw NoAddress() }
    return address
  }

  /// Everything in it bears the name: port 80 is allowed, 81 denied, 30080 DNATed to a workload.
  private func world(named text: String) throws -> Walker {
    let name = ByteString(text)
    let place = SourceLocation(file: "\(text).yaml", line: 1, column: 3)
    func rule(_ action: Action, _ ports: PortRange...) -> Rule {
      Rule(
        action, protocol: ProtocolMatch(.tcp, isName: true), destination: EntityRule(ports: ports), location: place)
    }
    let (own, pod) = (try address("10.0.0.1"), try address("10.65.0.1"))
    let interface = ByteString("eth\(text)")
    let resources: [Resource] = [
      .host(
        Host(
          name: name, interfaces: [.init(name: interface, addresses: [IPNetwork(address: own, prefixLength: 24)])],
          routes: [.init(to: IPNetwork(address: try address("0.0.0.0"), prefixLength: 0), interface: interface)],
          dnat: [.init(protocol: .tcp, address: own, port: 30080, toAddress: pod, toPort: 80)])),
      .hostEndpoint(HostEndpoint(node: name, name: name, interfaceName: interface, expectedIPs: [own])),
      .workloadEndpoint(
        WorkloadEndpoint(
          node: name, orchestrator: "k8s", workload: name, name: name, interfaceName: ByteString("cali\(text)"),
          ipNetworks: [IPNetwork(single: pod)])),
      .policy(
        Policy(
          name: name, selector: .all, ingress: [rule(.log, PortRange(1, 100)), rule(.allow, PortRange(80))],
          location: place)),
      .policy(
        Policy(name: ByteString("before \(text)"), selector: .all, preDNAT: true, ingress: [rule(.deny, PortRange(7))])),
    ]
    return Walker(world: World(resources), node: name, semantics: .documented)
  }
}
