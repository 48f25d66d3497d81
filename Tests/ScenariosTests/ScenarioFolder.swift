import Foundation
import Reports
import Scenarios
import Simulator
import Testing

/// A folder of files, gone when it is let go of.
final class ScenarioFolder {
  private let folder: URL

  init(_ files: [String: String]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("gatewalk-\(UUID().uuidString)")
    for (name, text) in files { try write(name, text) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var path: String { folder.path }

  func write(_ name: String, _ text: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: false, encoding: .utf8)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  var suite: ScenarioSuite { ScenarioSuite(paths: [path]) }

  func runs(_ semantics: Semantics = .documented) -> [ScenarioRun] { ScenarioRun.all(of: suite, semantics: semantics) }

  /// What is wrong with each scenario, without the folder's name: `scenario.yaml:5 verdict: expected deny, got …`.
  func complaints() -> [String] {
    runs().map { $0.outcome() }.flatMap { outcome in
      outcome.suite.cases.flatMap { testCase -> [String] in
        let place = testCase.location.map { $0.fileAndLine } ?? "nowhere"
        switch testCase.outcome {
        case .passed: return []
        case .broken(let message, _): return ["\(place) \(message)"]
        case .failed(let failures):
          return failures.map { failure in
            let rule = failure.decidedAt.map { " at \($0.fileAndLine)" } ?? ""
            return "\(place) \(failure.point): expected \(failure.expected), got \(failure.got)\(rule)"
          }
        }
      }
    }.map { $0.replacingOccurrences(of: path + "/", with: "") }
  }
}

/// A gateway with ssh closed but for an office, a web server, and a workload behind a NodePort.
enum Gateway {
  static let world = """
    apiVersion: gatewalk/v1
    kind: Host
    metadata: {name: gw}
    spec:
      interfaces:
      - {name: eth0, addresses: [10.0.0.1/24]}
      - {name: eth1, addresses: [10.1.0.1/24]}
      routes:
      - {to: 0.0.0.0/0, interface: eth0}
      dnat:
      - {protocol: tcp, address: 10.0.0.1, port: 30080, toAddress: 10.65.0.1, toPort: 8080}
      felix: {failsafeInboundHostPorts: none}
    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: eth0-hep, node: gw, labels: {role: gateway}}
    spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
    ---
    apiVersion: v1
    kind: workloadEndpoint
    metadata: {name: eth0, workload: shop, orchestrator: k8s, node: gw, labels: {app: shop}}
    spec: {interfaceName: cali1, ipNetworks: [10.65.0.1/32]}
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: web}
    spec:
      order: 100
      selector: role == "gateway"
      ingress:
      - action: allow
        protocol: tcp
        destination: {ports: [80]}
      - action: allow
        protocol: tcp
        source: {nets: [192.0.2.0/24]}
        destination: {ports: [22]}
      egress:
      - action: allow
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: shop}
    spec:
      order: 200
      selector: app == "shop"
      ingress:
      - action: allow
        protocol: tcp
        destination: {ports: [8080]}
    """
}
