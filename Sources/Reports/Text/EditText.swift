import Selector
import Simulator

/// One edit of a remedy in words: where it goes, and as YAML what goes there.
struct EditText {
  let edit: RemedyEdit
  /// The host before the change.
  let walker: Walker
  let yaml: RemedyYAML

  private var world: World { walker.world }

  /// Without its place in a file, if that would end it.
  var headline: String { Style.visible(words) }

  /// `(world.yaml:31)`.
  var place: String? { location.map { Style.visible("(\($0.fileAndLine))") } }

  private var words: String {
    switch edit {
    case .enable(.policy(let name)): "enable policy \(name)"
    case .enable(.rule(let list, let index)):
      "enable \(list.owner.rawValue) \(list.name) \(list.direction.rawValue)[\(index)]"
    case .insert(let insertion): insert(insertion)
    case .createPolicy(let policy, let endpoint):
      "create policy \(policy.name), which selects \(endpoint.name) alone"
    case .createProfile(let profile):
      "create profile \(profile.name), which is listed but does not exist"
    case .addProfile(let profile, let endpoint, let place):
      "create profile \(profile.name), and list it as profiles[\(place)] of \(endpoint)"
    case .correctProfileName(let endpoint, let place, let from, let to):
      "\(endpoint)\(location(of: endpoint).map { " (\($0.fileAndLine))" } ?? "") lists \"\(from)\", which does not exist: write \"\(to)\" as profiles[\(place)]"
    case .setEndpointToHostAction(let node, _):
      "set this in spec.felix of Host \(node)"
    case .removeFailsafe(let node, _, let port, _):
      "take \(port.protocol) \(port.port) out of the failsafes in spec.felix of Host \(node)"
    }
  }

  private func insert(_ insertion: RuleInsertion) -> String {
    let list = insertion.list
    let direction = list.direction.rawValue
    let owner = "\(list.owner.rawValue) \(list.name)"
    return insertion.anchor < contents(list).rules.count
      ? "insert in \(owner) before \(direction)[\(insertion.anchor)]"
      : "append to \(owner) \(direction), as \(direction)[\(insertion.index)]"
  }

  private var location: SourceLocation? {
    switch edit {
    case .enable(.policy(let name)): return world.policies.first { $0.name == name }?.location
    case .enable(.rule(let list, let index)): return contents(list).rules[index].location
    case .insert(let insertion):
      let (rules, location) = contents(insertion.list)
      return insertion.anchor < rules.count ? rules[insertion.anchor].location : rules.last?.location ?? location
    case .addProfile(_, let endpoint, _): return location(of: endpoint)
    case .setEndpointToHostAction(let node, _), .removeFailsafe(let node, _, _, _):
      return location(of: ResourceID(.host, node))
    case .createPolicy, .createProfile, .correctProfileName: return nil
    }
  }

  private func contents(_ list: RuleList) -> (rules: [Rule], location: SourceLocation?) {
    switch list.owner {
    case .policy:
      let policy = world.policies.first { $0.name == list.name }
      return (policy?.rules(list.direction) ?? [], policy?.location)
    case .profile:
      let profile = world.profile(named: list.name).map { world.profiles[$0] }
      return (profile?.rules(list.direction) ?? [], profile?.location)
    }
  }

  private func location(of id: ResourceID) -> SourceLocation? {
    id.kind == .host ? world.host(named: id.name)?.location : world.endpoint(id).flatMap { world.endpoints[$0].location }
  }

  /// YAML, a line each.
  var body: [String] {
    switch edit {
    case .insert(let insertion): lines(yaml.rule(insertion.rule))
    case .createPolicy(let policy, _): lines(yaml.resource(.policy(policy)))
    case .createProfile(let profile), .addProfile(let profile, _, _): lines(yaml.resource(.profile(profile)))
    case .enable, .correctProfileName: []
    case .setEndpointToHostAction(_, let action): ["defaultEndpointToHostAction: \(action.rawValue)"]
    case .removeFailsafe(_, let direction, _, let left):
      ["\(direction == .ingress ? "failsafeInboundHostPorts" : "failsafeOutboundHostPorts"): [\(ports(left))]"]
    }
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { Style.visible(String($0)) }
  }

  private func ports(_ ports: [Host.FailsafePort]) -> String {
    ports.map { "{protocol: \($0.protocol), port: \($0.port)}" }.joined(separator: ", ")
  }
}
