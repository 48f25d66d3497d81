import Testing

/// A sentence of the documents with a world and the packets that would go otherwise if it were false.
///
/// A claim that needs several worlds stands in the tables once for each.
struct Claim: Sendable, CustomTestStringConvertible {
  /// `S88` (SEMANTICS section 9), `D3` (section 2), `K2` and more (section 6).
  var id: String
  /// The claim in our own words.
  var says: String
  var world: [Manifest]
  var checks: [Check]
  /// Errors that reading the world must give, in order: `id: part of the message`.
  var errors: [String]
  /// Ids of warnings that must be among those of the manifests, the world and its hosts.
  var warnings: [String]
  /// Ids of the errors that strict reading must give; not looked at if `nil`.
  var strictErrors: [String]?

  init(
    _ id: String,
    _ says: String,
    world: [Manifest],
    errors: [String] = [],
    warnings: [String] = [],
    strictErrors: [String]? = nil,
    checks: [Check]
  ) {
    self.id = id
    self.says = says
    self.world = world
    self.errors = errors
    self.warnings = warnings
    self.strictErrors = strictErrors
    self.checks = checks
  }

  var testDescription: String { "\(id): \(says)" }
}
