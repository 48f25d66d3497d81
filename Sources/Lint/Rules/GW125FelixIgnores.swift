import Selector
import Simulator

extension LintRule {
  static let felixIgnores = LintRule(
    id: "GW125", name: "ignored-by-felix", severity: .error,
    summary: "ICMP type or code 0, or \"/\" in a profile's name: calicoctl takes it, Felix 2.4 ignores the whole object",
    claims: ["D16", "S45", "S46"],
    basis: """
      Felix validates again what calicoctl let pass, and treats what it refuses as missing: a policy does not apply, a profile \
      denies, a host endpoint leaves its interface unpoliced (MANIFESTS A.8)
      """,
    explanation: """
      calicoctl accepts ICMP type 0 and code 0, and a profile name with "/" in a host endpoint. Felix 2.4 does not, and treats
      the whole object as missing, with a line in its log and nothing else. A policy then applies nowhere, a profile denies
      everything, a host endpoint leaves its interface open.

      ```yaml
      ingress:
      - {action: allow, protocol: icmp, icmp: {type: 8, code: 0}}
      ```

      Leave the code out, which matches every code of the type, and give profiles names without "/":

      ```yaml
      ingress:
      - {action: allow, protocol: icmp, icmp: {type: 8}}
      ```
      """
  ) { context in
    zeroFindings(context) + slashFindings(context)
  }

  // MARK: ICMP 0

  private static func zeroFindings(_ context: LintContext) -> [Finding] {
    let places = PlacesWithin("icmp-zero", in: context)
    let policies = Dictionary(uniqueKeysWithValues: context.world.policies.map { ($0.name, $0.selector) })
    let usersOfProfiles = ProfileUsers(context.world)
    return context.world.placedRules.filter(\.rule.hasICMPZero).map { site in
      let (place, length) = places.first(within: site.rule.location)
      let effect =
        site.owner.kind == .policy
        ? lossOfPolicy(policies[site.owner.name].map { context.endpoints(matching: $0) } ?? Bitset(), context)
        : lossOfProfile(usersOfProfiles[site.owner.name], context)
      return Finding(
        "GW125", effect.severity, at: place, length: length,
        "Felix 2.4 does not take ICMP type or code 0 in \(site.words): \(effect.text)",
        help: "leave the field out, or use another number (D16)", subject: site.subject())
    }
  }

  private typealias Effect = (severity: Severity, text: String)

  private static func lossOfPolicy(_ endpoints: Bitset, _ context: LintContext) -> Effect {
    guard !endpoints.isEmpty else { return (.warning, "the whole policy counts as missing") }
    return (.error, "the whole policy counts as missing at \(context.words(endpoints))")
  }

  private static func lossOfProfile(_ endpoints: Bitset, _ context: LintContext) -> Effect {
    guard !endpoints.isEmpty else { return (.warning, "all rules of the profile count as missing") }
    return (.error, "all rules of the profile count as missing, so it denies at \(context.words(endpoints))")
  }

  // MARK: A slash in a profile's name

  private static func slashFindings(_ context: LintContext) -> [Finding] {
    let places = PlacesWithin("slash-in-profile-name", in: context)
    return context.hostEndpoints.compactMap { index in
      let endpoint = context.world.endpoints[index]
      guard let name = endpoint.profiles.first(where: { $0.bytes.contains(UInt8(ascii: "/")) }) else {
        return nil
      }
      let (place, length) = places.first(within: endpoint.location)
      let interface = endpoint.interfaceName.map { "interface \($0.quoted)" } ?? "its interface"
      return Finding(
        "GW125", .error, at: place, length: length,
        "Felix 2.4 ignores \(context.words(index)), as profile \(name.quoted) has \"/\" in its name: \(interface) is not policed",
        help: "give the profile a name without \"/\"", subject: Subject(endpoint.resource.id, field: ["spec", "profiles"]))
    }
  }
}

/// The endpoints that list each profile.
private struct ProfileUsers {
  private let users: [ByteString: Bitset]

  init(_ world: World) {
    var users: [ByteString: Bitset] = [:]
    for (index, endpoint) in world.endpoints.enumerated() {
      for name in endpoint.profiles { users[name, default: Bitset()].insert(index) }
    }
    self.users = users
  }

  subscript(name: ByteString) -> Bitset { users[name] ?? Bitset() }
}
