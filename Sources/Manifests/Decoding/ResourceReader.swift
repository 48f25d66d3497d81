import Selector
import Simulator

/// Reads one YAML document's nodes as typed values, and notes every problem with its place.
///
/// A reading function gives `nil` when the value is wrong, and has then noted an error; callers go on, so that one run
/// finds everything. Whether a resource is valid is told by `errorCount`.
struct ResourceReader {
  typealias NodeID = YAMLDocument.NodeID

  let document: YAMLDocument
  let source: SourceText
  let lines: LineIndex
  let strictness: Strictness
  /// In a mapping document calicoctl turns numbers and booleans into text where text is expected; in a sequence it does
  /// not (MANIFESTS section 0.2).
  var coercesScalars = true

  private(set) var problems: [PlacedProblem] = []
  private(set) var deprecatedFields: [DeprecatedField] = []
  private(set) var errorCount = 0
  private var warningCount = 0

  init(document: YAMLDocument, source: SourceText, lines: LineIndex, strictness: Strictness) {
    self.document = document
    self.source = source
    self.lines = lines
    self.strictness = strictness
  }

  mutating func note(_ problem: Problem, at range: Range<Int>) {
    let isError = problem.severity(strictness) == .error
    // Beyond the limits only their number counts (`ProblemLimit` says that there were more).
    if isError ? errorCount <= ProblemLimit.errors : warningCount <= ProblemLimit.warnings {
      problems.append(PlacedProblem(problem: problem, range: range))
    }
    if isError { errorCount += 1 } else { warningCount += 1 }
  }

  /// How far the reading has come, to take back what is noted after it.
  var mark: Mark { Mark(problems: problems.count, errors: errorCount, warnings: warningCount) }

  struct Mark {
    fileprivate var problems: Int
    fileprivate var errors: Int
    fileprivate var warnings: Int
  }

  /// What was noted since, which is then no problem of this document any more.
  mutating func takeProblems(since mark: Mark) -> [Diagnostic] {
    let taken = problems[mark.problems...].sorted(by: Problem.isBefore)
    problems.removeSubrange(mark.problems...)
    errorCount = mark.errors
    warningCount = mark.warnings
    return taken.map { $0.diagnostic(in: source, lines, strictness) }
  }

  mutating func note(_ problem: Problem, at node: NodeID) {
    note(problem, at: document.headRange(node))
  }

  mutating func noteDeprecated(_ name: DeprecatedField.Name, of end: DeprecatedField.End, inRule rule: NodeID, at key: NodeID) {
    deprecatedFields.append(
      DeprecatedField(name, of: end, inRuleAt: location(rule), at: location(key), length: document.range(key).count))
  }

  func location(_ node: NodeID) -> SourceLocation {
    let position = lines.position(document.range(node).lowerBound)
    return SourceLocation(file: source.name, line: position.line, column: position.column)
  }

  // MARK: Scalars

  /// The typed value of a scalar; `nil`, and noted, for a collection or a scalar that calicoctl's parser refuses.
  mutating func scalar(_ id: NodeID, expected: String) -> YAMLScalar? {
    let node = document.node(id)
    guard node.kind == .scalar else {
      note(.field(.wrongType(expected: expected, found: describe(id))), at: id)
      return nil
    }
    if node.style == .plainWithColonInFlow {
      note(.field(.colonBetweenBrackets), at: id)
      return nil
    }
    let value = YAMLScalar(document.scalarBytes(id), style: node.style, tag: node.tag)
    if case .mistagged = value {
      note(.field(.unusableTag), at: id)
      return nil
    }
    return value
  }

  func isNull(_ id: NodeID) -> Bool {
    let node = document.node(id)
    return node.kind == .scalar && YAMLScalar.isNull(document.scalarBytes(id), tag: node.tag)
  }

