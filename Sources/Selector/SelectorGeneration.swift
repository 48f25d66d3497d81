/// Which generation of Calico's selector language a text is read in (SELECTORS.md, "Tokens").
package enum SelectorGeneration: Hashable, Sendable, CaseIterable {
  /// Calico v2.x, which v1 resources use: words are recognised without regard to what stands before them, so a label cannot
  /// be called `in`, and `contains`, `starts with`, `ends with` and `global()` do not exist.
  case v2
  /// The newest: after a label an operator is read, elsewhere a label, so no word is reserved.
  case v3
}
