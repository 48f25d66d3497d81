import Selector
package import Simulator

/// YAML documents that hold the resources, in order, as calicoctl takes them; a `Host` as `gatewalk/v1`.
///
/// Reading them again gives equal resources, apart from their locations. What is disabled is not read again: it stands in
/// comments, each a line `# disabled: policy web` or `# disabled: ingress[1]` and below it the document or rule as it would
/// have been written, behind `# `.
package func encodeManifests(_ resources: [Resource]) -> String {
  var documents: [String] = []
  // calicoctl refuses a document of comments alone, so they go to the end of the document before, or to the first one's head.
  var head = ""
  for resource in resources {
    let text = encodeManifest(resource)
    if !resource.isDisabled {
      documents.append(text)
    } else if documents.isEmpty {
      head += text
    } else {
      documents[documents.count - 1] += text
    }
  }
  // An empty list is what calicoctl takes for no resources.
  if documents.isEmpty, !head.isEmpty { return head + "[]\n" }
  return head + documents.joined(separator: "---\n")
}

/// One YAML document that holds the resource, its disabled rules in comments at the end; of a disabled policy comments alone.
package func encodeManifest(_ resource: Resource) -> String {
  if case .policy(var policy) = resource, policy.isDisabled {
    policy.isDisabled = false
    return DisabledText.comment(of: policy.name, encodeManifest(.policy(policy)))
  }
  return yamlText(manifestYAML(resource)) + DisabledText.comments(on: resource)
}

/// The resource as a mapping, what is disabled in it left out.
func manifestYAML(_ resource: Resource) -> YAMLValue {
  let (metadata, spec) = parts(of: resource)
  return .fields([
    "apiVersion": .literal(resource.id.kind == .host ? "gatewalk/v1" : "v1"),
    "kind": .literal(resource.id.kind.rawValue),
    "metadata": metadata,
    "spec": spec.unlessEmpty,
  ])
}

/// The YAML list item of one rule, as it would stand in `ingress:`, its last line ended.
package func encodeRule(_ rule: Rule) -> String {
  yamlText(.list([rule.yaml]))
}

/// One rule on one line: `{action: allow, protocol: tcp}`, however long.
package func encodeRuleInline(_ rule: Rule) -> String { YAMLWriter.inline(rule.yaml) }

/// A value as the text of a document.
func yamlText(_ value: YAMLValue) -> String {
  var writer = YAMLWriter()
  writer.write(value)
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
