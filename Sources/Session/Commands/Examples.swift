import Reports
import Selector
import Simulator

extension Session {
  /// A flow that can be judged in this world: from outside to port 80 of a host, best of one with a host endpoint.
  var exampleFlow: String? {
    let governed = Set(now.world.endpoints.lazy.filter(\.isHost).map(\.node))
    let nodes = now.world.nodes.prefix(200)
    for node in nodes.filter(governed.contains) + nodes.filter({ !governed.contains($0) }) {
      let topology = Topology(of: node, in: now.world, semantics: semantics)
      for interface in topology.interfaces where !interface.isWorkload {
        guard let address = interface.addresses.first?.address, interface.name != "lo" else { continue }
        let (other, end) =
          address.family == .v4 ? ("203.0.113.9", "\(address):80") : ("2001:db8::9", "[\(address)]:80")
        let name = Style.visible(interface.name.text)
        return "tcp \(other) -> \(end) in \(name)" + (now.world.defaultNode == node ? "" : " on \(node)")
      }
    }
    return nil
  }

  var exampleApply: String? {
    """
    apply
    apiVersion: v1
    kind: policy
    metadata: {name: example}
    spec:
      selector: has(role)
      order: 500
      ingress:
      - {action: allow, protocol: tcp, destination: {ports: [443]}}

    """
  }

  var exampleAdd: String? {
    """
    add
    apiVersion: v1
    kind: profile
    metadata: {name: example}

    """
  }
}
