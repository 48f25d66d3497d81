import Selector
import Simulator

extension HostEndpoint {
  var yaml: (metadata: YAMLValue, spec: YAMLValue) {
    (
      .fields(["name": .text(name), "node": .text(node), "labels": .labels(labels)]),
      .fields([
        "interfaceName": interfaceName.map { .text($0) },
        "expectedIPs": .shortList(expectedIPs.map { .described($0) }),
        "profiles": .names(profiles),
      ])
    )
  }
}

extension WorkloadEndpoint {
  var yaml: (metadata: YAMLValue, spec: YAMLValue) {
    (
      .fields([
        "name": .text(name),
        "workload": .text(workload),
        "orchestrator": .text(orchestrator),
        "node": .text(node),
        "activeInstanceID": activeInstanceID.map { .text($0) },
        "labels": .labels(labels),
      ]),
      .fields([
        "interfaceName": .text(interfaceName),
        "ipNetworks": .shortList(ipNetworks.map { .described($0) }),
        "ipNATs": YAMLValue.list(ipNATs.map(\.yaml)).unlessEmpty,
        "ipv4Gateway": ipv4Gateway.map { .described($0) },
        "ipv6Gateway": ipv6Gateway.map { .described($0) },
        "profiles": .names(profiles),
        "mac": mac.map { .text($0) },
      ])
    )
  }
}

extension WorkloadEndpoint.NAT {
  fileprivate var yaml: YAMLValue {
    .inline(.fields(["internalIP": .described(internalIP), "externalIP": .described(externalIP)]))
  }
}
