import Selector
import Simulator

/// One edit of a remedy in words: where it goes, and as YAML what goes there.
struct EditText {
  let edit: RemedyEdit
  /// The host before the change.
  let walker: Walker
  let yaml: RemedyYAML

  private var world: World { walker.world }

  var headline: String { Style.visible(words) }

  private var words: String {
    switch edit {
    case .insert(let insertion): insert(insertion)
    case .createPolicy(let policy, let endpoint):
      "create policy \(policy.name), which selects \(endpoint.name) alone"
    case .createProfile(let profile):
      "create profile \(profile.name), which is listed but does not exist"
    case .addProfile(let profile, let endpoint, let place):
      "create profile \(profile.name), and list it as profiles[\(place)] of \(endpoint)\(self.place(of: endpoint))"
    case .correctProfileName(let endpoint, let place, let from, let to):
      "\(endpoint)\(self.place(of: endpoint)) lists \"\(from)\", which does not exist: write \"\(to)\" as profiles[\(place)]"
    case .setEndpointToHostAction(let node, _):
      "set this in spec.felix of Host \(node)\(place(of: ResourceID(.host, node)))"
    case .removeFailsafe(let node, _, let port, _):
      "take \(port.protocol) \(port.port) out of the failsafes in spec.felix of Host "
        + "\(node)\(place(of: ResourceID(.host, node)))"
    }
  }

  private func insert(_ insertion: RuleInsertion) -> String {
    let list = insertion.list
    let direction = list.direction.rawValue
    let owner = list.owner == .policy ? "policy" : "profile"
    let (rules, location) = contents(list)
    if insertion.anchor < rules.count {
      let place = rules[insertion.anchor].location.map { " (\($0.fileAndLine))" } ?? ""
      return "insert in \(owner) \(list.name) before \(direction)[\(insertion.anchor)]\(place)"
    }
    let place = (rules.last?.location ?? location).map { " (\($0.fileAndLine))" } ?? ""
    return "append to \(owner) \(list.name) \(direction), as \(direction)[\(insertion.index)]\(place)"
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

  private func place(of id: ResourceID) -> String {
    let location =
      id.kind == .host ? world.host(named: id.name)?.location : world.endpoint(id).flatMap { world.endpoints[$0].location }
    return location.map { " (\($0.fileAndLine))" } ?? ""
  }

  /// YAML, a line each.
  var body: [String] {
    switch edit {
    case .insert(let insertion): lines(yaml.rule(insertion.rule))
    case .createPolicy(let policy, _): lines(yaml.resource(.policy(policy)))
    case .createProfile(let profile), .addProfile(let profile, _, _): lines(yaml.resource(.profile(profile)))
    case .correctProfileName: []
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
