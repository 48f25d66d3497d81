import Selector
import Simulator

/// One host with a web server's policy, a workload behind a NodePort, and a gateway's second interface.
enum SmallWorld {
  static func make() throws -> World {
    func at(_ line: Int) -> SourceLocation { SourceLocation(file: "world.yaml", line: line, column: 5) }
    let own = try address("10.0.0.1")
    return World([
      .host(
        Host(
          name: "my-host",
          interfaces: [
            .init(name: "eth0", addresses: [IPNetwork(address: own, prefixLength: 24)]),
            .init(name: "eth1", addresses: [IPNetwork(address: try address("10.1.0.1"), prefixLength: 24)]),
          ],
          routes: [.init(to: IPNetwork(address: try address("0.0.0.0"), prefixLength: 0), interface: "eth0")],
          dnat: [
            .init(protocol: .tcp, address: own, port: 30080, toAddress: try address("10.65.0.1"), toPort: 8080)
          ])),
      .hostEndpoint(
        HostEndpoint(
          node: "my-host", name: "eth0-hep", labels: ["role": "webserver"], interfaceName: "eth0", expectedIPs: [own])),
      .workloadEndpoint(
        WorkloadEndpoint(
          node: "my-host", orchestrator: "k8s", workload: "w1", name: "eth0", labels: ["app": "shop"],
          interfaceName: "cali1", ipNetworks: [IPNetwork(single: try address("10.65.0.1"))])),
      .policy(
        Policy(
          name: "webserver", selector: try Selector("role == 'webserver'"), order: 100,
          ingress: [
            Rule(
              .allow, protocol: ProtocolMatch(.tcp, isName: true),
              destination: EntityRule(ports: [PortRange(80)]), location: at(31))
          ],
          egress: [Rule(.allow, location: at(36))], location: at(24))),
      .policy(
        Policy(
          name: "shop", selector: try Selector("app == 'shop'"),
          ingress: [
            Rule(.log, protocol: ProtocolMatch(.tcp, isName: true), location: at(44)),
            Rule(
              .allow, protocol: ProtocolMatch(.tcp, isName: true), source: EntityRule(notNets: [IPNetwork(single: own)]),
              destination: EntityRule(ports: [PortRange(8080)]), location: at(45)),
          ], location: at(40))),
    ])
  }

  static func walker(_ semantics: Semantics = .documented) throws -> Walker {
    Walker(world: try make(), node: "my-host", semantics: semantics)
  }

  private struct NoAddress: Error {}

  private static func address(_ text: String) throws -> IPAddress {
    guard let address = IPAddress(text) else { throw NoAddress() }
    return address
  }
}
