package import Selector

/// A selector as a tree: each operator and term on a line of its own, and, for given labels, whether it holds and why.
///
///     ✗ role == "web" && !has(legacy)  all of 2
///     ├─ ✓ role == "web"               role = "web", own label
///     └─ ✗ !has(legacy)                not
///        └─ ✓ has(legacy)              legacy = "", from profile base
///
/// Deep and long selectors are cut, and it is said where.
package struct SelectorTreeText: Sendable {
  /// The signs that the tree is drawn with.
  package enum Signs: Hashable, Sendable {
    case boxes, ascii
  }

  private static let textWidth = 72

  private let expression: Expression
  private let text: ByteString
  private let origins: LabelOrigins?
  private let truths: [Bool]
  private let style: Style
  private let signs: Signs
  private let deepest: Int
  private let mostLines: Int

  /// - Parameters:
  ///   - origins: the labels to hold the selector against, if any.
  ///   - deepest: levels that are shown below the first.
  ///   - mostLines: lines that are shown, apart from the one that says that there are more.
  package init(
    _ selector: Selector, for origins: LabelOrigins? = nil, style: Style, signs: Signs = .boxes, deepest: Int = 16,
    mostLines: Int = 200
  ) {
    expression = selector.expression
    text = selector.text
    self.origins = origins
    truths = origins.map { selector.expression.truths(for: $0.labels) } ?? []
    self.style = style
    self.signs = signs
    self.deepest = deepest
    self.mostLines = mostLines
  }

  /// A node that waits to be drawn.
  private struct Waiting {
    var node: Int
    var depth: Int
    /// What stands before the node, and before what is below it.
    var branch: String
    var below: String
  }

  package var lines: [String] {
    var table = TextTable()
    var waiting = [Waiting(node: expression.root, depth: 0, branch: "", below: "")]
    var count = 0
    while let next = waiting.popLast() {
      guard count < mostLines else {
        let total = expression.count.grouped
        table.add(line: style.dim("\(ellipsis) cut after \(mostLines) lines: the selector has \(total) terms and operators"))
        break
      }
      count += 1
      table.add(cells(next))
      let children = expression.children(of: next.node)
      if next.depth == deepest, !children.isEmpty {
        table.add(line: next.below + last + style.dim("\(ellipsis) deeper levels are not shown"))
        count += 1
        continue
      }
      // No more of them than there is room for, so that a node with many costs no more than its lines.
      for (place, child) in children.enumerated().prefix(mostLines - count + 1).reversed() {
        let isLast = place == children.count - 1
        waiting.append(
          Waiting(
            node: child, depth: next.depth + 1, branch: next.below + (isLast ? last : middle),
            below: next.below + (isLast ? "   " : bar)))
      }
    }
    return table.lines(indent: 0)
  }

  // MARK: Signs

  private var middle: String { signs == .boxes ? "├─ " : "|- " }
  private var last: String { signs == .boxes ? "└─ " : "`- " }
  private var bar: String { signs == .boxes ? "│  " : "|  " }
  private var ellipsis: String { signs == .boxes ? "…" : "..." }

  private func mark(_ holds: Bool) -> String {
    switch signs {
    case .boxes: holds ? "✓" : "✗"
    case .ascii: holds ? "yes" : "no "
    }
  }

  // MARK: One line

  private func cells(_ waiting: Waiting) -> [TextTable.Cell] {
    let node = waiting.node
    let written = written(node)
    guard let origins else {
      return [TextTable.Cell(waiting.branch + written), TextTable.Cell(kind(of: node) ?? "", style.dim)]
    }
    let (mark, holds) = (mark(truths[node]), truths[node])
    let dressed = waiting.branch + (holds ? style.good(mark) : style.bad(mark)) + " " + written
    let remark = kind(of: node) ?? TermFact(expression: expression, origins: origins).phrase(node, .remark)
    return [
      // Padded by what is seen, then put in place with its colours.
      TextTable.Cell("\(waiting.branch)\(mark) \(written)", { _ in dressed }),
      TextTable.Cell(remark == written ? "" : remark, style.dim),
    ]
  }

  private func written(_ node: Int) -> String {
    let range = expression.range(of: node)
    // An empty selector is `all()`, which stands nowhere in it.
    if range.isEmpty { return "all()" }
    return ByteString(text.bytes[range]).shortened(to: Self.textWidth)
  }

  /// What an operator makes of its operands; `nil` for a term.
  private func kind(of node: Int) -> String? {
    switch expression.operation(of: node) {
    case .not: "not"
    case .and: "all of \(expression.children(of: node).count.grouped)"
    case .or: "any of \(expression.children(of: node).count.grouped)"
    default: nil
    }
  }
}
