import Manifests
import Selector
import Simulator

extension LintRule {
  static let invalidResource = LintRule(
    id: "GW001", name: "invalid-resource", severity: .error,
    summary: "invalid resource: it is left out, as if it were not there",
    claims: ["S45", "S46", "D12"],
    basis: "a resource with invalid data is ignored, with an error in the log that names the cause",
    explanation: """
      What cannot be read, or is not what calicoctl and Felix accept, is left out as a whole: a policy that is left out denies
      nothing and allows nothing, an interface whose host endpoint is left out is not policed at all. Everything else is looked
      at without it. What is accepted and yet unlikely to be meant is a warning.

      ```yaml
      apiVersion: v1
      kind: policy
      metadata: {name: web}
      spec:
        selector: role = "web"        # error: the operator is ==
      ```

      Mend what the message names; `gatewalk validate` says the same.
      """
  ) { context in
    let owners = ResourcePlaces(context)
    let ofWorld = context.world.warnings() + context.topologies.flatMap(\.warnings)
    return (context.diagnostics + ofWorld).filter { !DiagnosticOwner.isElsewhere($0) }.map { diagnostic in
      Finding(
        "GW001", diagnostic.severity == .error ? .error : .warning, at: diagnostic.location, length: diagnostic.length,
        diagnostic.message, help: diagnostic.help, subject: diagnostic.location.flatMap(owners.resource).map { Subject($0) })
    }
  }
}

/// Which resource stands at a place: the last that begins at or before it in its file.
private struct ResourcePlaces {
  private var places: [(location: SourceLocation, id: ResourceID?)] = []

  init(_ context: LintContext) {
    places = context.resources.compactMap { resource in resource.location.map { ($0, resource.id) } }
    places += context.rejected.map { rejected in
      guard let kind = rejected.kind, let name = rejected.name else { return (rejected.location, nil) }
      return (rejected.location, ResourceID(kind, name))
    }
    places.sort { $0.location < $1.location }
  }

  /// `nil` if nothing begins before the place, or if it could not be said what does.
  func resource(at location: SourceLocation) -> ResourceID? {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if location < places[middle].location { high = middle } else { low = middle + 1 }
    }
    guard low > 0, places[low - 1].location.file == location.file else { return nil }
    return places[low - 1].id
  }
}
