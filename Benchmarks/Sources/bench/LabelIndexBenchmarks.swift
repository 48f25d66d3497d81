import Selector

/// The label index: 100,000 endpoints with 10 labels each and 1,000 selectors, of which an endpoint matches about 50.
enum LabelIndexBenchmarks {
  static func run() throws {
    let fleet = try Fleet(endpoints: 100_000, selectors: 1_000)
    let before = try residentMegabytes()
    var loaded = load(fleet, selectorsFirst: false)
    Measurement("index/memory", unit: "MB", aim: 300, [try residentMegabytes() - before]).report()
    report("index/load endpoints, then selectors", unit: .seconds, aim: 1, repeats: 5) {
      loaded = load(fleet, selectorsFirst: false)
    }
    report("index/load selectors, then endpoints", unit: .seconds, aim: 1, repeats: 5) {
      loaded = load(fleet, selectorsFirst: true)
    }
    let handles = fleet.selectors.map { loaded.add($0) }
    let matches = handles.reduce(0) { $0 + loaded.endpoints(of: $1).count }
    Measurement("index/matches per endpoint", unit: "matches", [Double(matches) / 100_000]).report()
    change(&loaded)
    report("index/endpoints of a selector", unit: .microseconds, operations: fleet.selectors.count) {
      for selector in fleet.selectors { consume(loaded.endpoints(matching: selector)) }
    }
  }

  private static func change(_ loaded: inout LabelIndex) {
    var random = SeededGenerator(seed: 9)
    let changes = (0..<2_000).map { _ in
      let id = random.below(100_000)
      return (id: id, labels: LabelSet(Fleet.labels(id, &random)))
    }
    var round = 0
    report("index/change all labels of an endpoint", unit: .microseconds, aim: 20, operations: changes.count) {
      round += 1
      for (place, change) in changes.enumerated() {
        let other = changes[(place + round) % changes.count]
        loaded.setEndpoint(change.id, labels: other.labels, profiles: [])
      }
    }
    report("index/change one label of an endpoint", unit: .microseconds, aim: 20, operations: changes.count) {
      round += 1
      for change in changes {
        var labels = change.labels
        labels["env"] = round % 2 == 0 ? "env-1" : "env-2"
        loaded.setEndpoint(change.id, labels: labels, profiles: [])
      }
    }
    report("index/copy and change one endpoint", unit: .microseconds, operations: 100) {
      for change in changes.prefix(100) {
        var copy = loaded
        copy.setEndpoint(change.id, labels: change.labels, profiles: [])
        consume(copy)
      }
    }
  }

  private static func load(_ fleet: Fleet, selectorsFirst: Bool) -> LabelIndex {
    var index = LabelIndex()
    if selectorsFirst { for selector in fleet.selectors { _ = index.add(selector) } }
    for (id, labels) in fleet.endpoints.enumerated() { index.setEndpoint(id, labels: labels, profiles: []) }
    if !selectorsFirst { for selector in fleet.selectors { _ = index.add(selector) } }
    return index
  }
}
