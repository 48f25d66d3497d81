import Simulator
import Testing

@testable import Reports

/// The quick way of reading a flow line against the one that knows all of JSON.
@Suite struct FlowLineTests {
  /// Pieces of lines, good and bad; what stands between two of them is drawn too.
  private static let members = [
    #""id":7"#, #""id":"a b""#, #""id":007"#, #""id":1.5"#, #""id":-1"#, #""id":[1,{"x":2}]"#, #""id" : 12345678901234567890"#,
    #""id":null"#, #""host":"node-1""#, #""host":"n\u006fde""#, #""host":"né""#, #""host":5"#, #""in":"eth0""#,
    #""in":null"#, #""in":"eth0"#, #""protocol":"tcp""#, #""protocol":"udp""#, #""protocol":"icmp""#, #""protocol":"icmpv6""#,
    #""protocol":6"#, #""protocol":"6""#, #""protocol":"tpc""#, #""protocol":"tc\u0070""#, #""source":"10.0.0.1""#,
    #""source":"10.0.0.01""#, #""source":"10.0.0""#, #""source":"10.0.0.256""#, #""source":"10.0.0.1.1""#,
    #""source":"fd00::1""#, #""source":"1\u0030.0.0.1""#, #""destination":"255.255.255.255""#, #""destination":"0.0.0.0""#,
    #""destination":"10.0.0.1 ""#, #""sourcePort":0"#, #""sourcePort":65535"#, #""sourcePort":65536"#, #""sourcePort":080"#,
    #""destinationPort":80"#, #""destinationPort":8e1"#, #""destinationPort":80.0"#, #""destinationPort":-1"#,
    #""destinationPort":1234567"#, #""icmpType":8"#, #""icmpType":256"#, #""icmpCode":0"#, #""icmpCode": 3 "#,
    #""other":1"#, #""other":{"id":3}"#, "\"\":\"\"", #""sourcePor":1"#, #""ID":1"#, #""x\"":1"#, "", "}", "x",
  ]

  @Test func theQuickWayReadsWhatTheOtherReads() {
    var random = SeededGenerator(seed: 12)
    var plain = 0
    for _ in 0..<20_000 {
      let members = (0..<random.below(7)).map { _ in random.pick(Self.members) }
      let comma = random.pick([",", ",", ",", " , ", ",\t"])
      let (open, close) = (random.pick(["{", "{", "{", " {", ""]), random.pick(["}", "}", "}", "} ", "", "}}"]))
      let text = open + members.joined(separator: comma) + close
      let bytes = Array("xx\(text)yy".utf8)
      let range = 2..<(bytes.count - 2)
      var quick = FlowLine()
      guard quick.readPlain(bytes, range) else { continue }
      plain += 1
      var slow = FlowLine()
      #expect(throws: Never.self, "\(text)") { try slow.readAny(bytes, range) }
      #expect(quick == slow, "\(text)")
    }
    #expect(plain > 500, "too few lines are plain to tell: \(plain)")
  }
}