  /// Text; numbers and booleans become text where calicoctl has it so. Null is empty.
  mutating func text(_ id: NodeID, expected: String = "text") -> ByteString? {
    guard let value = scalar(id, expected: expected) else { return nil }
    if case .string(let text) = value { return text }
    if case .null = value { return "" }
    let text = Self.text(of: value)
    let written = ByteString(document.scalarBytes(id))
    guard coercesScalars else {
      note(.field(.textExpectedInList(found: describe(id), text: written.shown)), at: id)
      return nil
    }
    if written.shown != text { note(.field(.readAsOtherText(written.shown, text: text)), at: id) }
    return ByteString(text)
  }

  mutating func bool(_ id: NodeID) -> Bool? {
    guard let value = scalar(id, expected: "true or false") else { return nil }
    switch value {
    case .bool(let flag): return flag
    case .null: return false
    default:
      note(.field(.wrongType(expected: "true or false", found: describe(id))), at: id)
      return nil
    }
  }

  /// A number in a range; `nil` without a problem for null. A float will do if it is whole.
  mutating func integer(_ id: NodeID, what: String, in range: ClosedRange<Int>) -> Int? {
    guard let value = scalar(id, expected: "a number") else { return nil }
    let number: Int?
    switch value {
    case .null: return nil
    case .int(let int): number = Int(int)
    case .float(let float): number = Int(exactly: float)
    case .uint: number = nil
    default:
      note(.field(.wrongType(expected: "a number", found: describe(id))), at: id)
      return nil
    }
    guard let number, range.contains(number) else {
      note(.value(.numberOutOfRange(written(id), what: what, range: range)), at: id)
      return nil
    }
    return number
  }

  mutating func double(_ id: NodeID) -> Double? {
    guard let value = scalar(id, expected: "a number") else { return nil }
    switch value {
    case .null: return nil
    case .int(let int): return Double(int)
    case .uint(let uint): return Double(uint)
    case .float(let float) where float.isFinite: return float
    default:
      note(.field(.wrongType(expected: "a number", found: describe(id))), at: id)
      return nil
    }
  }

  /// A scalar's text for a message.
  func written(_ id: NodeID) -> String { ByteString(document.scalarBytes(id)).shown }

  /// What a node is, for `expected …, found …`.
  func describe(_ id: NodeID) -> String {
    let node = document.node(id)
    switch node.kind {
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .scalar, .alias: break
    }
    switch YAMLScalar(document.scalarBytes(id), style: node.style, tag: node.tag) {
    case .null: return "nothing"
    case .bool: return "the boolean \"\(written(id))\""
    case .int, .uint, .float: return "the number \"\(written(id))\""
    case .string, .mistagged: return "the text \"\(written(id))\""
    }
  }

  /// The text that a number or boolean becomes.
  static func text(of value: YAMLScalar) -> String {
    switch value {
    case .null, .mistagged: ""
    case .bool(let flag): flag ? "true" : "false"
    case .int(let int): String(int)
    case .uint(let uint): String(uint)
    case .float(let float): NumberText.text(float)
    case .string(let text): text.text
    }
  }

  // MARK: Lists

  /// The items of a list; none for null. `nil`, and noted, for anything else.
  mutating func list(_ id: NodeID, of what: String) -> [NodeID]? {
    if document.node(id).kind == .sequence { return document.children(id) }
    if isNull(id) { return [] }
    note(.field(.wrongType(expected: "a list of \(what)", found: describe(id))), at: id)
    return nil
  }

  /// The items of a list, each read by `read`; wrong ones are noted and left out.
  mutating func list<Item>(
    _ id: NodeID?,
    of what: String,
    _ read: (inout ResourceReader, NodeID) -> Item?
  ) -> [Item] {
    guard let id, let nodes = list(id, of: what) else { return [] }
    var items: [Item] = []
    items.reserveCapacity(nodes.count)
    for node in nodes {
      if let item = read(&self, node) { items.append(item) }
    }
    return items
  }
}
