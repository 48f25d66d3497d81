import Foundation
import Simulator

/// One part of a claim's world: the text of a resource, or a folder of `Scenarios`.
enum Manifest: Sendable {
  case text(String)
  /// All manifests of a folder under `Scenarios`, such as `seed/pre-dnat`.
  case scenario(String)

  /// A rule as a YAML flow mapping.
  struct RuleText: Sendable {
    var text: String

    static func allow(_ criteria: String = "") -> RuleText { rule("allow", criteria) }
    static func deny(_ criteria: String = "") -> RuleText { rule("deny", criteria) }
    static func pass(_ protocol: String, to port: Int) -> RuleText { rule("pass", Self.to(`protocol`, port)) }
    static let log = rule("log", "")
    static func allow(_ protocol: String, to port: Int) -> RuleText { rule("allow", Self.to(`protocol`, port)) }
    static func deny(_ protocol: String, to port: Int) -> RuleText { rule("deny", Self.to(`protocol`, port)) }
    static func allow(_ protocol: String, from port: Int) -> RuleText { rule("allow", Self.from(`protocol`, port)) }
    static func deny(_ protocol: String, from port: Int) -> RuleText { rule("deny", Self.from(`protocol`, port)) }

    private static func rule(_ action: String, _ criteria: String) -> RuleText {
      RuleText(text: criteria.isEmpty ? "{action: \(action)}" : "{action: \(action), \(criteria)}")
    }

    private static func to(_ protocol: String, _ port: Int) -> String {
      "protocol: \(`protocol`), destination: {ports: [\(port)]}"
    }

    private static func from(_ protocol: String, _ port: Int) -> String {
      "protocol: \(`protocol`), source: {ports: [\(port)]}"
    }
  }

  static func policy(
    _ name: String,
    _ selector: String,
    order: Double? = nil,
    kind: PolicyKind = .normal,
    ingress: [RuleText] = [],
    egress: [RuleText] = []
  ) -> Manifest {
    let flag =
      switch kind {
      case .untracked: "doNotTrack: true, "
      case .preDNAT: "preDNAT: true, "
      case .normal: ""
      }
    let order = order.map { "order: \($0), " } ?? ""
    return resource(
      "policy",
      "name: \(name)",
      "selector: \"\(selector)\", \(flag)\(order)ingress: \(list(ingress)), egress: \(list(egress))"
    )
  }

  static func profile(
    _ name: String,
    labels: String = "",
    tags: String = "",
    ingress: [RuleText] = [],
    egress: [RuleText] = []
  ) -> Manifest {
    resource(
      "profile",
      "name: \(name), labels: {\(labels)}, tags: [\(tags)]",
      "ingress: \(list(ingress)), egress: \(list(egress))"
    )
  }

  static func hostEndpoint(
    _ name: String,
    node: String = "my-host",
    labels: String = "",
    interface: String? = nil,
    ips: String = "",
    profiles: String = ""
  ) -> Manifest {
    let interface = interface.map { "interfaceName: \($0), " } ?? ""
    return resource(
      "hostEndpoint",
      "name: \(name), node: \(node), labels: {\(labels)}",
      "\(interface)expectedIPs: [\(ips)], profiles: [\(profiles)]"
    )
  }

  static func workload(
    _ name: String,
    _ addresses: String,
    on interface: String,
    node: String = "my-host",
    labels: String = "",
    profiles: String = "",
    mac: String? = nil
  ) -> Manifest {
    let mac = mac.map { ", mac: \"\($0)\"" } ?? ""
    return resource(
      "workloadEndpoint",
      "name: eth0, node: \(node), orchestrator: k8s, workload: \(name), labels: {\(labels)}",
      "interfaceName: \(interface), ipNetworks: [\(addresses)], profiles: [\(profiles)]\(mac)"
    )
  }

  /// A host with `eth0` 10.0.0.1/24 towards the world and `eth1` 10.1.0.1/24 towards an inner network, if not told else.
  static func host(
    _ name: String = "my-host",
    interfaces: String = "{name: eth0, addresses: [10.0.0.1/24]}, {name: eth1, addresses: [10.1.0.1/24]}",
    routes: String = "{to: 0.0.0.0/0, interface: eth0}",
    dnat: String = "",
    felix: String = ""
  ) -> Manifest {
    .text(
      "{apiVersion: gatewalk/v1, kind: Host, metadata: {name: \(name)}, spec: {interfaces: [\(interfaces)], "
        + "routes: [\(routes)], dnat: [\(dnat)], felix: {\(felix)}}}"
    )
  }

  static let host = host()
  /// The outer interface of `host`, governed.
  static let eth0 = hostEndpoint("eth0-hep", labels: "role: edge", interface: "eth0", ips: "10.0.0.1")
  /// The inner interface of `host`, governed.
  static let eth1 = hostEndpoint("eth1-hep", labels: "role: inner", interface: "eth1", ips: "10.1.0.1")
  static let w1 = workload("w1", "10.65.0.1/32", on: "cali1", labels: "app: web")
  static let w2 = workload("w2", "10.65.0.2/32", on: "cali2", labels: "app: db")

  /// The files that the part stands for, by name.
  func files() throws -> [SourceText] {
    switch self {
    case .text(let text):
      return [SourceText(name: "world.yaml", bytes: Array(text.utf8))]
    case .scenario(let folder):
      let url = Self.scenarios.appendingPathComponent(folder)
      let names = try FileManager.default.contentsOfDirectory(atPath: url.path).filter { $0.hasSuffix(".yaml") }
      return try names.sorted().map { name in
        SourceText(name: name, bytes: Array(try Data(contentsOf: url.appendingPathComponent(name))))
      }
    }
  }

  /// `Scenarios`, four folders up from this file.
  static let scenarios = (1...4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    .appendingPathComponent("Scenarios")

  private static func resource(_ kind: String, _ metadata: String, _ spec: String) -> Manifest {
    .text("{apiVersion: v1, kind: \(kind), metadata: {\(metadata)}, spec: {\(spec)}}")
  }

  private static func list(_ rules: [RuleText]) -> String {
    "[\(rules.map(\.text).joined(separator: ", "))]"
  }
}
