import Selector
import Simulator

/// Turns one YAML document into resources and scenarios: a mapping, a list kind, or a sequence of these.
struct DocumentDecoder {
  private static let version = "v1"
  /// The version of Gatewalk's own kinds.
  private static let ownVersion = "gatewalk/v1"
  private static let ownKinds: [String: Header] = [ResourceKind.host.rawValue: .resource(.host)]
  /// Lists within lists, which no dump nests.
  private static let listLimit = 16

  var reader: ResourceReader
  var resources: [Resource] = []
  var scenarios: [Scenario] = []
  var rejected: [RejectedResource] = []
  /// Is what is read now part of a scenario, where no other can stand?
  var isInScenario = false
  private var listDepth = 0

  init(_ reader: ResourceReader) {
    self.reader = reader
  }

  /// Reads the whole document. What is wrong is in `reader.problems` afterwards.
  ///
  /// - Parameter range: the document's bytes, to speak of where it holds nothing.
  mutating func decode(_ range: Range<Int>) {
    guard let root = reader.document.root, !reader.isNull(root) else {
      reader.note(.document(.emptyDocument), at: range.lowerBound..<range.lowerBound)
      return
    }
    switch reader.document.node(root).kind {
    case .mapping:
      reader.coercesScalars = true
      decode(root, inList: nil)
    case .sequence:
      for item in reader.document.children(root) {
        reader.coercesScalars = false
        decode(item, inList: nil)
      }
    case .scalar, .alias:
      reader.note(.document(.documentIsNotAResource(found: reader.describe(root))), at: root)
      reject(root, kind: nil)
    }
  }

  /// Reads one mapping, a resource or a list of them.
  ///
  /// - Parameter kind: the kind that the list around it settles; `nil` if the mapping has to say.
  mutating func decode(_ node: YAMLDocument.NodeID, inList kind: ResourceKind?) {
    guard reader.document.node(node).kind == .mapping else {
      reader.note(.document(.documentIsNotAResource(found: reader.describe(node))), at: node)
      return reject(node, kind: kind)
    }
    if let kind { return decodeResource(node, kind) }
    let before = reader.errorCount
    switch header(node) {
    case .resource(let kind): decodeResource(node, kind)
    case .scenario: decodeScenario(node)
    case .list(let kind): decodeList(node, of: kind)
    case .kubernetesList: decodeKubernetesList(node)
    case nil:
      if reader.errorCount > before { reject(node, kind: nil) }
    }
  }

  // MARK: What it is

  private enum Header {
    case resource(ResourceKind), scenario, list(ResourceKind), kubernetesList
  }

  private mutating func header(_ node: YAMLDocument.NodeID) -> Header? {
    let kindNode = reader.peek("kind", in: node)
    if kindNode == nil, reader.peek("scenario", in: node) != nil { return scenarioHeader(node) }
    let versionNode = reader.peek("apiVersion", in: node)
    let before = reader.errorCount
    let kind = kindNode.flatMap { reader.text($0, expected: "the name of a kind") }?.shown ?? ""
    let version = versionNode.flatMap { reader.text($0, expected: "an API version") }?.shown ?? ""
    guard reader.errorCount == before else { return nil }
    if let known = Self.known(kind: kind, version: version) {
      guard case .kubernetesList = known else { return known }
      return kubernetesList(node, kindNode ?? node)
    }
    let problem = Self.problem(kind: kind, version: version)
    if case .document(.unknownVersion) = problem {
      reader.note(problem, at: versionNode ?? node)
    } else {
      reader.note(problem, at: kindNode ?? node)
    }
    return nil
  }

  private static func known(kind: String, version: String) -> Header? {
    if version == ownVersion { return ownKinds[kind] }
    guard version == Self.version else { return nil }
    if kind == "List" { return .kubernetesList }
    if let known = ResourceKind(rawValue: kind), known != .host { return .resource(known) }
    guard kind.hasSuffix("List"), let known = ResourceKind(rawValue: String(kind.dropLast(4))), known != .host else {
      return nil
    }
    return .list(known)
  }

  private static func problem(kind: String, version: String) -> Problem {
    if let foreign = ForeignKind(kind: kind, apiVersion: version) {
      return .document(.foreignKind(kind, apiVersion: version, foreign))
    }
    if kind.isEmpty { return .document(.kindMissing) }
    let expected = ownKinds[kind] != nil ? ownVersion : Self.version
    if known(kind: kind, version: expected) != nil {
      return version.isEmpty
        ? .document(.apiVersionMissing(expected: expected))
        : .document(.unknownVersion(kind: kind, apiVersion: version, expected: expected))
    }
    return .document(
      .unknownKind(kind, apiVersion: version, suggestion: closestName(to: kind, among: kindNames))
    )
  }

