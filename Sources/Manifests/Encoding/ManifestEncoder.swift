import Selector
package import Simulator

/// YAML documents that hold the resources, in order, as calicoctl takes them; a `Host` as `gatewalk/v1`.
///
/// Reading them again gives equal resources, apart from their locations.
package func encodeManifests(_ resources: [Resource]) -> String {
  resources.map(encodeManifest).joined(separator: "---\n")
}

/// One YAML document that holds the resource.
package func encodeManifest(_ resource: Resource) -> String {
  let isHost = resource.id.kind == .host
  let (metadata, spec) = parts(of: resource)
  var writer = YAMLWriter()
  writer.write(
    .fields([
      "apiVersion": .literal(isHost ? "gatewalk/v1" : "v1"),
      "kind": .literal(resource.id.kind.rawValue),
      "metadata": metadata,
      "spec": spec.unlessEmpty,
    ])
  )
  return String(decoding: writer.output, as: UTF8.self)
}

private func parts(of resource: Resource) -> (metadata: YAMLValue, spec: YAMLValue) {
  switch resource {
  case .policy(let policy): policy.yaml
  case .profile(let profile): profile.yaml
  case .hostEndpoint(let endpoint): endpoint.yaml
  case .workloadEndpoint(let endpoint): endpoint.yaml
  case .node(let node): node.yaml
  case .ipPool(let pool): pool.yaml
  case .bgpPeer(let peer): peer.yaml
  case .host(let host): host.yaml
  }
}

extension YAMLValue {
  static func described(_ value: some CustomStringConvertible) -> YAMLValue { .text(ByteString(value.description)) }

  static func number(_ value: some BinaryInteger) -> YAMLValue { .literal(String(value)) }

  /// `nil` for false, which is what an absent flag means.
  static func flag(_ value: Bool) -> YAMLValue? { value ? .literal("true") : nil }

  static func labels(_ labels: LabelSet) -> YAMLValue? {
    YAMLValue.mapping(labels.sorted.map { Entry(key: $0.key, value: .text($0.value)) }).unlessEmpty
  }

  static func names(_ names: [ByteString]) -> YAMLValue? { .shortList(names.map { .text($0) }) }
}
