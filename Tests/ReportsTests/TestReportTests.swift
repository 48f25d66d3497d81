import Foundation
import Reports
import Simulator
import Testing

/// What the reports of a test run look like, to the byte.
@Suite struct TestReportTests {
  private static let place = SourceLocation(file: "web.yaml", line: 12, column: 3)

  private static let report = TestReport(suites: [
    TestSuite(
      name: "web", location: SourceLocation(file: "web.yaml", line: 1, column: 1), semantics: "calico-2.4", claims: ["S42"],
      cases: [
        TestCase(name: "tcp a -> b", location: place, outcome: .passed, note: "2 flows"),
        TestCase(
          name: "udp a -> b", location: place,
          outcome: .failed([
            TestFailure(
              "verdict", expected: "allow", got: "deny", because: "policy \"web\" ends",
              decidedAt: SourceLocation(file: "policy.yaml", line: 7, column: 1)),
            TestFailure("reply", expected: "allow", got: "none"),
          ])),
        TestCase(name: "icmp", location: nil, outcome: .broken("no such host: \"x\"", help: "name one")),
      ], duration: 1.0425)
  ])

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func junit() {
    let message =
      "verdict: expected allow, got deny because policy &quot;web&quot; ends, at policy.yaml:7; reply: expected allow, got none"
    #expect(
      text(Self.report.junit) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="gatewalk test" tests="3" failures="1" errors="1" time="1.043">
          <testsuite name="web [calico-2.4]" tests="3" failures="1" errors="1" skipped="0" time="1.043" file="web.yaml">
            <properties>
              <property name="semantics" value="calico-2.4"/>
              <property name="claim" value="S42"/>
            </properties>
            <testcase classname="web [calico-2.4]" name="tcp a -&gt; b" file="web.yaml" line="12"/>
            <testcase classname="web [calico-2.4]" name="udp a -&gt; b" file="web.yaml" line="12">
              <failure message="\(message)" type="verdict">verdict: expected allow, got deny because policy "web" ends, at policy.yaml:7
        reply: expected allow, got none
        web.yaml:12</failure>
            </testcase>
            <testcase classname="web [calico-2.4]" name="icmp">
              <error message="no such host: &quot;x&quot;" type="error">no such host: "x"
        name one</error>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func tap() {
    #expect(
      text(Self.report.tap) == #"""
        TAP version 13
        1..3
        # web [calico-2.4]
        ok 1 - web [calico-2.4]: tcp a -> b
        not ok 2 - web [calico-2.4]: udp a -> b
          ---
          severity: "fail"
          message: "verdict: expected allow, got deny because policy \"web\" ends, at policy.yaml:7; reply: expected allow, got none"
          file: "web.yaml"
          line: 12
          failures:
            - point: "verdict"
              expected: "allow"
              got: "deny"
              because: "policy \"web\" ends"
              file: "policy.yaml"
              line: 7
            - point: "reply"
              expected: "allow"
              got: "none"
          ...
        not ok 3 - web [calico-2.4]: icmp
          ---
          severity: "error"
          message: "no such host: \"x\""
          help: "name one"
          ...

        """#)
  }

  @Test func json() {
    let failure =
      #"{"point":"verdict","expected":"allow","got":"deny","because":"policy \"web\" ends","decidedAt":{"file":"policy.yaml","line":7}}"#
    let cases = [
      #"{"name":"tcp a -> b","file":"web.yaml","line":12,"note":"2 flows","outcome":"passed"}"#,
      #"{"name":"udp a -> b","file":"web.yaml","line":12,"outcome":"failed","failures":[\#(failure),"#
        + #"{"point":"reply","expected":"allow","got":"none"}]}"#,
      #"{"name":"icmp","outcome":"broken","message":"no such host: \"x\"","help":"name one"}"#,
    ]
    let suite =
      #"{"name":"web","file":"web.yaml","line":1,"semantics":"calico-2.4","claims":["S42"],"duration":1.0425,"cases":["#
      + cases.joined(separator: ",") + "]}"
    #expect(text(Self.report.json) == #"{"passed":1,"failed":1,"broken":1,"duration":1.0425,"suites":["# + suite + "]}\n")
  }

  @Test func github() {
    #expect(
      text(Self.report.github) == """
        ::error file=web.yaml,line=12,title=web [calico-2.4]::udp a -> b: verdict: expected allow, got deny because policy "web" ends, \
        at policy.yaml:7
        ::error file=web.yaml,line=12,title=web [calico-2.4]::udp a -> b: reply: expected allow, got none
        ::error file=web.yaml,line=1,title=web [calico-2.4]::icmp: no such host: "x"; name one

        """)
  }

  /// GitHub's runner undoes `%25`, `%0D` and `%0A`, and in properties `%3A` and `%2C`; a command ends with its line.
  @Test func githubEscapes() {
    let hard = "50%,a:b\r\nc::d%0A"
    let suite = TestSuite(
      name: hard, location: nil, semantics: "documented",
      cases: [
        TestCase(
          name: hard, location: SourceLocation(file: "a,b:c%.yaml", line: 2, column: 1), outcome: .broken("x", help: nil))
      ])
    #expect(
      text(TestReport(suites: [suite]).github)
        == "::error file=a%2Cb%3Ac%25.yaml,line=2,title=50%25%2Ca%3Ab%0D%0Ac%3A%3Ad%250A::50%25,a:b%0D%0Ac::d%250A: x\n")
    #expect(TestReport(suites: [TestSuite(name: "", location: nil, semantics: "documented")]).github.isEmpty)
  }

  /// JSON has no number for what is infinite.
  @Test func aDurationThatIsNone() throws {
    for duration in [Double.infinity, .nan, 1e300, Double.leastNonzeroMagnitude, -0.0] {
      let report = TestReport(suites: [TestSuite(name: "a", location: nil, semantics: "documented", duration: duration)])
      _ = try JSONSerialization.jsonObject(with: Data(report.json))
      #expect(text(report.junit).contains("time=\"0.000\""))
    }
  }
}
