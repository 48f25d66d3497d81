import Selector
import Simulator

extension Host {
  var yaml: (metadata: YAMLValue, spec: YAMLValue) {
    (
      .fields(["name": .text(name)]),
      .fields([
        "interfaces": YAMLValue.list(interfaces.map(\.yaml)).unlessEmpty,
        // No routes and none listed are two things.
        "routes": routes.map { .list($0.map(\.yaml)) },
        "dnat": YAMLValue.list(dnat.map(\.yaml)).unlessEmpty,
        "felix": felix.yaml.unlessEmpty,
      ])
    )
  }
}

extension Host.Interface {
  fileprivate var yaml: YAMLValue {
    .inline(.fields(["name": .text(name), "addresses": .shortList(addresses.map { .described($0) })]))
  }
}

extension Host.Route {
  fileprivate var yaml: YAMLValue {
    .inline(.fields(["to": .described(to), "interface": .text(interface)]))
  }
}

extension Host.DNAT {
  fileprivate var yaml: YAMLValue {
    .inline(
      .fields([
        "protocol": self.protocol.map { .literal($0.description) },
        "address": .described(address),
        "port": port.map { .number($0) },
        "toAddress": .described(toAddress),
        "toPort": toPort.map { .number($0) },
      ])
    )
  }
}

extension Host.FelixConfiguration {
  fileprivate var yaml: YAMLValue {
    .fields([
      "interfacePrefix": interfacePrefixes.map(Self.prefixes),
      "defaultEndpointToHostAction": defaultEndpointToHostAction.map { .literal($0.rawValue) },
      "failsafeInboundHostPorts": failsafeInbound.map(Self.ports),
      "failsafeOutboundHostPorts": failsafeOutbound.map(Self.ports),
    ])
  }

  private static func prefixes(_ prefixes: [ByteString]) -> YAMLValue {
    prefixes.count == 1 ? .text(prefixes[0]) : .inline(.list(prefixes.map { .text($0) }))
  }

  /// An empty list says that there are no failsafes, and is written.
  private static func ports(_ ports: [Host.FailsafePort]) -> YAMLValue {
    .list(
      ports.map { .inline(.fields(["protocol": .literal($0.protocol.description), "port": .number($0.port)])) }
    )
  }
}
