import Manifests
import Reports
import Selector
import Session
import Simulator

/// A gateway with a web shop behind a NodePort, small enough to be known by heart.
enum ShopWorld {
  static let manifests = """
    apiVersion: gatewalk/v1
    kind: Host
    metadata: {name: gw}
    spec:
      interfaces:
      - {name: eth0, addresses: [10.0.0.1/24]}
      - {name: eth1, addresses: [10.1.0.1/24]}
      routes:
      - {to: 0.0.0.0/0, interface: eth0}
      - {to: 10.65.0.1/32, interface: cali1}
      dnat:
      - {protocol: tcp, address: 10.0.0.1, port: 30080, toAddress: 10.65.0.1, toPort: 8080}
    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: eth0-hep, node: gw, labels: {role: gateway, zone: edge}}
    spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
    ---
    apiVersion: v1
    kind: workloadEndpoint
    metadata: {name: eth0, workload: shop, orchestrator: k8s, node: gw, labels: {app: shop}}
    spec: {interfaceName: cali1, ipNetworks: [10.65.0.1/32], profiles: [base]}
    ---
    apiVersion: v1
    kind: profile
    metadata: {name: base, labels: {tier: front}, tags: [known]}
    spec:
      egress: [{action: allow}]
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: web}
    spec:
      order: 100
      selector: role == "gateway"
      ingress:
      - {action: deny, protocol: tcp, source: {nets: [198.51.100.0/24]}}
      - {action: allow, protocol: tcp, destination: {ports: [80]}}
      egress:
      - {action: allow}
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: shop}
    spec:
      order: 200
      selector: app == "shop"
      ingress:
      - {action: allow, protocol: tcp, destination: {ports: [8080]}}
    ---
    apiVersion: v1
    kind: node
    metadata: {name: gw}
    spec: {bgp: {ipv4Address: 10.0.0.1}}

    """

  /// Comes in from outside to port 80 of the gateway: allowed by `web`.
  static let web = "tcp 203.0.113.9 -> 10.0.0.1:80 in eth0"
  /// To another port: nothing matches.
  static let other = "tcp 203.0.113.9 -> 10.0.0.1:8443 in eth0"
  /// By the NodePort to the shop.
  static let nodePort = "tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0"

  static func load(_ text: String = manifests) -> LoadedManifests {
    decodeManifests(SourceText(name: "shop.yaml", bytes: Array(text.utf8)), strictness: .lenient)
  }

  static func session(_ environment: SessionEnvironment = .unattended) -> Session {
    Session(load(), paths: ["shop.yaml"], environment: environment)
  }
}

extension Session {
  /// Carries out inputs, all of which have to succeed; gives the last answer as one text.
  mutating func succeed(_ inputs: String...) throws -> String {
    var text = ""
    for input in inputs {
      let answer = perform(input)
      text = answer.lines.joined(separator: "\n")
      if answer.hasFailed { throw Refused(input: input, text: text) }
    }
    return text
  }

  struct Refused: Error, CustomStringConvertible {
    var input: String
    var text: String
    var description: String { "\(input)\n\(text)" }
  }
}
