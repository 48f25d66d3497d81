package import Selector
package import Simulator

/// How kind the reading is.
package enum Strictness: String, Hashable, Sendable, CaseIterable {
  /// Takes what calicoctl 1.4.0 takes, and a few things besides that have one plain meaning, each with a warning.
  case lenient
  /// Takes exactly what calicoctl 1.4.0 takes (and Gatewalk's own `Host` documents).
  case strict
}

/// A resource that was left out because something in it is wrong.
package struct RejectedResource: Hashable, Sendable {
  /// `nil` where the kind is missing or none that Gatewalk reads.
  package var kind: ResourceKind?
  /// The identity as in `ResourceID.name`, as far as it could be read; `nil` where nothing of it could.
  package var name: ByteString?
  package var location: SourceLocation

  package init(kind: ResourceKind?, name: ByteString?, location: SourceLocation) {
    self.kind = kind
    self.name = name
    self.location = location
  }
}

/// What was read from manifests.
package struct LoadedManifests: Sendable {
  /// The valid resources in input order. Where two have one identity, only the later is here.
  package var resources: [Resource]
  /// What was left out. Nothing of a rejected resource is in `resources`.
  package var rejected: [RejectedResource]
  /// Everything that is wrong or doubtful, in input order.
  package var diagnostics: [Diagnostic]
  /// The texts that were read, for excerpts; a `Diagnostic` names one by `SourceLocation.file`.
  package var sources: [SourceText]

  package init(
    resources: [Resource] = [],
    rejected: [RejectedResource] = [],
    diagnostics: [Diagnostic] = [],
    sources: [SourceText] = []
  ) {
    self.resources = resources
    self.rejected = rejected
    self.diagnostics = diagnostics
    self.sources = sources
  }

  package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
