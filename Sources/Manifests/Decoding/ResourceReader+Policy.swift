import Selector
import Simulator

private enum PolicyMetadataField: String, FieldName {
  case name, annotations
  static let place = Place.policyMetadata
}

private enum PolicySpecField: String, FieldName {
  case order, selector, ingress, egress, doNotTrack, preDNAT
  static let place = Place.policySpec
}

private enum ProfileMetadataField: String, FieldName {
  case name, tags, labels
  static let place = Place.profileMetadata
}

private enum ProfileSpecField: String, FieldName {
  case ingress, egress
  static let place = Place.profileSpec
}

extension ResourceReader {
  /// A policy (MANIFESTS section A.1).
  mutating func policy(_ parts: ResourceParts) -> Policy? {
    var policy = Policy(name: "", selector: .all, location: location(parts.node))
    if let metadata = fields(parts.metadata, PolicyMetadataField.self) {
      policy.name = identifier(.name, of: metadata, .namespacedName, parts)
      policy.annotations = textMap(metadata[.annotations], what: "annotations") { _, _, _, _ in }
    }
    guard let spec = fields(parts.spec, PolicySpecField.self) else { return policy }
    if let id = spec[.order] { policy.order = double(id) }
    if let selector = selector(spec[.selector]) { policy.selector = selector }
    if let id = spec[.doNotTrack] { policy.doNotTrack = bool(id) ?? false }
    if let id = spec[.preDNAT] { policy.preDNAT = bool(id) ?? false }
    policy.ingress = list(spec[.ingress], of: "rules") { $0.rule($1, ofProfile: false) }
    policy.egress = list(spec[.egress], of: "rules") { $0.rule($1, ofProfile: false) }
    if policy.preDNAT, policy.doNotTrack {
      note(.rule(.bothPreDNATAndUntracked), at: spec.key(.preDNAT) ?? parts.node)
    }
    if policy.preDNAT, let egress = spec[.egress], !document.children(egress).isEmpty {
      note(.rule(.preDNATWithEgress), at: spec.key(.egress) ?? egress)
    }
    return policy
  }

  /// A profile (MANIFESTS section A.3).
  mutating func profile(_ parts: ResourceParts) -> Profile? {
    var profile = Profile(name: "", location: location(parts.node))
    if let metadata = fields(parts.metadata, ProfileMetadataField.self) {
      profile.name = identifier(.name, of: metadata, .namespacedName, parts)
      profile.tags = names(metadata[.tags], .name, what: "tag")
      profile.labels = labels(metadata[.labels])
    }
    guard let spec = fields(parts.spec, ProfileSpecField.self) else { return profile }
    profile.ingress = list(spec[.ingress], of: "rules") { $0.rule($1, ofProfile: true) }
    profile.egress = list(spec[.egress], of: "rules") { $0.rule($1, ofProfile: true) }
    return profile
  }
}
