package import Selector

/// What to change in one text to get another, as `diff -u` writes it and `patch` takes it.
///
///     let diff = UnifiedDiff(from: "a\nb\n", to: "a\nc\n")
///     diff.lines(old: "before.yaml", new: "after.yaml", style: .plain)
///     // --- before.yaml, +++ after.yaml, @@ -1,2 +1,2 @@, " a", "-b", "+c"
///
/// Lines are compared as bytes. Whether the last line is ended does not count.
package struct UnifiedDiff: Sendable {
  private enum Change: Hashable, Sendable {
    case kept, removed, added
  }

  /// Every line of both texts in order, what is removed before what is added in its place.
  private var script: [(change: Change, line: ByteString)] = []
  /// The places in `script` that are not kept.
  private var changes: [Int] = []
  private let context: Int

  /// - Parameter context: lines shown before and after each change.
  /// - Complexity: about the number of lines, times the number of changes where these are many.
  package init(from old: [ByteString], to new: [ByteString], context: Int = 3) {
    precondition(context >= 0, "there are no fewer than no lines of context")
    self.context = context
    let difference = LineDifference(from: old, to: new)
    var (before, after) = (0, 0)
    while before < old.count || after < new.count {
      if before < old.count, difference.removed.contains(before) {
        add(.removed, old[before])
        before += 1
      } else if after < new.count, difference.added.contains(after) {
        add(.added, new[after])
        after += 1
      } else {
        add(.kept, old[before])
        (before, after) = (before + 1, after + 1)
      }
    }
  }

  /// Compares two texts line by line.
  package init(from old: String, to new: String, context: Int = 3) {
    self.init(from: Self.lines(of: old), to: Self.lines(of: new), context: context)
  }

  private mutating func add(_ change: Change, _ line: ByteString) {
    if change != .kept { changes.append(script.count) }
    script.append((change, line))
  }

  private static func lines(of text: String) -> [ByteString] {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { ByteString(bytes: Array($0)) }
  }

  /// Are the two texts the same?
  package var isEmpty: Bool { changes.isEmpty }

  /// The difference with the names of both texts at its head; nothing for equal texts.
  ///
  /// In colour, for a terminal, control characters are replaced; plain, every line is as it was.
  package func lines(old: String, new: String, style: Style) -> [String] {
    guard !isEmpty else { return [] }
    var lines = [style.bold("--- \(old)"), style.bold("+++ \(new)")]
    // Lines of each text above the place in the script that has been reached.
    var (place, before, after) = (0, 0, 0)
    for hunk in hunks {
      let skipped = script[place..<hunk.lowerBound]
      before += skipped.count { $0.change != .added }
      after += skipped.count { $0.change != .removed }
      let removed = script[hunk].count { $0.change != .added }
      let added = script[hunk].count { $0.change != .removed }
      lines.append(style.dim("@@ -\(Self.range(before, removed)) +\(Self.range(after, added)) @@"))
      lines += script[hunk].map { dressed($0.change, $0.line, style) }
      (place, before, after) = (hunk.upperBound, before + removed, after + added)
    }
    return lines
  }

  /// Changes with their context, as ranges of the script; those whose contexts touch are one.
  private var hunks: [Range<Int>] {
    var hunks: [Range<Int>] = []
    for change in changes {
      let range = max(0, change - context)..<min(script.count, change + context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  /// `3,2`: the first line, from 1, and how many. No lines stand after line 0 or a later one.
  private static func range(_ above: Int, _ count: Int) -> String {
    "\(count == 0 ? above : above + 1),\(count)"
  }

  private func dressed(_ change: Change, _ line: ByteString, _ style: Style) -> String {
    let text = style.hasColour ? Style.visible(line.text) : line.text
    switch change {
    case .kept: return " " + text
    case .removed: return style.bad("-" + text)
    case .added: return style.good("+" + text)
    }
  }
}
