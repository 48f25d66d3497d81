/// What settled a packet at a gate, or took note of it: a rule, or something built in (SEMANTICS section 8).
///
/// Everything is a number that the world resolves, so that judging a packet copies a few words.
package struct Decision: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case policy, profile, failsafe
    case noPolicyMatched, noProfileMatched
    case conntrackEstablished, conntrackInvalid
    case missingProfile, unknownWorkload, endpointToHostAction, notPoliced

    /// The name in reports and contracts.
    package var name: String {
      switch self {
      case .policy: "policy"
      case .profile: "profile"
      case .failsafe: "failsafe"
      case .noPolicyMatched: "no-policy-matched"
      case .noProfileMatched: "no-profile-matched"
      case .conntrackEstablished: "conntrack-established"
      case .conntrackInvalid: "conntrack-invalid"
      case .missingProfile: "missing-profile"
      case .unknownWorkload: "unknown-workload"
      case .endpointToHostAction: "endpoint-to-host-action"
      case .notPoliced: "not-policed"
      }
    }
  }

  package var kind: Kind
  /// `nil` only for `notPoliced`.
  package var stage: Stage?
  package var direction: Direction
  /// What was done: of a rule its action, of a built-in decision `allow` or `deny`.
  package var action: Action
  /// Index of the interface in the topology; -1 for none.
  package var interface: Int32
  /// Index of the endpoint in the world; -1 for none.
  package var endpoint: Int32
  /// Index of the policy or profile in the world; of a missing profile its place in the endpoint's list.
  package var subject: Int32
  /// Index of the rule in its list in the manifest; of a failsafe its place in the topology's list.
  package var rule: Int32

  init(
    _ kind: Kind, at site: Site, action: Action, subject: Int32 = -1, rule: Int32 = -1
  ) {
    self.kind = kind
    self.stage = site.stage
    self.direction = site.direction
    self.action = action
    self.interface = site.interface
    self.endpoint = site.endpoint
    self.subject = subject
    self.rule = rule
  }

  /// Where in a walk a decision is taken.
  struct Site: Hashable, Sendable {
    var stage: Stage?
    var direction: Direction
    var interface: Int32
    var endpoint: Int32

    static let nowhere = Site(stage: nil, direction: .ingress, interface: -1, endpoint: -1)
  }

  package static let notPoliced = Decision(.notPoliced, at: .nowhere, action: .allow)

  /// Two words instead of eight fields: decisions are looked up once or more a flow.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(UInt64(UInt32(bitPattern: endpoint)) << 32 | UInt64(UInt32(bitPattern: subject)))
    hasher.combine(UInt64(UInt32(bitPattern: rule)) << 16 | UInt64(kind.rawValue) << 8 | UInt64(direction == .ingress ? 1 : 0))
  }

  /// Is it listed among what a packet matched? Established connections and *not policed* are not.
  package var isListed: Bool { kind != .conntrackEstablished && kind != .notPoliced }
}
