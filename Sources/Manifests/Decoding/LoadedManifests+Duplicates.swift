import Simulator

extension LoadedManifests {
  /// Of resources with one identity keeps the last, as applying them one after the other would, and warns at its place
  /// among the diagnostics.
  ///
  /// - Parameter files: the names of all inputs in the order in which they were read.
  /// - Complexity: O(*n* log *n*) in the resources and diagnostics.
  mutating func removeDuplicates(_ strictness: Strictness, files: [String]) {
    var latest: [ResourceID: Int] = [:]
    var gone: Set<Int> = []
    for (index, resource) in resources.enumerated() {
      let id = resource.id
      guard let earlier = latest.updateValue(index, forKey: id) else { continue }
      gone.insert(earlier)
      replaced.append(ReplacedResource(resources[earlier], by: resource))
      let problem = Problem.document(.duplicateIdentity(id, first: resources[earlier].location))
      let wording = problem.wording
      diagnostics.append(
        Diagnostic(
          problem.severity(strictness),
          id: wording.id,
          at: resource.location,
          wording.message,
          help: wording.help
        )
      )
    }
    guard !gone.isEmpty else { return }
    resources = resources.indices.filter { !gone.contains($0) }.map { resources[$0] }
    sortDiagnostics(files)
  }

  private mutating func sortDiagnostics(_ files: [String]) {
    let order = Dictionary(zip(files, files.indices)) { first, _ in first }
    func place(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
      guard let location = diagnostic.location else { return (-1, 0, 0) }
      return (order[location.file] ?? files.count, location.line, location.column)
    }
    diagnostics.sort { place($0) < place($1) }
  }
}
