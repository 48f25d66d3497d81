import Selector

extension FlowResolver {
  /// The node that the sender of a flow is on, if the text leaves no doubt: a workload that it is said to come from, an
  /// endpoint that is its source, or a workload that has its source address.
  ///
  /// - Complexity: a look-up by name; for an address or an interface name one pass over the endpoints.
  static func senderNode(of text: FlowText, in world: World) -> ByteString? {
    let candidates: [Int]
    switch text.entry {
    case .workload(let word): candidates = workloads(calledOrBehind: ByteString(word.text), in: world)
    case .interface(let word):
      // A packet that comes in from elsewhere says nothing of where its sender is; one that a workload sends does.
      let interface = ByteString(word.text)
      candidates = senders(text.source.host.text, in: world).filter { index in
        !world.endpoints[index].isHost && world.endpoints[index].interfaceName == interface
      }
    case .host, nil: candidates = senders(text.source.host.text, in: world)
    }
    let nodes = Set(candidates.map { world.endpoints[$0].node })
    return nodes.count == 1 ? nodes.first : nil
  }

  /// Endpoints that a source may be: by name, or workloads by their address.
  private static func senders(_ source: String, in world: World) -> [Int] {
    guard let address = IPAddress(source) else { return indices(ByteString(source), in: world) }
    return world.endpoints.indices.filter { index in
      !world.endpoints[index].isHost && world.endpoints[index].addresses.contains(address)
    }
  }

  private static func workloads(calledOrBehind name: ByteString, in world: World) -> [Int] {
    let named = indices(name, in: world).filter { !world.endpoints[$0].isHost }
    guard named.isEmpty else { return named }
    return world.endpoints.indices.filter { !world.endpoints[$0].isHost && world.endpoints[$0].interfaceName == name }
  }
}
