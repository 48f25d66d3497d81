import Selector
import Simulator
import Testing

/// Flows as people type them, and mistype them.
@Suite struct FlowTextTests {
  private func world() -> World {
    func net(_ text: String) -> [IPNetwork] { [IPNetwork(text)].compactMap { $0 } }
    func ip(_ text: String) -> [IPAddress] { [IPAddress(text)].compactMap { $0 } }
    return World([
      .host(
        Host(
          name: "my-host",
          interfaces: [
            .init(name: "eth0", addresses: net("10.0.0.1/24") + net("fd00::1/64")),
            .init(name: "eth1", addresses: net("10.1.0.1/24")), .init(name: "cali9"),
          ],
          routes: net("0.0.0.0/0").map { .init(to: $0, interface: "eth0") })),
      .hostEndpoint(HostEndpoint(node: "my-host", name: "web", interfaceName: "eth0", expectedIPs: ip("10.0.0.1"))),
      .hostEndpoint(HostEndpoint(node: "far", name: "client", expectedIPs: ip("10.0.0.9") + ip("fd00::9"))),
      .hostEndpoint(HostEndpoint(node: "far", name: "bare", interfaceName: "eth0")),
      .workloadEndpoint(
        WorkloadEndpoint(
          node: "my-host", orchestrator: "k8s", workload: "w1", name: "eth0", interfaceName: "cali1",
          ipNetworks: net("10.65.0.1/32"))),
      .workloadEndpoint(
        WorkloadEndpoint(
          node: "far", orchestrator: "k8s", workload: "twin", name: "a", interfaceName: "cali1",
          ipNetworks: net("10.66.0.1/32"))),
      .workloadEndpoint(
        WorkloadEndpoint(
          node: "far", orchestrator: "k8s", workload: "twin", name: "b", interfaceName: "cali2",
          ipNetworks: net("10.66.0.2/32"))),
    ])
  }

  private func resolve(_ text: String) throws -> (flow: Flow, walker: Walker) {
    let world = world()
    let parsed = try FlowText(text)
    let node = try FlowResolver.node(of: parsed, source: text, in: world)
    let walker = Walker(world: world, node: node, semantics: .documented)
    return (try FlowResolver(parsed, source: text, on: walker).resolve(), walker)
  }

  /// The packet and where it enters, as `… @ entry`.
  private func told(_ text: String) throws -> String {
    let (flow, walker) = try resolve(text)
    let packet = flow.packet
    let entry =
      switch flow.entry {
      case .host: "host"
      case .interface(let place): walker.topology.interfaces[place].name.text
      }
    let out = flow.out.map { " out \(walker.topology.interfaces[$0].name)" } ?? ""
    let what =
      packet.protocol.isICMP ? "\(packet.icmpType)/\(packet.icmpCode)" : "\(packet.sourcePort)>\(packet.destinationPort)"
    return "\(packet.protocol) \(packet.source) \(packet.destination) \(what) @ \(entry)\(out)"
  }

  @Test(arguments: [
    ("tcp 203.0.113.9:40000 -> 10.0.0.1:80 in eth0", "tcp 203.0.113.9 10.0.0.1 40000>80 @ eth0"),
    ("tcp 203.0.113.9->10.0.0.1:80 in eth1", "tcp 203.0.113.9 10.0.0.1 49152>80 @ eth1"),
    ("udp 10.0.0.1:68 -> 10.0.0.254:67 from host", "udp 10.0.0.1 10.0.0.254 68>67 @ host"),
    ("udp 10.0.0.1:68 -> 10.0.0.254:67", "udp 10.0.0.1 10.0.0.254 68>67 @ host"),
    ("icmp 10.65.0.1 -> 10.0.0.2 type 13 code 1 from w1", "icmp 10.65.0.1 10.0.0.2 13/1 @ cali1"),
    ("icmp w1 -> 10.0.0.2", "icmp 10.65.0.1 10.0.0.2 8/0 @ cali1"),
    ("icmp w1 -> 10.0.0.2 from my-host/k8s/w1/eth0", "icmp 10.65.0.1 10.0.0.2 8/0 @ cali1"),
    ("icmp 10.65.9.9 -> 10.0.0.2 from cali9", "icmp 10.65.9.9 10.0.0.2 8/0 @ cali9"),
    ("tcp client -> web:80 on my-host", "tcp 10.0.0.9 10.0.0.1 49152>80 @ eth0"),
    ("tcp client -> [fd00::1]:80", "tcp fd00::9 fd00::1 49152>80 @ eth0"),
    ("icmp fd00::9 -> fd00::1", "icmpv6 fd00::9 fd00::1 128/0 @ eth0"),
    ("TCP 10.1.0.7 -> my-host:22", "tcp 10.1.0.7 10.0.0.1 49152>22 @ eth1"),
    ("50 10.1.0.7 -> 10.0.0.1 out eth1", "50 10.1.0.7 10.0.0.1 0>0 @ eth1 out eth1"),
    ("tcp 10.1.0.7 -> far/k8s/twin/b:22", "tcp 10.1.0.7 10.66.0.2 49152>22 @ eth1"),
  ])
  func goodFlows(text: String, expected: String) throws {
    #expect(try told(text) == expected)
  }

