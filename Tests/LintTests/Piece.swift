/// Pieces of worlds, to stand behind what a case is about so that its lines are counted from 1.
enum Piece {
  /// Host endpoint `h/eth0`: role web, 10.0.0.1.
  static let host = """

    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: eth0, node: h, labels: {role: web}}
    spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
    """

  /// Workload `w` on `h`: app shop, 10.65.0.1, with profile `open`.
  static let pod = """

    ---
    apiVersion: v1
    kind: workloadEndpoint
    metadata: {name: eth0, workload: w, orchestrator: k8s, node: h, labels: {app: shop}}
    spec: {interfaceName: cali1, ipNetworks: [10.65.0.1/32], profiles: [open]}
    """

  /// The network of `h`: eth0 to the world; a NodePort and a load balancer's address for the workload.
  static let network = """

    ---
    apiVersion: gatewalk/v1
    kind: Host
    metadata: {name: h}
    spec:
      interfaces: [{name: eth0, addresses: [10.0.0.1/24]}]
      routes: [{to: 0.0.0.0/0, interface: eth0}]
      dnat:
      - {protocol: tcp, address: 10.0.0.1, port: 30080, toAddress: 10.65.0.1, toPort: 8080}
      - {protocol: tcp, address: 203.0.113.80, port: 443, toAddress: 10.65.0.1, toPort: 8443}
    """

  /// A policy in flow style.
  static func policy(_ name: String, _ spec: String) -> String {
    "\n---\n{apiVersion: v1, kind: policy, metadata: {name: \(name)}, spec: {\(spec)}}"
  }
}
