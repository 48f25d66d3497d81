import Simulator

/// The steps of a session, done and undone. A step keeps what changed and not the worlds before and after it, so a thousand
/// steps take little room.
struct Timeline: Sendable {
  struct Step: Sendable {
    /// What was done, as the person said it.
    var title: String
    var changes: [ResourceChange]
  }

  private(set) var done: [Step] = []
  private(set) var undone: [Step] = []

  /// Adds a step; what was undone before is gone.
  mutating func record(_ step: Step) {
    done.append(step)
    undone = []
  }

  /// Takes the last step back; its inverse changes are the caller's to apply.
  mutating func undo() -> Step? {
    guard let step = done.popLast() else { return nil }
    undone.append(step)
    return step
  }

  mutating func redo() -> Step? {
    guard let step = undone.popLast() else { return nil }
    done.append(step)
    return step
  }
}

extension Timeline.Step {
  /// The changes that take the step back, in their order.
  var inverse: [ResourceChange] { changes.reversed().map(\.inverse) }
}
