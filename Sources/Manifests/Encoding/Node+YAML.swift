import Selector
import Simulator

extension Node {
  var yaml: (metadata: YAMLValue, spec: YAMLValue) {
    (.fields(["name": .text(name)]), .fields(["bgp": bgp?.yaml]))
  }
}

extension Node.BGP {
  fileprivate var yaml: YAMLValue {
    .fields([
      "asNumber": asNumber.map { .number($0) },
      "ipv4Address": ipv4Address.map { .described($0) },
      "ipv6Address": ipv6Address.map { .described($0) },
    ])
  }
}

extension IPPool {
  var yaml: (metadata: YAMLValue, spec: YAMLValue) {
    (
      .fields(["cidr": .described(cidr)]),
      .fields(["ipip": ipip?.yaml, "nat-outgoing": .flag(natOutgoing), "disabled": .flag(disabled)])
    )
  }
}

extension IPPool.IPIP {
  fileprivate var yaml: YAMLValue {
    .fields(["enabled": .literal(String(enabled)), "mode": mode.map { .literal($0.rawValue) }])
  }
}

extension BGPPeer {
  var yaml: (metadata: YAMLValue, spec: YAMLValue) {
    (
      .fields([
        "scope": scope.map { .literal($0.rawValue) }, "node": node.map { .text($0) }, "peerIP": .described(peerIP),
      ]),
      .fields(["asNumber": .number(asNumber)])
    )
  }
}
