import Selector

/// The content security policy of a page that fetches nothing.
package enum PagePolicy {
  /// Lets in nothing but one style sheet and one script, each by its digest; without a script none.
  package static func text(style: String, script: String? = nil) -> String {
    let scripts = script.map { "'\(source(of: $0))'" } ?? "'none'"
    return "default-src 'none'; style-src '\(source(of: style))'; script-src \(scripts); base-uri 'none'; form-action 'none'"
  }

  private static func source(of text: String) -> String { "sha256-\(Base64.text(of: SHA256.digest(Array(text.utf8))))" }
}
