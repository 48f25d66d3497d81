import Selector

extension ByteString {
  /// The text for a line of a report: no control characters, and cut with `…` after some characters, however long it is.
  func shortened(to longest: Int) -> String {
    // No character of Unicode takes more than four bytes.
    let scalars = String(decoding: bytes.prefix(longest * 4 + 4), as: UTF8.self).unicodeScalars
    guard scalars.count > longest else { return Style.visible(String(scalars)) }
    return Style.visible(String(String.UnicodeScalarView(scalars.prefix(longest - 1)))) + "…"
  }
}