  /// Text with the places of its mistakes between angle brackets, what each message says, and the help of the first.
  @Test(arguments: [
    ("<tpc> 1.1.1.1 -> 10.0.0.1:80 in eth0", ["unknown protocol"], "did you mean \"tcp\"?"),
    ("<>", ["empty"], "for example"),
    ("tcp 1.1.1.1<>", ["ends before \"->\""], "SOURCE"),
    ("tcp 1.1.1.1 <=>> 10.0.0.1:80", ["where \"->\" should be"], "SOURCE"),
    ("tcp 1.1.1.1 -><>", ["ends where a destination"], "for example"),
    ("tcp <->> 10.0.0.1:80", ["where a source"], "for example"),
    ("tcp 1.1.1.1 -> <10.0.0.1> in eth0", ["needs a destination port"], "ADDRESS:PORT"),
    ("icmp 1.1.1.1 -> <10.0.0.1>:80 in eth0", ["have no ports"], "type N"),
    ("tcp 1.1.1.1:<0> -> 10.0.0.1:<http> in eth0", ["\"0\" is no port", "\"http\" is no port"], "1 to 65535"),
    ("tcp 1.1.1.1 -> 10.0.0.1:80 <ni> <eth0>", ["unexpected \"ni\"", "unexpected \"eth0\""], "did you mean \"in\"?"),
    ("tcp 1.1.1.1 -> 10.0.0.1:80 <in>", ["nothing follows"], "PROTOCOL"),
    ("tcp 1.1.1.1 -> 10.0.0.1:80 in eth0 <from> host", ["second time"], "leave one"),
    ("tcp 1.1.1.1 -> 10.0.0.1:80 in eth0 <type> 8", ["no ICMP type"], "leave it out"),
    ("icmp 1.1.1.1 -> 10.0.0.1 in eth0 type <256>", ["no ICMP type"], "0 to 255"),
    ("tcp 1.1.1.1 -> 10.0.0.1:80 in <eth2>", ["has no interface"], "did you mean \"eth0\"?"),
    ("tcp 1.1.1.1 -> <wbe>:80 in <eth7>", ["no endpoint \"wbe\"", "no interface \"eth7\""], "did you mean \"web\"?"),
    ("tcp <1.1.1> -> 10.0.0.1:80 in eth0", ["is no IP address"], "one address"),
    ("tcp <twin> -> 10.0.0.1:80 in eth0", ["any of several"], "far/k8s/twin/a"),
    ("tcp <bare> -> 10.0.0.1:80 in eth0", ["has no address"], "expectedIPs"),
    ("tcp fd00::9 -> <web>:80 in eth0 on far", ["no address of the other end's family"], "10.0.0.1"),
    ("tcp 10.0.0.2 -> 10.0.0.1:80 from <w7>", ["no workload \"w7\""], "did you mean \"w1\"?"),
    ("tcp 10.0.0.2 -> 10.0.0.1:80 on <my-hst>", ["no host \"my-hst\""], "did you mean \"my-host\"?"),
    ("tcp <fd99::1> -> [fd00::1]:80", ["does not tell by which interface"], "in INTERFACE"),
    ("tcp fd00::9 -> <fd00:::1> in eth0", ["needs a destination port"], "ADDRESS:PORT"),
    ("icmp fd00::9 -> <fd00:::1> in eth0", ["is no IP address"], "[fd00::1]:80"),
    ("icmp <1.2.3.4.5> -> 10.0.0.1 in eth0", ["is no IP address"], "one address"),
    ("tcp <[fd00::1> -> 10.0.0.1:80", ["no closing \"]\""], "[fd00::1]:80"),
  ])
  func badFlows(marked: String, messages: [String], help: String) throws {
    let (text, ranges) = Self.unmark(marked)
    do {
      _ = try resolve(text)
      Issue.record("\"\(text)\" should be refused")
    } catch let failure as FlowTextErrors {
      #expect(failure.errors.map(\.range) == ranges, "\(failure.errors)")
      #expect(failure.errors.count == messages.count)
      for (error, message) in zip(failure.errors, messages) { #expect(error.message.contains(message), "\(error)") }
      #expect(failure.errors.first?.help.contains(help) == true, "\(failure.errors)")
    }
  }

  /// Takes the brackets out; `->` and `=>` stay.
  private static func unmark(_ marked: String) -> (text: String, ranges: [Range<Int>]) {
    var text: [UInt8] = []
    var ranges: [Range<Int>] = []
    var open: Int?
    for byte in marked.utf8 {
      if byte == UInt8(ascii: "<"), open == nil {
        open = text.count
      } else if byte == UInt8(ascii: ">"), let start = open, text.last != UInt8(ascii: "-") && text.last != UInt8(ascii: "=") {
        ranges.append(start..<text.count)
        open = nil
      } else {
        text.append(byte)
      }
    }
    return (String(decoding: text, as: UTF8.self), ranges)
  }

  @Test func severalHostsMustBeTold() {
    let near = HostEndpoint(node: "a", name: "x", interfaceName: "eth0")
    let far = HostEndpoint(node: "b", name: "x", interfaceName: "eth0")
    let world = World([.hostEndpoint(near), .hostEndpoint(far)])
    #expect(throws: FlowTextErrors.self) {
      let text = try FlowText("tcp 1.1.1.1 -> 2.2.2.2:80")
      _ = try FlowResolver.node(of: text, source: "", in: world)
    }
  }

