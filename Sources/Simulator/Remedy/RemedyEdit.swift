package import Selector

/// A list of rules by its place in the manifests.
package struct RuleList: Hashable, Sendable {
  package enum Owner: String, Hashable, Sendable {
    case policy, profile
  }

  package var owner: Owner
  package var name: ByteString
  package var direction: Direction

  /// The policy or profile that holds the list.
  package var resource: ResourceID { ResourceID(owner == .policy ? .policy : .profile, name) }
}

/// A rule that is put into a list that is there.
package struct RuleInsertion: Hashable, Sendable {
  package var rule: Rule
  package var list: RuleList
  /// The rule before which it goes, by its index in the list as it is now; the list's length for its end.
  package var anchor: Int
  /// The index that it will have once all edits are made.
  package var index: Int
}

/// What is switched off and can be switched on again.
package enum Disabled: Hashable, Sendable {
  case policy(ByteString)
  case rule(RuleList, index: Int)
}

/// One step of a remedy, as a person would make it.
package enum RemedyEdit: Hashable, Sendable {
  /// A policy or rule that is there, and switched off.
  case enable(Disabled)
  case insert(RuleInsertion)
  /// A policy for one endpoint that has neither policies nor profiles.
  case createPolicy(Policy, for: ResourceID)
  /// The profile that an endpoint names and that does not exist.
  case createProfile(Profile)
  /// A new profile that an endpoint then lists, at this place among its profiles.
  case addProfile(Profile, to: ResourceID, place: Int)
  /// The endpoint names a profile that does not exist, most likely by a slip: another name at this place.
  case correctProfileName(of: ResourceID, place: Int, from: ByteString, to: ByteString)
  case setEndpointToHostAction(node: ByteString, to: Host.EndpointToHostAction)
  /// A port is taken out of the node's failsafes; where the document names none, it then names the others.
  case removeFailsafe(node: ByteString, Direction, Host.FailsafePort, left: [Host.FailsafePort])
}

extension RemedyEdit {
  /// The policy or profile that comes into being.
  var created: ResourceID? {
    switch self {
    case .createPolicy(let policy, _): ResourceID(.policy, policy.name)
    case .createProfile(let profile), .addProfile(let profile, _, _): ResourceID(.profile, profile.name)
    default: nil
    }
  }

  /// Can the edit change which labels an endpoint inherits, and so which policies apply?
  var changesLabels: Bool {
    if case .correctProfileName = self { true } else { false }
  }
}
