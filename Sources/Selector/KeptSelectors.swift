/// Selectors whose answers a label index keeps, by handle.
struct KeptSelectors: Sendable {
  private struct Entry: Sendable {
    var canonical: ByteString
    /// The labels under which the index lists the selector, `nil` where it watches all that it tests.
    var guardLabels: [UInt32]?
    var uses: Int
  }

  private var entries: [Entry?] = []
  private var programs: [LabelProgram] = []
  private var answers: [Bitset] = []
  private var handles: [ByteString: Int] = [:]
  private var free: [Int] = []
  /// Handles of the selectors that an endpoint without labels matches.
  private(set) var matchingNoLabels = Bitset()

  /// Handles are below this.
  var handleLimit: Int { entries.count }

  /// Counts one more use of a selector; its handle, `nil` if it is new.
  mutating func retain(_ selector: Selector) -> Int? {
    guard let handle = handles[selector.canonical] else { return nil }
    entries[handle]?.uses += 1
    return handle
  }

  mutating func insert(
    _ selector: Selector,
    _ program: LabelProgram,
    _ guardLabels: [UInt32]?,
    _ matching: Bitset,
    matchesNoLabels: Bool
  ) -> Int {
    let entry = Entry(canonical: selector.canonical, guardLabels: guardLabels, uses: 1)
    let handle = free.popLast() ?? entries.count
    if handle == entries.count {
      entries.append(entry)
      programs.append(program)
      answers.append(matching)
    } else {
      entries[handle] = entry
      programs[handle] = program
      answers[handle] = matching
    }
    handles[selector.canonical] = handle
    if matchesNoLabels { matchingNoLabels.insert(handle) }
    return handle
  }

  /// Counts one use less; the program and its guard if that was the last.
  mutating func release(_ handle: Int) -> (LabelProgram, guardLabels: [UInt32]?)? {
    var entry = entry(handle)
    entry.uses -= 1
    guard entry.uses == 0 else {
      entries[handle] = entry
      return nil
    }
    entries[handle] = nil
    answers[handle] = Bitset()
    handles[entry.canonical] = nil
    matchingNoLabels.remove(handle)
    free.append(handle)
    return (programs[handle], entry.guardLabels)
  }

  func endpoints(of handle: Int) -> Bitset {
    precondition(entries[handle] != nil, "no selector has this handle")
    return answers[handle]
  }

  /// Tests an endpoint's labels anew for some selectors; `nil` for labels where the endpoint is gone.
  mutating func update(_ handles: [Int], _ endpoint: Int, _ labels: LabelTable?, _ symbols: LabelSymbols) {
    let (before, after) = outcomes(handles, endpoint, labels, symbols)
    // An answer that stays as it is is not touched, and so not duplicated in a copy of the index.
    for (index, handle) in handles.enumerated() where before[index] != after[index] {
      if after[index] { answers[handle].insert(endpoint) } else { answers[handle].remove(endpoint) }
    }
  }

  /// Whether some selectors have an endpoint in their answers, and whether they match its labels.
  private func outcomes(
    _ handles: [Int],
    _ endpoint: Int,
    _ labels: LabelTable?,
    _ symbols: LabelSymbols
  ) -> (before: [Bool], after: [Bool]) {
    // Answers lie far apart in memory. Read one after the other, with nothing decided in between, they are fetched together.
    let before = handles.map { answers[$0].contains(endpoint) }
    var after = [Bool](repeating: false, count: handles.count)
    labels?.withLookup { labels in
      for (index, handle) in handles.enumerated() { after[index] = programs[handle].matches(labels, in: symbols) }
    }
    return (before, after)
  }

  private func entry(_ handle: Int) -> Entry {
    guard let entry = entries[handle] else { preconditionFailure("no selector has this handle") }
    return entry
  }
}

/// Handles of selectors to look at again, each once.
struct AffectedSelectors {
  private(set) var handles: [Int] = []
  /// A bit for every handle, set for those in `handles`.
  private var marks: [UInt64]

  /// For handles below a limit.
  init(below limit: Int) {
    marks = Array(repeating: 0, count: (limit + 63) / 64)
  }

  mutating func insert(_ handles: [Int]) {
    for handle in handles where marks[handle >> 6] >> UInt64(handle & 63) & 1 == 0 {
      marks[handle >> 6] |= 1 << UInt64(handle & 63)
      self.handles.append(handle)
    }
  }
}
