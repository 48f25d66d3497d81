/// One thing that the session can be asked to do: a row of the table that `help`, completion and dispatch share.
struct Command: Sendable {
  typealias Run = @Sendable (inout Session, inout Arguments, inout Answer) throws(CommandFailure) -> Void

  /// The first word, or the first two: `why not`.
  let name: String
  let aliases: [String]
  /// How it is typed, one line each.
  let forms: [String]
  /// What it does, in a few words, for the overview.
  let summary: String
  /// What it does, in a few lines.
  let details: String
  /// What a word may be, given the words after the name that stand before it; for completion.
  let slots: @Sendable (_ before: [String]) -> [Slot]
  /// An example that works on a world; `nil` where the world has nothing to show it on.
  let example: @Sendable (Session) -> String?
  /// Does it change what a crash must not lose?
  let isJournalled: Bool
  let run: Run

  init(
    _ name: String, aliases: [String] = [], forms: [String], summary: String, details: String,
    isJournalled: Bool = false, slots: @escaping @Sendable ([String]) -> [Slot] = { _ in [] },
    example: @escaping @Sendable (Session) -> String?, run: @escaping Run
  ) {
    self.name = name
    self.aliases = aliases
    self.forms = forms
    self.summary = summary
    self.details = details
    self.slots = slots
    self.example = example
    self.isJournalled = isJournalled
    self.run = run
  }
}

/// What may stand at a place of a command.
enum Slot: Hashable, Sendable {
  case flow
  /// A selector, to the end of the line.
  case selector
  case endpoint
  case policy
  case profile
  case host
  /// The name of any resource.
  case resource
  /// The name of a resource of one kind, by the kind's name.
  case named(kind: String)
  case kind
  /// `ingress[0]` of a policy or profile, by its name.
  case rule(of: String)
  /// `key=value`.
  case label
  /// A key that an endpoint has, by its name.
  case labelKey(of: String)
  case file
  case checkpoint
  case watchedFlow
  case command
  /// One of these words.
  case words([String])
}
