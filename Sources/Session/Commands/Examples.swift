import Selector
import Simulator

extension Session {
  /// A flow that can be judged in this world: to a host endpoint's port 80 from outside, or between what there is.
  var exampleFlow: String? {
    let world = now.world
    let isOnly = world.defaultNode != nil
    for endpoint in world.endpoints.sorted(by: { ($0.isHost ? 0 : 1, $0.name) < ($1.isHost ? 0 : 1, $1.name) }) {
      guard let address = endpoint.addresses.first, let interface = endpoint.interfaceName, endpoint.isHost else { continue }
      let other = address.family == .v4 ? "203.0.113.9" : "2001:db8::9"
      let end = address.family == .v4 ? "\(address):80" : "[\(address)]:80"
      return "tcp \(other) -> \(end) in \(interface)" + (isOnly ? "" : " on \(endpoint.node)")
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
