package import Simulator

/// How much a finding matters, the worst first.
package enum Severity: String, Hashable, Sendable, CaseIterable, Comparable {
  /// Traffic is lost or let in that was not meant to be.
  case error
  /// Hardly meant as it stands.
  case warning
  /// Worth knowing.
  case info

  private var rank: Int {
    switch self {
    case .error: 2
    case .warning: 1
    case .info: 0
    }
  }

  /// Is `left` milder than `right`?
  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// What a finding is about: a resource, perhaps one of its rules.
package struct Subject: Hashable, Sendable {
  /// A rule by its place in the manifest: `ingress[0]`.
  package struct RulePlace: Hashable, Sendable {
    package var direction: Direction
    /// From 0.
    package var index: Int

    package init(_ direction: Direction, _ index: Int) {
      self.direction = direction
      self.index = index
    }
  }

  package var resource: ResourceID
  package var rule: RulePlace?
  /// The field that is meant, from the resource or the rule on: `["source", "ports"]`. Empty: all of it.
  package var field: [String]

  package init(_ resource: ResourceID, rule: RulePlace? = nil, field: [String] = []) {
    self.resource = resource
    self.rule = rule
    self.field = field
  }
}

/// One thing that lint found: one line for people, and everything a program needs to place, compare and mend it.
package struct Finding: Hashable, Sendable {
  /// Another place that belongs to it, such as the rule that covers this one.
  package struct Related: Hashable, Sendable {
    package var location: SourceLocation?
    package var message: String

    package init(_ message: String, at location: SourceLocation?) {
      self.message = message
      self.location = location
    }
  }

  /// The stable id of its rule: `GW101`.
  package var id: String
  package var severity: Severity
  package var location: SourceLocation?
  /// How many bytes from `location` on are meant; 1 where only a point is known.
  package var length: Int
  /// Names the thing and the consequence in one line; lower case, without a full stop, the user's text in quotes.
  package var message: String
  /// What to do; `nil` where the explanation of the rule says all there is to say.
  package var help: String?
  /// `nil` where nothing of the resource could be read.
  package var subject: Subject?
  package var related: [Related]
  /// How it can be mended for certain; `nil` if somebody has to decide.
  package var fix: Fix?

  package init(
    _ id: String, _ severity: Severity, at location: SourceLocation?, length: Int = 1, _ message: String,
    help: String? = nil, subject: Subject?, related: [Related] = [], fix: Fix? = nil
  ) {
    self.id = id
    self.severity = severity
    self.location = location
    self.length = length
    self.message = message
    self.help = help
    self.subject = subject
    self.related = related
    self.fix = fix
  }
}

/// A change to the manifest that mends a finding for certain, about the finding's subject.
package enum Fix: Hashable, Sendable {
  /// A further rule in the subject's policy, at this place in its list.
  case insertRule(Rule, Direction, at: Int)
  /// The subject's rule becomes two, one for TCP and one for UDP, which is what it matches without a protocol (D12).
  case splitByProtocol
  /// A deprecated field of the subject's rule becomes the one that took its place: `net: N` becomes `nets: [N]`,
  /// `tag: T` becomes `selector: has(T)`.
  case replaceDeprecatedField
}
