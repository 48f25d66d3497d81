/// Why a text is no selector, and where.
///
/// Wording stands in `SelectorError+Message` and `SelectorError+Help`; drawing the place is the caller's. As in Calico, a text
/// that cannot be cut into tokens is reported for that, even where the tokens before are already in a wrong order.
package struct SelectorError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    // Found while cutting the text into tokens.
    case unterminatedString
    case singleEquals
    case singleAmpersand
    case singleBar
    /// A character that begins no token.
    case unexpectedCharacter
    /// More than 512 bytes in a label.
    case labelTooLong
    /// `has(` without a label after it.
    case expectedLabel
    /// `has(label`, `all(` or `global(` without `)`.
    case unclosedCall(Call)
    /// More than 4 GiB of text.
    case textTooLong

    // Found while putting tokens together.
    /// A label without an operator after it.
    case expectedOperator(label: ByteString)
    /// `==`, `!=` or an operator on texts without a string after it.
    case expectedString
    /// `in` or `not in` without a set after it.
    case expectedSet
    /// A set that ends without `}`.
    case expectedSetEnd
    /// A parenthesis, opened at this byte offset, that is not closed.
    case expectedClosingParenthesis(opened: Int)
    /// No term where one has to stand.
    case expectedTerm
    /// Something after a whole selector.
    case unexpectedContent
  }

  /// The words that are followed by parentheses.
  package enum Call: Hashable, Sendable {
    case has, all, global
  }

  package let kind: Kind
  /// The offending bytes of the text, offsets from 0; empty at its end where something is missing.
  package let range: Range<Int>
  /// The text in `range`.
  package let found: ByteString
  package let generation: SelectorGeneration
}
