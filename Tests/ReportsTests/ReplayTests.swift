import Foundation
import Reports
import Selector
import Simulator
import Testing

/// The contract of `replay`, key by key and in order.
@Suite struct ReplayTests {
  private func answer(_ line: String) throws -> (text: String, isJudged: Bool) {
    var replayer = Replayer(Simulation(world: try SmallWorld.make(), semantics: .documented))
    var json = JSONWriter()
    let bytes = Array(line.utf8)
    let isJudged = replayer.answer(bytes, 0..<bytes.count, into: &json)
    #expect(json.bytes.last == 0x0a)
    #expect((try? JSONSerialization.jsonObject(with: Data(json.bytes))) != nil, "an answer is JSON")
    return (String(decoding: json.bytes.dropLast(), as: UTF8.self), isJudged)
  }

  @Test func theDocumentedExample() throws {
    let rule =
      #"{"kind":"policy","stage":"normal","name":"webserver","direction":"ingress","rule":0,"action":"allow","#
      + #""endpoint":"my-host/eth0-hep","source":"world.yaml:31"}"#
    let expected =
      #"{"id":7,"verdict":"allow","path":"to-host","out":"host","decidedBy":\#(rule),"matched":[\#(rule)],"#
      + #""reply":{"verdict":"allow","decidedBy":{"kind":"conntrack-established"},"matched":[]}}"#
    let line =
      #"{"id": 7, "host": "my-host", "in": "eth0", "protocol": "tcp", "source": "10.0.0.2", "sourcePort": 40000, "#
      + #""destination": "10.0.0.1", "destinationPort": 80}"#
    #expect(try answer(line).text == expected)
  }

  @Test func defaultsAreThoseOfTheDesign() throws {
    // No `in`: from the host. No ICMP type: an echo request. A null is as good as nothing.
    let ping = try answer(#"{"protocol":"icmp","source":"10.0.0.1","destination":"10.0.0.2","in":null}"#).text
    #expect(ping.hasPrefix(#"{"verdict":"allow","path":"from-host","out":"eth0","#))
    let v6 = try answer(#"{"protocol":"icmp","source":"fd00::2","destination":"::1","in":"eth0"}"#).text
    #expect(v6.contains(#""path":"to-host""#) && v6.contains("no-policy-matched"))
  }

  @Test(arguments: [
    (#"{"id":"a","protocol":"tcp","source":"10.0.0.1","destination":"10.0.0.2"}"#, #""id":"a""#, "destinationPort"),
    (#"{"protocol":"tpc","id":[1, 2],"source":"10.0.0.1"}"#, #""id":[1, 2]"#, #"unknown protocol \"tpc\""#),
    (#"{"source":"10.0.0.1","destination":"10.0.0.2"}"#, "", #"\"protocol\" is missing"#),
    (#"{"protocol":"udp","destination":"10.0.0.2","destinationPort":53}"#, "", #"\"source\" is missing"#),
    (#"{"protocol":6,"source":"10.0.0","destination":"10.0.0.2"}"#, "", #"\"10.0.0\" is no IP address"#),
    (#"{"protocol":6,"source":"10.0.0.1","destination":"10.0.0.2","destinationPort":70000}"#, "", "from 0 to 65535"),
    (#"{"protocol":6,"source":"10.0.0.1","destination":"10.0.0.2","destinationPort":80,"in":"eth7"}"#, "", "no interface"),
    (#"{"protocol":6,"source":"10.0.0.1","destination":"10.0.0.2","destinationPort":80,"in":"eht0"}"#, "", "did you mean"),
    (#"{"protocol":6,"source":"10.0.0.1","destination":"10.0.0.2","destinationPort":80,"host":"my-hst"}"#, "", "did you mean"),
    (#"{"protocol":17,"source":"10.0.0.1","destination":"fd00::2","destinationPort":53}"#, "", "families"),
    (#"{"protocol":17,"source":"10.0.0.1","destination":"fd00::2","destinationPort":53"#, "", "line ends"),
    ("hello", "", "stands where"),
  ])
  func badLinesGetAnErrorAndKeepTheirID(line: String, id: String, message: String) throws {
    let (text, isJudged) = try answer(line)
    #expect(!isJudged)
    #expect(text.contains(#""verdict":"error""#) && text.contains(message), "\(text)")
    #expect(id.isEmpty || text.contains(id))
  }

  /// The same interface number means another interface on another host.
  @Test func hostsDoNotMix() throws {
    let far = HostEndpoint(node: "far", name: "hep", interfaceName: "wan0", expectedIPs: [IPAddress(v4: 0x0a02_0001)])
    let own = try #require(IPAddress("10.0.0.1"))
    let near = HostEndpoint(node: "near", name: "hep", interfaceName: "lan0", expectedIPs: [own])
    var replayer = Replayer(
      Simulation(world: World([.hostEndpoint(far), .hostEndpoint(near)]), semantics: .documented))
    var json = JSONWriter()
    for (host, interface, address) in [("far", "wan0", "10.2.0.1"), ("near", "lan0", "10.0.0.1")] {
      let line =
        #"{"host":"\#(host)","in":"\#(interface)","protocol":"udp","source":"9.9.9.9","destination":"\#(address)","destinationPort":9}"#
      json.removeAll()
      _ = replayer.answer(Array(line.utf8), 0..<line.utf8.count, into: &json)
      let text = String(decoding: json.bytes, as: UTF8.self)
      #expect(text.contains(#""endpoint":"\#(host)/hep","interface":"\#(interface)""#), "\(text)")
    }
  }
}