  private static let kindNames =
    ResourceKind.allCases.flatMap { kind in
      kind == .host ? [kind.rawValue] : [kind.rawValue, kind.rawValue + "List"]
    }

  private mutating func scenarioHeader(_ node: YAMLDocument.NodeID) -> Header? {
    guard isInScenario else { return .scenario }
    reader.note(.scenario(.nested), at: node)
    return nil
  }

  // MARK: Lists

  private mutating func decodeList(_ node: YAMLDocument.NodeID, of kind: ResourceKind) {
    let before = reader.errorCount
    guard let fields = reader.fields(node, ListField.self) else { return reject(node, kind: kind) }
    if let metadata = fields[.metadata] { _ = reader.fields(metadata, ListMetadataField.self) }
    let items = fields[.items].flatMap { reader.list($0, of: "resources") } ?? []
    // What is wrong with the list itself speaks against all that is in it: calicoctl would take none.
    let isSound = reader.errorCount == before
    let kept = resources.count
    for item in items { decode(item, inList: kind) }
    if !isSound { rejectResources(from: kept, orList: node, kind) }
  }

  /// What `kubectl get -o yaml` prints. Its items say themselves what they are.
  private mutating func decodeKubernetesList(_ node: YAMLDocument.NodeID) {
    guard listDepth < Self.listLimit else {
      reader.note(.document(.yaml(.nestedTooDeep(limit: Self.listLimit))), at: node)
      return reject(node, kind: nil)
    }
    listDepth += 1
    defer { listDepth -= 1 }
    guard let id = reader.peek("items", in: node), let items = reader.list(id, of: "resources") else { return }
    for item in items { decode(item, inList: nil) }
  }

  private mutating func kubernetesList(_ node: YAMLDocument.NodeID, _ kindNode: YAMLDocument.NodeID) -> Header? {
    let before = reader.errorCount
    reader.note(.document(.kubernetesList), at: kindNode)
    return reader.errorCount == before ? .kubernetesList : nil
  }

  private mutating func rejectResources(from index: Int, orList node: YAMLDocument.NodeID, _ kind: ResourceKind) {
    for resource in resources[index...] {
      rejected.append(
        RejectedResource(
          kind: resource.id.kind,
          name: resource.id.name,
          location: resource.location ?? reader.location(node)
        )
      )
    }
    if resources.count == index { reject(node, kind: kind) }
    resources.removeSubrange(index...)
  }

  // MARK: Resources

  private mutating func decodeResource(_ node: YAMLDocument.NodeID, _ kind: ResourceKind) {
    let coerces = reader.coercesScalars
    if kind == .host { reader.coercesScalars = true }
    defer { reader.coercesScalars = coerces }
    let before = reader.errorCount
    guard let parts = parts(node) else { return reject(node, kind: kind) }
    let resource = read(parts, kind)
    if let resource, reader.errorCount == before {
      resources.append(resource)
    } else {
      reject(node, kind: kind, name: resource?.id.name)
    }
  }

  private mutating func parts(_ node: YAMLDocument.NodeID) -> ResourceParts? {
    guard let fields = reader.fields(node, ResourceField.self) else { return nil }
    for field in [ResourceField.kind, .apiVersion] {
      // In a list nobody asks what they say, but text they must be.
      if let id = fields[field] { _ = reader.text(id) }
    }
    return ResourceParts(node: node, fields)
  }

  private mutating func read(_ parts: ResourceParts, _ kind: ResourceKind) -> Resource? {
    switch kind {
    case .policy: reader.policy(parts).map(Resource.policy)
    case .profile: reader.profile(parts).map(Resource.profile)
    case .hostEndpoint: reader.hostEndpoint(parts).map(Resource.hostEndpoint)
    case .workloadEndpoint: reader.workloadEndpoint(parts).map(Resource.workloadEndpoint)
    case .node: reader.node(parts).map(Resource.node)
    case .ipPool: reader.ipPool(parts).map(Resource.ipPool)
    case .bgpPeer: reader.bgpPeer(parts).map(Resource.bgpPeer)
    case .host: reader.host(parts).map(Resource.host)
    }
  }

  private mutating func reject(_ node: YAMLDocument.NodeID, kind: ResourceKind?, name: ByteString? = nil) {
    rejected.append(RejectedResource(kind: kind, name: name, location: reader.location(node)))
  }
}

/// A list's metadata holds nothing.
private enum ListMetadataField: FieldName {
  static let place = Place.listMetadata

  init?(rawValue: String) { nil }

  var rawValue: String {
    switch self {}
  }
}
