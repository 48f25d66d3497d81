/// One representation of sets at work on one list of rules.
struct SetComparison<Algebra: SetAlgebra> {
  private let label: String
  private let rules: [SampleRule]
  private var algebra: Algebra
  private var made: [Algebra.Packets] = []

  init(_ label: String, _ rules: [SampleRule], _ algebra: Algebra) {
    self.label = "\(label), \(Algebra.name)"
    self.rules = rules
    self.algebra = algebra
  }

  mutating func run() {
    time("make") { work in work.made = work.rules.map { work.algebra.make($0) } }
    count("covered rules", time("cover") { $0.countCovered() })
    let all = time("union") { work in work.made.reduce(work.algebra.nothing) { work.algebra.union($0, $1) } }
    count("size of the union", algebra.size(all))
    let rest = time("difference") { work in
      let everything = work.algebra.everything
      return work.made.reduce(everything) { work.algebra.subtract($0, $1) }
    }
    count("size of the rest", algebra.size(rest))
    let gate = time("gate") { $0.allowed(swapping: nil) }
    count("size of the gate", algebra.size(gate))
    let other = allowed(swapping: rules.count / 2)
    count(
      "differences",
      time("compare") { work in
        [(gate, other), (other, gate)].count { !work.algebra.isEmpty(work.algebra.subtract($0.0, $0.1)) }
      })
  }

  /// Each rule against all before it.
  private mutating func countCovered() -> Int {
    made.indices.count { index in
      var rest = made[index]
      for earlier in made[..<index] where !algebra.isEmpty(rest) { rest = algebra.subtract(rest, earlier) }
      return algebra.isEmpty(rest)
    }
  }

  /// What a gate allows of rules that allow and deny by turns, the last first; a rule may change places with the one before it.
  private mutating func allowed(swapping place: Int?) -> Algebra.Packets {
    var order = Array(made.indices)
    if let place { order.swapAt(place, place - 1) }
    var packets = algebra.nothing
    for index in order.reversed() {
      packets = index % 2 == 0 ? algebra.union(packets, made[index]) : algebra.subtract(packets, made[index])
    }
    return packets
  }

  @discardableResult
  private mutating func time<Result>(_ what: String, _ work: (inout Self) -> Result) -> Result {
    var result: Result?
    let spent = Elapsed.of { result = work(&self) }.cpu / 1e6
    Measurement("sets/\(what), \(label)", unit: "ms", [spent]).report()
    guard let result else { preconditionFailure("the work has been done") }
    return result
  }

  private func count(_ what: String, _ number: Int) {
    Measurement("sets/\(what), \(label)", unit: "count", [Double(number)]).report()
  }
}
