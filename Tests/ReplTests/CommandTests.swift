import Foundation
import Testing

/// Every command as a user meets it: status, what goes to standard output and what to standard error.
@Suite struct CommandTests {
  struct Case: CustomTestStringConvertible {
    var arguments: [String]
    var input = ""
    var status: Int32
    /// Fragments; an empty list means that nothing may be printed.
    var out: [String] = []
    var error: [String] = []
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let web = "tcp 10.0.0.2 -> 10.0.0.1:80"
  static let flowLine =
    #"{"id":1,"in":"eth0","protocol":"tcp","source":"10.0.0.2","destination":"10.0.0.1","destinationPort":80}"#

  static let cases: [Case] = [
    // trace
    Case(
      arguments: ["trace", web, "-f", "cluster"], status: 0, out: ["ALLOW", "webserver ingress[0] (cluster/policy.yml:7)"]),
    Case(arguments: ["trace", "tcp 10.0.0.2 -> 10.0.0.1:81", "-f", "cluster"], status: 0, out: ["DENY", "no policy matched"]),
    Case(arguments: ["trace", web, "-f", "cluster", "--all"], status: 0, out: ["selects role == 'webserver'"]),
    Case(
      arguments: ["trace", web, "-f", "cluster", "--output", "json"], status: 0, out: [#""verdict":"allow""#, #""steps":["#]),
    Case(
      arguments: ["trace", web, "-f", "cluster", "--output", "diagram", "--ascii"], status: 0,
      out: ["+===|= eth0", "+ ALLOW, decided here: policy webserver ingress[0] (policy.yml:7)"]),
    Case(arguments: ["trace", web, "-f", "cluster", "--output", "svg"], status: 0, out: ["<svg xmlns=", "</svg>"]),
    Case(
      arguments: ["trace", web, "-f", "cluster", "--output", "html"], status: 0, out: ["<!DOCTYPE html>", "- action: allow\n"]),
    Case(
      arguments: ["trace", web, "-f", "cluster", "--output", "markdown"], status: 0,
      out: ["# tcp 10.0.0.2:49152", "| 1 | untracked ingress |", "```mermaid\nflowchart TD\n"]),
    Case(arguments: ["trace", web, "-f", "cluster", "--output", "mermaid"], status: 0, out: ["flowchart TD\n"]),
    Case(arguments: ["trace", web, "-f", "cluster", "--ascii"], status: 2, error: ["'--ascii' is for '--output diagram'"]),
    Case(arguments: ["trace", web, "-f", "cluster", "--output", "pdf"], status: 2, error: ["pdf"]),
    // paths
    Case(
      arguments: ["paths", "--ascii"], status: 0,
      out: ["documented  ", "calico-2.4\n", "K8 workload-to-host", "! normal egress of B"]),
    Case(arguments: ["paths", "--semantics", "documented"], status: 0, out: ["K1 to-workload", "never: the packet is for"]),
    Case(arguments: ["paths", "--output", "markdown"], status: 0, out: ["| path | untracked |", "| **K3 forwarded**<br>"]),
    Case(arguments: ["paths", "--output", "svg"], status: 0, out: ["<svg xmlns=", "</svg>"]),
    Case(arguments: ["paths", "--semantics", "documentd"], status: 2, error: ["Did you mean 'documented'?"]),
    Case(arguments: ["paths", "--output", "svg", "--ascii"], status: 2, error: ["'--ascii' is for '--output text'"]),
    Case(arguments: ["trace", web, "-f", "cluster", "--semantics", "calico-2.4"], status: 0, out: ["semantics calico-2.4"]),
    Case(
      arguments: ["trace", web, "-f", "-"],
      input:
        "- {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h1}, spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}}",
      status: 0, out: ["DENY"]),
    Case(arguments: ["trace", web], status: 2, error: ["No input", "-f FILE"]),
    Case(arguments: ["trace", "-f", "cluster"], status: 2, error: ["Which flow?"]),
    Case(arguments: ["trace", "-f", "cluster", web], status: 0, out: ["ALLOW"]),
    Case(
      arguments: ["trace", "tpc 10.0.0.2 -> 10.0.0.1:80", "-f", "cluster"], status: 2,
      error: ["column 1", "did you mean \"tcp\""]),
    Case(arguments: ["trace", web + " in eht0", "-f", "cluster"], status: 2, error: ["did you mean \"eth0\""]),
    Case(arguments: ["trace", "udp 10.0.0.1 -> [fd00::1]:53 from host", "-f", "cluster"], status: 2, error: ["families"]),
    Case(
      arguments: ["trace", web, "-f", "cluster", "--semantics", "calico-24"], status: 2, error: ["Did you mean 'calico-2.4'"]),
    Case(
      arguments: ["trace", web, "-f", "cluster", "broken.yaml"], status: 2,
      error: ["broken.yaml:10:", "broken.yaml:12:", "left out: policy bad", "--keep-going"]),
    Case(
      arguments: ["trace", web, "-f", "cluster", "broken.yaml", "--keep-going"], status: 0, out: ["ALLOW"],
      error: ["left out: policy bad"]),
    Case(arguments: ["trace", web, "-f", "nowhere.yaml"], status: 2, error: ["nowhere.yaml"]),
    // explain
    Case(
      arguments: ["explain", web, "-f", "cluster"], status: 0,
      out: [
        "ALLOW", "A TCP packet from 10.0.0.2", "allows it, because it is TCP to port 80 (ingress[0], policy.yml:7)", "(S87)",
        "The reply, TCP",
      ]),
    Case(arguments: ["explain", "-f", "cluster", web], status: 0, out: ["ALLOW"]),
    Case(
      arguments: ["explain", "tcp 10.0.0.2 -> 10.0.0.1:81", "-f", "cluster", "--why-not"], status: 0,
      out: ["DENY", "no ingress rule of", "were its destination port 80 and not 81"]),
    Case(
      arguments: ["explain", web, "-f", "cluster", "--output", "json"], status: 0,
      out: [
        #""verdict":"allow""#, #""sentences":[{"part":"packet","text":"A TCP packet"#, #""fact":"matched""#,
        #""claims":["S87"]"#,
      ]),
    Case(
      arguments: ["explain", web, "-f", "cluster", "--output", "markdown", "--semantics", "calico-2.4"], status: 0,
      out: ["**ALLOW** `tcp 10.0.0.2", "semantics calico-2.4", "policy `webserver` allows it"]),
    Case(arguments: ["explain", web, "-f", "cluster", "--output", "html"], status: 2, error: ["html"]),
    Case(arguments: ["explain", "-f", "cluster"], status: 2, error: ["Which flow?"]),
    Case(arguments: ["explain", web], status: 2, error: ["No input", "-f FILE"]),
    Case(
      arguments: ["explain", "tpc 10.0.0.2 -> 10.0.0.1:80", "-f", "cluster"], status: 2,
      error: ["column 1", "did you mean \"tcp\""]),
    Case(arguments: ["explain", "udp 10.0.0.1 -> [fd00::1]:53 from host", "-f", "cluster"], status: 2, error: ["families"]),
    // replay
    Case(arguments: ["replay", "-f", "cluster"], input: flowLine, status: 0, out: [#"{"id":1,"verdict":"allow""#]),
    Case(arguments: ["replay", "-f", "cluster"], status: 0),
    Case(arguments: ["replay", "-f", "cluster"], input: "\r\n \t\n", status: 0),
    Case(
      arguments: ["replay", "-f", "cluster"], input: "\(flowLine)\r\n\n{\"id\":2}\n\(flowLine)\n", status: 1,
      out: [#"{"id":2,"verdict":"error""#], error: ["1 flow could not be judged"]),
    Case(arguments: ["replay", "-f", "-"], status: 2, error: ["Standard input holds the flows"]),
    Case(arguments: ["replay", "-f", "broken.yaml"], input: flowLine, status: 2, error: ["broken.yaml:10:"]),
    // select
    Case(
      arguments: ["select", "role == 'webserver' && !has(x)", "-f", "cluster"], status: 0,
      out: ["(role == \"webserver\" && !has(x))", "s:", "1 of 1 endpoints", "my-host/eth0-hep"]),
    Case(
      arguments: ["select", "all()", "--labels", "a=b"], status: 0, out: ["s:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug", "match"]),
    Case(arguments: ["select", "a == 'c'", "--labels", "a=b"], status: 0, out: ["do not match"]),
    Case(arguments: ["select", "a = 'b'"], status: 2, error: ["column 3", "=="]),
    Case(arguments: ["select"], status: 2, error: ["Which selector?"]),
    Case(arguments: ["select", "a contains 'b'", "--generation", "v3", "--labels", "a=abc"], status: 0, out: ["match"]),
    Case(
      arguments: ["select", "--batch"], input: #"{"id":"q","selector":"a in {\"b\"}","labels":[{"a":"b"},{}]}"#, status: 0,
      out: [#"{"id":"q","valid":true,"canonical":"a in {\"b\"}","uid":"s:"#, #""matches":[true,false]}"#]),
    Case(
      arguments: ["select", "--batch"], input: #"{"id":1,"selector":"a = b","labels":[]}"#, status: 0,
      out: [#"{"id":1,"valid":false,"error":"#, #""column":3}"#]),
    Case(arguments: ["select", "--batch"], input: "nonsense", status: 1, out: [#""valid":false"#]),
    // lint
    Case(
      arguments: ["lint", "cluster"], status: 0,
      out: ["cluster/policy.yml:1:3: warning [GW104]: policy \"webserver\" has no egress rules", "1 warning", "in 3 resources"]),
    Case(arguments: ["lint", "cluster", "--only", "gw103,GW102"], status: 0, out: ["clean: 3 resources, nothing found"]),
    Case(arguments: ["lint", "cluster", "--disable", "one-sided-policy,lock-out"], status: 0, out: ["clean"]),
    Case(arguments: ["lint", "cluster", "--fail-on", "warning"], status: 1, out: ["[GW104]"]),
    Case(
      arguments: ["lint", "broken.yaml"], status: 1,
      out: ["broken.yaml:10:18: error [GW001]: ", "broken.yaml:12:13: error [GW001]: ", "1 left out as invalid"]),
    Case(arguments: ["lint", "broken.yaml", "--fail-on", "never"], status: 0, out: ["2 errors"]),
    Case(arguments: ["lint", "--explain", "gw104"], status: 0, out: ["GW104 one-sided-policy (warning)", "```yaml", "S75"]),
    Case(arguments: ["lint", "--list"], status: 0, out: ["GW001  error", "GW113  warning"]),
    Case(arguments: ["lint", "--explain", "GW1O4"], status: 2, error: ["no rule 'GW1O4'", "Did you mean 'GW1"]),
    Case(arguments: ["lint", "cluster", "--only", "xyzzy"], status: 2, error: ["no rule 'xyzzy'", "--list"]),
    Case(arguments: ["lint", "cluster", "--fail-on", "sometimes"], status: 2, error: ["sometimes"]),
    Case(arguments: ["lint", "cluster", "--semantics", "calico-24"], status: 2, error: ["Did you mean 'calico-2.4'"]),
    Case(arguments: ["lint"], status: 2, error: ["No input"]),
    Case(arguments: ["lint", "cluster", "nowhere.yaml"], status: 2, error: ["nowhere.yaml"]),
    // validate
    Case(arguments: ["validate", "cluster"], status: 0, out: ["valid: 3 resources, 0 errors, 0 warnings"]),
    Case(
      arguments: ["validate", "broken.yaml"], status: 1,
      out: ["broken.yaml:10:18: error", "broken.yaml:12:13: error", "did you mean", "invalid: 1 resource"]),
    Case(
      arguments: ["validate", "--strict", "-"],
      input:
        "- {apiVersion: v1, kind: policy, metadata: {name: p}, spec: {ingress: [{action: allow, destination: {ports: [80]}}]}}",
      status: 1, out: ["-:1:"]),
    Case(
      arguments: ["validate", "-"],
      input:
        "- {apiVersion: v1, kind: policy, metadata: {name: p}, spec: {ingress: [{action: allow, destination: {ports: [80]}}]}}",
      status: 0, out: ["warning", "valid: 1 resource"]),
    // what Calico accepts and is unlikely to be meant
    Case(
      arguments: ["validate", "--strict", "-"],
      input: """
        - {apiVersion: gatewalk/v1, kind: Host, metadata: {name: h}, spec: {interfaces: [{name: eth0, addresses: \
        [10.0.0.1/24]}], routes: [{to: 0.0.0.0/0, interface: eth1}]}}
        - {apiVersion: v1, kind: hostEndpoint, metadata: {name: e, node: h, labels: {a: b}}, spec: {interfaceName: eth0}}
        - {apiVersion: v1, kind: policy, metadata: {name: p}, spec: {ingress: [{action: allow, source: {selector: a == 'b'}}]}}
        """,
      status: 0,
      out: [
        "leads nowhere: h has no interface \"eth1\"", "it has no expectedIPs", "valid: 3 resources, 0 errors, 2 warnings",
      ]),
    // scenarios beside resources
    Case(
      arguments: ["validate", "--strict", "cluster", "scenario.yaml"], status: 0, out: ["3 resources, 1 scenario, 0 errors"]),
    Case(
      arguments: ["validate", "-"], input: "{scenario: s, flow: x}",
      status: 1, out: ["\"flow\" belongs in an item of \"flows\"", "left out: scenario s (-:1)"]),
    Case(arguments: ["trace", web, "-f", "cluster", "scenario.yaml"], status: 0, out: ["ALLOW"]),
    Case(arguments: ["replay", "-f", "cluster", "scenario.yaml"], input: flowLine, status: 0, out: [#""verdict":"allow""#]),
    Case(arguments: ["validate", "nowhere"], status: 1, out: ["nowhere"]),
    Case(arguments: ["validate"], status: 2, error: ["<file>"]),
    // the program
    Case(arguments: ["--version"], status: 0, out: ["gatewalk 0."]),
    Case(arguments: [], status: 0, out: ["SUBCOMMANDS"]),
    Case(arguments: ["trce"], status: 2, error: ["did you mean \"gatewalk trace\""]),
    Case(arguments: ["cluster"], status: 2, error: ["did you mean \"gatewalk repl cluster\""]),
    Case(
      arguments: ["frobnicate"], status: 2, error: ["repl, trace, explain, paths, replay, select, test, report, lint, validate"]
    ),
    Case(arguments: ["trace", "--al", web, "-f", "cluster"], status: 2, error: ["--al"]),
    Case(arguments: ["--generate-completion-script", "bash"], status: 0, out: ["replay"]),
    Case(arguments: ["--generate-completion-script", "zsh"], status: 0, out: ["replay"]),
    Case(arguments: ["--generate-completion-script", "fish"], status: 0, out: ["replay"]),
  ]

  @Test(arguments: cases)
  func command(_ test: Case) throws {
    let result = try Program.run(test.arguments, input: test.input)
    #expect(result.status == test.status, "\(result)")
    for fragment in test.out { #expect(result.out.contains(fragment), "\(fragment)\n\(result)") }
    for fragment in test.error { #expect(result.error.contains(fragment), "\(fragment)\n\(result)") }
    if test.out.isEmpty { #expect(result.out.isEmpty, "\(result.out)") }
    if test.error.isEmpty, test.status == 0, !test.arguments.contains("-") {
      #expect(result.error.isEmpty, "\(result.error)")
    }
    #expect(!result.out.contains("\u{1b}") && !result.error.contains("\u{1b}"), "no colour but on a terminal")
  }

  @Test(arguments: ["repl", "trace", "explain", "paths", "replay", "select", "lint", "validate"])
  func helpHasAnExample(command: String) throws {
    for arguments in [["help", command], [command, "--help"]] {
      let result = try Program.run(arguments)
      #expect(result.status == 0 && result.error.isEmpty)
      #expect(result.out.contains("Example") && result.out.contains("gatewalk \(command)"))
    }
  }

  @Test func aFullDiskIsAnError() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Program.path)
    process.arguments = ["--version"]
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
    let error = Pipe()
    process.standardError = error
    try process.run()
    let message = String(decoding: error.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 2 && message.contains("cannot write"))
  }

  /// A line that is too long is refused, and the ones around it are answered.
  @Test func aVeryLongLineStopsNothing() throws {
    let long = String(repeating: "x", count: 17 << 20)
    let result = try Program.run(
      ["replay", "-f", "cluster"], input: "\(Self.flowLine)\n\(long)\n\(Self.flowLine)\n")
    let lines = result.out.split(separator: "\n")
    #expect(result.status == 1 && lines.count == 3)
    #expect(lines.first?.contains("allow") == true && lines.last?.contains("allow") == true)
    #expect(lines.dropFirst().first?.contains("longer than") == true)
  }
}
