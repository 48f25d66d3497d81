/// A place in an input file.
package struct SourceLocation: Hashable, Sendable {
  /// The file as the user named it; `-` for standard input.
  package var file: String
  /// Line, counted from 1.
  package var line: Int
  /// Column in bytes, counted from 1.
  package var column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `cluster.yaml:31`, as verdicts name the place of a rule.
  package var fileAndLine: String { "\(file):\(line)" }
}

extension SourceLocation: CustomStringConvertible {
  /// `cluster.yaml:31:5`.
  package var description: String { "\(file):\(line):\(column)" }
}

extension SourceLocation: Comparable {
  package static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    if left.file != right.file { return left.file.utf8.lexicographicallyPrecedes(right.file.utf8) }
    return (left.line, left.column) < (right.line, right.column)
  }
}

/// The text of an input, kept so that a diagnostic can show the line it speaks of.
package struct SourceText: Sendable {
  package var name: String
  package var bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}
