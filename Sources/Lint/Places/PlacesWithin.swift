import Simulator

/// Where exactly a resource or a rule has what reading the manifests complained of.
struct PlacesWithin {
  private let starts: [SourceLocation]
  private let places: [(place: SourceLocation, length: Int)]

  /// - Parameter id: the kind of diagnostic that is looked for.
  init(_ id: String, in context: LintContext) {
    places = context.diagnostics.compactMap { note in
      note.id == id ? note.location.map { (place: $0, length: note.length) } : nil
    }.sorted { $0.place < $1.place }
    let rules = places.isEmpty ? [] : context.world.placedRules.compactMap(\.rule.location)
    let resources = places.isEmpty ? [] : context.resources.compactMap(\.location)
    starts = (rules + resources).sorted()
  }

  /// The first such place within what begins at `start`: before the next rule or resource begins. `start` itself, as a point,
  /// where none is known.
  ///
  /// - Complexity: O(log *n*).
  func first(within start: SourceLocation?) -> (place: SourceLocation?, length: Int) {
    guard let start else { return (nil, 1) }
    let index = places.partitionIndex { $0.place < start }
    guard index < places.count, places[index].place.file == start.file else { return (start, 1) }
    let next = starts.partitionIndex { $0 <= start }
    if next < starts.count, starts[next] <= places[index].place { return (start, 1) }
    return places[index]
  }
}

extension Array {
  /// The first place from which on a test fails, where it holds for all before and for none after.
  func partitionIndex(_ isBefore: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
