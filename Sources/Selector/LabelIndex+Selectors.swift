extension LabelIndex {
  /// The endpoints that match a selector, found by set algebra.
  ///
  /// - Complexity: O(*t* *n* / 64) at most, *t* terms and *n* the highest endpoint id.
  package func endpoints(matching selector: Selector) -> Bitset {
    endpoints(passing: LabelProgram(selector.expression, symbols)).bitset
  }

  /// Keeps a selector's answer from now on; the handle to ask for it. Adding an equal selector (by canonical form) again gives
  /// the same handle, which then has to be removed as often.
  package mutating func add(_ selector: Selector) -> Int {
    if let handle = kept.retain(selector) { return handle }
    let program = symbols.compile(selector)
    growPostings()
    let matching = endpoints(passing: program).bitset
    let matchesNoLabels = program.matches(LabelTable([]), in: symbols)
    let guardLabels = cheapestGuard(program)
    let handle = kept.insert(selector, program, guardLabels, matching, matchesNoLabels: matchesNoLabels)
    watch(program, guardLabels) { $0.append(handle) }
    return handle
  }

  /// Gives back one `add`; with the last one the selector is forgotten and its handle may be given out anew.
  package mutating func remove(selector handle: Int) {
    guard let (program, guardLabels) = kept.release(handle) else { return }
    watch(program, guardLabels) { watchers in
      guard let index = watchers.firstIndex(of: handle) else { return }
      watchers.remove(at: index)
    }
  }

  /// The endpoints that match a kept selector.
  ///
  /// - Complexity: O(1).
  package func endpoints(of handle: Int) -> Bitset {
    kept.endpoints(of: handle)
  }

  /// Of the sets of labels that a match cannot do without, the one that leads to the selector most seldom: most endpoints
  /// then never have to look at it. `nil` if there is none.
  private func cheapestGuard(_ program: LabelProgram) -> [UInt32]? {
    func cost(_ guardLabels: [UInt32]) -> Int {
      guardLabels.reduce(0) { $0 + labels[Int($1)].guarded.count + labels[Int($1)].endpoints.count }
    }
    return program.necessaryLabels.map { (labels: $0, cost: cost($0)) }.min { $0.cost < $1.cost }?.labels
  }

  /// Edits, once each, the lists that a program belongs in: those of its guard if it has one, else of all that it tests.
  private mutating func watch(
    _ program: LabelProgram,
    _ guardLabels: [UInt32]?,
    _ edit: (inout [Int]) -> Void
  ) {
    if let guardLabels {
      for label in guardLabels { edit(&labels[Int(label)].guarded) }
      return
    }
    for key in Set(program.steps.filter { $0.test == .present }.map(\.key)) {
      edit(&keys[Int(key)].presenceWatchers)
    }
    for key in Set(program.steps.filter(\.looksIntoValues).map(\.key)) {
      edit(&keys[Int(key)].valueWatchers)
    }
    let compared = program.steps.filter { $0.test == .equal }.map(\.operand)
    for label in Set(compared).union(program.members) {
      edit(&labels[Int(label)].watchers)
    }
  }
}

extension LabelProgram.Step {
  fileprivate var looksIntoValues: Bool {
    switch test {
    case .contains, .startsWith, .endsWith: true
    case .always, .present, .equal, .oneOf: false
    }
  }
}

// MARK: - Set algebra

extension LabelIndex {
  /// Runs a program on all endpoints at once: each step sends those it holds for one way and the rest the other way.
  ///
  /// Every endpoint is in one place at a time, so that the sets under way take no more room than one set of all endpoints,
  /// however deep the selector is.
  private func endpoints(passing program: LabelProgram) -> EndpointSet {
    var arrivals = [EndpointSet](repeating: EndpointSet(), count: program.steps.count)
    var accepted = EndpointSet()
    func send(_ set: EndpointSet, to target: Int32) {
      if target == Expression.accept { accepted.formUnion(set) }
      if target >= 0 { arrivals[Int(target)].formUnion(set) }
    }
    arrivals[0] = present
    for (index, step) in program.steps.enumerated() {
      let here = arrivals[index]
      arrivals[index] = EndpointSet()
      guard !here.isEmpty else { continue }
      let holding = endpoints(among: here, holding: step, of: program)
      let exits = program.exits(of: index)
      send(holding, to: exits.ifTrue)
      if exits.ifFalse != Expression.reject { send(here.subtracting(holding), to: exits.ifFalse) }
    }
    return accepted
  }

  private func endpoints(
    among candidates: EndpointSet,
    holding step: LabelProgram.Step,
    of program: LabelProgram
  ) -> EndpointSet {
    switch step.test {
    case .always: return candidates
    case .present:
      return step.key == LabelSymbols.none ? EndpointSet() : candidates.intersection(keys[Int(step.key)].endpoints)
    case .equal: return candidates.intersection(labels[Int(step.operand)].endpoints)
    case .oneOf: return union(of: program.members[Int(step.operand)..<Int(step.end)], within: candidates)
    case .contains, .startsWith, .endsWith:
      guard step.key != LabelSymbols.none else { return EndpointSet() }
      let passing = keys[Int(step.key)].labels.filter { program.holds(step, symbols.value(ofLabel: $0)) }
      return union(of: passing[...], within: candidates)
    }
  }

  /// Candidates that have one of some labels of one key. No endpoint has two of those.
  private func union(of numbers: ArraySlice<UInt32>, within candidates: EndpointSet) -> EndpointSet {
    guard numbers.count > 1 else {
      return numbers.first.map { candidates.intersection(labels[Int($0)].endpoints) } ?? EndpointSet()
    }
    let total = numbers.reduce(0) { $0 + labels[Int($1)].endpoints.count }
    if total * 64 < records.count {
      var ids: [UInt32] = []
      ids.reserveCapacity(total)
      for number in numbers { labels[Int(number)].endpoints.append(to: &ids) }
      ids.sort()
      return EndpointSet(sorted: ids).intersection(candidates)
    }
    var union = Bitset()
    for number in numbers { labels[Int(number)].endpoints.add(to: &union) }
    return EndpointSet(union).intersection(candidates)
  }
}
