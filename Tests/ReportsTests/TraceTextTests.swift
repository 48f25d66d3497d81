import Foundation
import Reports
import Selector
import Simulator
import Testing

/// What a person reads, whole.
@Suite struct TraceTextTests {
  private func trace(_ flow: String, on walker: Walker) throws -> Trace {
    let text = try FlowText(flow)
    let resolved = try FlowResolver(text, source: flow, on: walker).resolve()
    let other = Walker(world: walker.world, node: walker.topology.node, semantics: .calico24)
    return try walker.trace(resolved, comparedWith: other)
  }

  private func text(_ flow: String, all: Bool = false) throws -> String {
    let walker = try SmallWorld.walker()
    return TraceText(try trace(flow, on: walker), on: walker, style: .plain, showsAll: all).lines.joined(separator: "\n")
  }

  @Test func aPacketToTheHost() throws {
    #expect(
      try text("tcp 10.0.0.2 -> 10.0.0.1:80") == """
        ALLOW  tcp 10.0.0.2:49152 -> 10.0.0.1:80  in eth0 on my-host
        by     policy webserver ingress[0] (world.yaml:31)
               allow tcp to port 80; normal stage of my-host/eth0-hep
        path   to-host (K2), delivered to the host; semantics documented

          untracked ingress  eth0-hep (eth0)  skipped  no policy of this kind applies
          conntrack                           new
          pre-dnat ingress   eth0-hep (eth0)  skipped  no policy of this kind applies
          route                               to host
          normal ingress     eth0-hep (eth0)  allow    policy webserver ingress[0] (world.yaml:31)

        reply  ALLOW  established connection
        """)
  }

  /// Nothing that comes from a file can steer the terminal: names of files, interfaces, endpoints and hosts.
  @Test func controlCharactersAreShownAsSuch() throws {
    let place = SourceLocation(file: "a\u{1b}[2J.yaml", line: 3, column: 1)
    let own = try #require(IPAddress("10.0.0.1"))
    let world = World([
      .hostEndpoint(
        HostEndpoint(node: "h\u{9b}", name: "e\u{7}", interfaceName: "eth\u{9b}31m", expectedIPs: [own], location: place)),
      .policy(
        Policy(name: "p", selector: .all, ingress: [Rule(.log, location: place), Rule(.allow, location: place)])),
    ])
    let walker = Walker(world: world, node: "h\u{9b}", semantics: .documented)
    let trace = try trace("tcp 10.0.0.2 -> 10.0.0.1:80", on: walker)
    for showsAll in [false, true] {
      let lines = TraceText(trace, on: walker, style: .plain, showsAll: showsAll).lines
      #expect(lines.contains { $0.contains("eth\u{fffd}31m") } && lines.contains { $0.contains("a\u{fffd}[2J.yaml:3") })
      #expect(lines.allSatisfy { $0 == Style.visible($0) }, "\(lines)")
    }
  }

  @Test func aNodePortWithLogAndDNAT() throws {
    #expect(
      try text("tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0") == """
        ALLOW  tcp 203.0.113.9:49152 -> 10.0.0.1:30080  in eth0 on my-host
        by     policy shop ingress[1] (world.yaml:45)
               allow tcp from not 10.0.0.1/32 to port 8080; workload stage of my-host/k8s/w1/eth0
        path   to-workload (K1), delivered to w1 (cali1); semantics documented

          untracked ingress  eth0-hep (eth0)  skipped    no policy of this kind applies
          conntrack                           new
          pre-dnat ingress   eth0-hep (eth0)  skipped    no policy of this kind applies
          dnat                                rewritten  10.0.0.1:30080 -> 10.65.0.1:8080
          route                               to cali1
          normal ingress     eth0-hep (eth0)  skipped    the packet is for a local workload
          workload ingress   w1 (cali1)       allow      policy shop ingress[1] (world.yaml:45)
              matched: ingress[0] log tcp  (world.yaml:44)

        reply  ALLOW  established connection
        """)
  }

  @Test func aDenialWithEverythingThatWasTried() throws {
    #expect(
      try text("tcp 10.0.0.2 -> 10.0.0.1:81", all: true) == """
        DENY   tcp 10.0.0.2:49152 -> 10.0.0.1:81  in eth0 on my-host
        by     no policy matched
               the policies that apply decide nothing, so the packet is dropped; normal stage of my-host/eth0-hep
        path   to-host (K2), dropped; semantics documented

          untracked ingress  eth0-hep (eth0)  skipped  no policy of this kind applies
          conntrack                           new
          pre-dnat ingress   eth0-hep (eth0)  skipped  no policy of this kind applies
          route                               to host
          normal ingress     eth0-hep (eth0)  deny     no policy matched
              policy webserver, order 100, selects role == 'webserver'
                no match: ingress[0] allow tcp to port 80  (world.yaml:31)
                          destination.ports: 81 is not 80
        """)
  }

  /// Every path has a text that names its gates, and a denial never shows a reply.
  @Test(arguments: [
    ("tcp 10.1.0.7 -> 203.0.113.9:80 in eth1", "forwarded (K3)", "normal egress"),
    ("udp 10.0.0.1 -> 10.1.0.9:53 from host", "from-host (K4)", "no host endpoint: left alone"),
    ("tcp w1 -> 203.0.113.9:80", "from-workload (K5)", "workload egress"),
    ("tcp 10.0.0.1 -> w1:8080 from host", "host-to-workload (K7)", "not policed"),
    ("tcp w1 -> 10.0.0.1:22", "workload-to-host (K8)", "workload egress"),
    ("icmp 10.0.0.7 -> 10.0.0.1 type 0", "to-host (K2)", "it answers no known connection"),
  ])
  func paths(flow: String, path: String, fragment: String) throws {
    let text = try text(flow)
    #expect(text.contains(path) && text.contains(fragment), "\(text)")
    #expect(text.hasPrefix("ALLOW") == text.contains("\nreply"), "\(text)")
  }

  private func sorted(_ value: Any?) throws -> Data {
    try JSONSerialization.data(withJSONObject: [try #require(value)], options: [.sortedKeys])
  }

  /// The JSON of a trace is the object that `replay` prints, and more.
  @Test func traceJSONHoldsTheResultLine() throws {
    let walker = try SmallWorld.walker()
    for flow in [
      "tcp 10.0.0.2 -> 10.0.0.1:80", "tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0", "udp 9.9.9.9 -> 10.0.0.1:9 in eth0",
    ] {
      let trace = try trace(flow, on: walker)
      var json = JSONWriter()
      TraceJSON(trace, on: walker).write(to: &json)
      let whole = try #require(try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
      var line = JSONWriter()
      var verdicts = VerdictJSON()
      line.object { verdicts.write(trace.verdict, on: walker, to: &$0) }
      let result = try #require(try JSONSerialization.jsonObject(with: Data(line.bytes)) as? [String: Any])
      for key in result.keys { #expect(try sorted(result[key]) == sorted(whole[key]), "\(key)") }
      let steps = try #require(whole["steps"] as? [[String: Any]])
      #expect(steps.count == trace.forward.steps.count)
    }
  }
}
