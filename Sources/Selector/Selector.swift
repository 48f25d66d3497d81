/// A selector: an expression over labels that picks endpoints.
///
///     let selector = try Selector(#"role == "frontend" && env in {"staging", "prod"}"#)
///     selector.matches(["role": "frontend", "env": "prod"])   // true
///     selector.canonical   // (role == "frontend" && env in {"prod", "staging"})
///
/// Two selectors are equal when their canonical forms are, as in Calico. A value of any depth can be parsed, compared,
/// evaluated and dropped on any stack.
package struct Selector: Sendable {
  /// What the text means, as a tree.
  package let expression: Expression
  /// The form that Calico compares and hashes.
  package let canonical: ByteString

  /// Reads a selector; an empty text is `all()`.
  ///
  /// - Throws: `SelectorError` with the place of the problem.
  /// - Complexity: O(*n*) in the length of the text, apart from the sorting of sets.
  package init(_ text: ByteString, generation: SelectorGeneration = .v2) throws(SelectorError) {
    self.init(try Parser.parse(text, generation: generation))
  }

  private init(_ expression: Expression) {
    self.expression = expression
    canonical = expression.canonical(of: expression.root)
  }

  /// `all()`, which matches everything.
  package static let all: Selector = {
    var builder = ExpressionBuilder()
    builder.addAll()
    return Selector(builder.finish("all()"))
  }()

  /// `has(label)`: what a tag stands for in a rule. The label is taken as it is, whatever its bytes.
  package static func has(_ label: ByteString) -> Selector {
    let text = ByteString(bytes: Array("has(".utf8) + label.bytes + Array(")".utf8))
    var builder = ExpressionBuilder()
    _ = builder.addLeaf(.has, TextRange(0, text.count), label: TextRange(4, 4 + label.count))
    return Selector(builder.finish(text))
  }

  /// The text as it was written.
  package var text: ByteString { expression.text }

  /// Calico's id of the selector and of the IP set that it makes: `s:` and 38 characters, made anew on each call.
  ///
  /// - Complexity: O(*n*) in the length of the canonical form.
  package var id: String { UniqueID.make(prefix: "s", content: canonical) }

  /// Whether labels satisfy the selector.
  ///
  /// To ask many selectors about many labels, `LabelProgram` and `LabelIndex` are made for it.
  package func matches(_ labels: LabelSet) -> Bool {
    expression.matches(labels)
  }
}

extension Selector: Hashable {
  package static func == (left: Selector, right: Selector) -> Bool {
    left.canonical == right.canonical
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(canonical)
  }
}

extension Selector: CustomStringConvertible {
  package var description: String { canonical.text }
}
