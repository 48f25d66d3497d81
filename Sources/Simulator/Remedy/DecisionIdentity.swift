import Selector

/// A decision without the numbers of its world, so that decisions taken in two worlds can be held against each other.
/// A rule is itself, wherever in its list it stands.
struct DecisionIdentity: Hashable {
  let kind: Decision.Kind
  let stage: Stage?
  let direction: Direction
  let action: Action
  let interface: ByteString?
  let endpoint: ByteString?
  let subject: ByteString?
  let rule: Rule?

  init(_ decision: Decision, on walker: Walker) {
    let world = walker.world
    kind = decision.kind
    stage = decision.stage
    direction = decision.direction
    action = decision.action
    interface = decision.interface >= 0 ? walker.topology.interfaces[Int(decision.interface)].name : nil
    let endpoint = decision.endpoint >= 0 ? world.endpoints[Int(decision.endpoint)] : nil
    self.endpoint = endpoint?.name
    switch decision.kind {
    case .policy:
      let policy = world.policies[Int(decision.subject)]
      subject = policy.name
      rule = policy.rules(decision.direction)[Int(decision.rule)]
    case .profile:
      let profile = world.profiles[Int(decision.subject)]
      subject = profile.name
      rule = profile.rules(decision.direction)[Int(decision.rule)]
    case .missingProfile:
      subject = endpoint?.profiles[Int(decision.subject)]
      rule = nil
    default:
      subject = nil
      rule = nil
    }
  }
}