  /// Where nobody says which of several hosts is meant, the sender does, if it is on one host only.
  @Test(
    arguments: [
      ("tcp 10.65.0.1 -> 10.0.0.1:80", "a"), ("tcp 10.65.0.2 -> 10.0.0.1:80", "b"), ("tcp 10.65.0.3 -> 10.0.0.1:80", nil),
      ("tcp one -> 10.0.0.1:80", "a"), ("tcp a/k8s/both/eth0 -> 10.0.0.1:80", "a"), ("tcp both -> 10.0.0.1:80", nil),
      ("tcp hep -> 10.65.0.1:80", "b"), ("tcp hep -> 10.65.0.1:80 from host", "b"), ("tcp hep -> 10.65.0.1:80 in eth0", nil),
      ("tcp 1.1.1.1 -> 10.0.0.1:80 from one", "a"), ("tcp 1.1.1.1 -> 10.0.0.1:80 from both", nil),
      ("tcp 1.1.1.1 -> 10.0.0.1:80 from cali-two", "b"), ("tcp 1.1.1.1 -> 10.0.0.1:80 from hep", nil),
      ("tcp 10.65.0.1 -> 10.0.0.1:80 in cali-one", "a"), ("tcp 10.65.0.1 -> 10.0.0.1:80 in eth0", nil),
      ("tcp 10.0.0.2 -> 10.65.0.1:80", nil), ("tcp 10.65.0.1 -> 10.0.0.1:80 on b", "b"), ("tcp nobody -> 10.0.0.1:80", nil),
    ] as [(String, ByteString?)])
  func theSenderTellsTheHost(text: String, expected: ByteString?) throws {
    func workload(_ node: ByteString, _ name: ByteString, _ interface: ByteString, _ address: String) throws -> Resource {
      let network = IPNetwork(single: try #require(IPAddress(address)))
      return .workloadEndpoint(
        WorkloadEndpoint(
          node: node, orchestrator: "k8s", workload: name, name: "eth0", interfaceName: interface, ipNetworks: [network]))
    }
    let world = World([
      try workload("a", "one", "cali-one", "10.65.0.1"), try workload("b", "two", "cali-two", "10.65.0.2"),
      try workload("a", "both", "cali-both", "10.65.0.3"), try workload("b", "both", "cali-both", "10.65.0.3"),
      .hostEndpoint(
        HostEndpoint(node: "b", name: "hep", interfaceName: "eth0", expectedIPs: [try #require(IPAddress("10.0.0.2"))])),
    ])
    let parsed = try FlowText(text)
    #expect((try? FlowResolver.node(of: parsed, source: text, in: world)) == expected)
  }

  @Test(arguments: [
    ("trce", ["trace", "replay"], "trace"), ("traec", ["trace"], "trace"), ("xyz", ["trace"], nil), ("", ["a"], nil),
    ("Eth0", ["eth1", "eth0"], "eth0"), ("a", ["b"], nil),
  ])
  func closestNames(text: String, names: [String], expected: String?) {
    #expect(closestName(to: text, among: names) == expected)
  }
}
