/// The fields that every resource has.
enum ResourceField: String, FieldName {
  case apiVersion, kind, metadata, spec
  static let place = Place.resource
}

/// The fields of a list of resources.
enum ListField: String, FieldName {
  case apiVersion, kind, metadata, items
  static let place = Place.list
}

/// What every resource is made of; `metadata` and `spec` may be missing.
struct ResourceParts {
  /// The resource as a whole.
  var node: YAMLDocument.NodeID
  var metadataKey: YAMLDocument.NodeID?
  var metadata: YAMLDocument.NodeID?
  var specKey: YAMLDocument.NodeID?
  var spec: YAMLDocument.NodeID?

  init(node: YAMLDocument.NodeID, _ fields: Fields<ResourceField>) {
    self.node = node
    metadataKey = fields.key(.metadata)
    metadata = fields[.metadata]
    specKey = fields.key(.spec)
    spec = fields[.spec]
  }
}
