import Selector
import Simulator

extension Policy {
  var yaml: (metadata: YAMLValue, spec: YAMLValue) {
    (
      .fields(["name": .text(name), "annotations": .labels(annotations)]),
      .fields([
        "order": order.map(Self.number),
        "selector": .text(selector.text.isEmpty ? "all()" : selector.text),
        "doNotTrack": .flag(doNotTrack),
        "preDNAT": .flag(preDNAT),
        "ingress": Rule.yaml(ingress),
        "egress": Rule.yaml(egress),
      ])
    )
  }

  /// `10` rather than `10.0`.
  private static func number(_ value: Double) -> YAMLValue {
    if let whole = Int64(exactly: value) { return .number(whole) }
    return .literal(value.description)
  }
}

extension Profile {
  var yaml: (metadata: YAMLValue, spec: YAMLValue) {
    (
      .fields(["name": .text(name), "tags": .names(tags), "labels": .labels(labels)]),
      .fields([
        "ingress": Rule.yaml(ingress),
        "egress": Rule.yaml(egress),
      ])
    )
  }
}

extension Rule {
  /// The rules that are not disabled; `nil` for none.
  fileprivate static func yaml(_ rules: [Rule]) -> YAMLValue? {
    YAMLValue.list(rules.filter { !$0.isDisabled }.map(\.yaml)).unlessEmpty
  }

  var yaml: YAMLValue {
    .fields([
      "action": .literal(action.rawValue),
      "ipVersion": ipVersion.map { .number($0.rawValue) },
      "protocol": self.protocol?.yaml,
      "notProtocol": notProtocol?.yaml,
      "icmp": icmp?.yaml,
      "notICMP": notICMP?.yaml,
      "source": source.yaml.unlessEmpty,
      "destination": destination.yaml.unlessEmpty,
    ])
  }
}

extension ProtocolMatch {
  fileprivate var yaml: YAMLValue { .literal(description) }
}

extension ICMPMatch {
  fileprivate var yaml: YAMLValue {
    .inline(.fields(["type": type.map { .number($0) }, "code": code.map { .number($0) }]))
  }
}

extension EntityRule {
  fileprivate var yaml: YAMLValue {
    .fields([
      "tag": tag.map { .text($0) },
      "nets": .shortList(nets.map { .described($0) }),
      "selector": selector.map { .text($0.text.isEmpty ? "all()" : $0.text) },
      "ports": .shortList(ports.map(\.yaml)),
      "notTag": notTag.map { .text($0) },
      "notNets": .shortList(notNets.map { .described($0) }),
      "notSelector": notSelector.map { .text($0.text.isEmpty ? "all()" : $0.text) },
      "notPorts": .shortList(notPorts.map(\.yaml)),
    ])
  }
}

extension PortRange {
  fileprivate var yaml: YAMLValue { lower == upper ? .number(lower) : .described(self) }
}
