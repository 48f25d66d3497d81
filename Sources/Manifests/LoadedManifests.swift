package import Selector
package import Simulator

/// How kind the reading is.
package enum Strictness: String, Hashable, Sendable, CaseIterable {
  /// Takes what calicoctl 1.4.0 takes, and a few things besides that have one plain meaning, each with a warning.
  case lenient
  /// Takes exactly what calicoctl 1.4.0 takes (and Gatewalk's own `Host` documents and scenarios).
  case strict
}

/// A resource, or a scenario, that was left out because something in it is wrong.
package struct RejectedResource: Hashable, Sendable {
  /// `nil` where the kind is missing or none that Gatewalk reads.
  package var kind: ResourceKind?
  /// The identity as in `ResourceID.name`, as far as it could be read; `nil` where nothing of it could.
  package var name: ByteString?
  package var location: SourceLocation
  /// A scenario is no resource and has no `kind` here.
  package var isScenario: Bool

  package init(kind: ResourceKind?, name: ByteString?, location: SourceLocation, isScenario: Bool = false) {
    self.kind = kind
    self.name = name
    self.location = location
    self.isScenario = isScenario
  }
}

/// A field of a rule that has a successor, where it is in use. It means what it always did, so it is no `Diagnostic`.
package struct DeprecatedField: Hashable, Sendable {
  package enum Name: String, Hashable, Sendable, CaseIterable {
    case net, notNet, tag, notTag
  }

  package enum End: String, Hashable, Sendable {
    case source, destination
  }

  package var name: Name
  package var end: End
  /// Where its rule begins, as in `Rule.location`.
  package var rule: SourceLocation
  /// Its key.
  package var location: SourceLocation
  /// Bytes of the key.
  package var length: Int

  package init(_ name: Name, of end: End, inRuleAt rule: SourceLocation, at location: SourceLocation, length: Int) {
    self.name = name
    self.end = end
    self.rule = rule
    self.location = location
    self.length = length
  }
}

/// A resource that counts no more, since a later one has its identity.
package struct ReplacedResource: Hashable, Sendable {
  package var before: Resource
  package var after: Resource

  package init(_ before: Resource, by after: Resource) {
    self.before = before
    self.after = after
  }
}

/// What was read from manifests.
package struct LoadedManifests: Sendable {
  /// The valid resources in input order. Where two have one identity, only the later is here.
  package var resources: [Resource]
  /// The valid scenarios in input order. They may share a name.
  package var scenarios: [Scenario]
  /// What was left out. Nothing of a rejected resource is in `resources`.
  package var rejected: [RejectedResource]
  /// Everything that is wrong or doubtful, in input order.
  package var diagnostics: [Diagnostic]
  /// The deprecated fields in use, rule by rule in input order, also those of resources that were left out or replaced.
  package var deprecatedFields: [DeprecatedField]
  /// What was replaced by a later resource, in the order of those.
  package var replaced: [ReplacedResource]
  /// The texts that were read, for excerpts; a `Diagnostic` names one by `SourceLocation.file`.
  package var sources: [SourceText]

  package init(
    resources: [Resource] = [],
    scenarios: [Scenario] = [],
    rejected: [RejectedResource] = [],
    diagnostics: [Diagnostic] = [],
    deprecatedFields: [DeprecatedField] = [],
    replaced: [ReplacedResource] = [],
    sources: [SourceText] = []
  ) {
    self.resources = resources
    self.scenarios = scenarios
    self.rejected = rejected
    self.diagnostics = diagnostics
    self.deprecatedFields = deprecatedFields
    self.replaced = replaced
    self.sources = sources
  }

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
