import Selector
import Simulator

extension LintRule {
  static let missingOrUnusedProfile = LintRule(
    id: "GW122", name: "missing-or-unused-profile", severity: .error,
    summary: "profile that an endpoint lists and that does not exist: it denies everything; or one that no endpoint lists",
    claims: ["S36", "S42"],
    basis: "a profile that is referenced and does not exist stands for one that denies everything in both directions",
    explanation: """
      An endpoint lists a profile that does not exist. Calico puts one in its place that denies everything, so a packet that
      reaches it is dropped. It is reached where no normal policy selects the endpoint, or where one passes, and no profile
      before it accepts everything. The other way round, a profile that no endpoint lists does nothing.

      ```yaml
      apiVersion: v1
      kind: hostEndpoint
      metadata: {name: eth0, node: my-host}
      spec: {interfaceName: eth0, profiles: [prodution]}
      ```

      Correct the name, or create the profile:

      ```yaml
      apiVersion: v1
      kind: profile
      metadata: {name: prodution}
      spec:
        ingress: [{action: allow}]
        egress: [{action: allow}]
      ```
      """
  ) { context in
    ProfileUse(context).missing + ProfileUse(context).unused
  }
}

private struct ProfileUse {
  private let context: LintContext
  private var world: World { context.world }

  init(_ context: LintContext) {
    self.context = context
  }

  // MARK: Missing

  /// One finding per missing profile, at the first endpoint that asks it.
  var missing: [Finding] {
    let reaching = endpointsReachingProfiles
    var askedBy: [ByteString: [Int]] = [:]
    for index in world.endpoints.indices where reaching.contains(index) {
      if let name = firstMissing(world.endpoints[index]) { askedBy[name, default: []].append(index) }
    }
    return askedBy.map { name, endpoints in
      let sorted = endpoints.sorted { place($0) < place($1) }
      let first = world.endpoints[sorted[0]]
      let others = sorted.count > 1 ? ", and of \(sorted.count - 1) more" : ""
      return Finding(
        "GW122", .error, at: first.location,
        "profile \(name.quoted) of \(context.words(sorted[0]))\(others) does not exist: all that reaches it is denied",
        help: help(name), subject: Subject(first.resource.id, field: ["spec", "profiles"]),
        related: context.related(sorted.dropFirst()))
    }
  }

  private func place(_ endpoint: Int) -> (String, Int, Int) {
    let location = world.endpoints[endpoint].location
    return (location?.file ?? "", location?.line ?? 0, location?.column ?? 0)
  }

  private func help(_ name: ByteString) -> String {
    let close = closestName(to: name.text, among: world.profiles.map(\.name.text))
    return (close.map { "did you mean \"\($0)\"? " } ?? "") + "create the profile, or take it from the endpoint's list"
  }

  /// The endpoints whose profiles are asked: they govern an interface, and no normal policy stands before the profiles, or one
  /// of those passes.
  private var endpointsReachingProfiles: Bitset {
    var governed = Bitset()
    var passed = Bitset()
    for (index, policy) in world.policies.enumerated() where policy.kind == .normal {
      governed.formUnion(context.selected[index])
      if (policy.ingress + policy.egress).contains(where: { $0.action == .pass && !$0.isDisabled }) {
        passed.formUnion(context.selected[index])
      }
    }
    return context.governing.subtracting(governed.subtracting(passed))
  }

  /// The first profile of an endpoint that does not exist, unless one before it accepts everything.
  private func firstMissing(_ endpoint: Endpoint) -> ByteString? {
    for name in endpoint.profiles {
      guard let index = world.profile(named: name) else { return name }
      if acceptsEverything(world.profiles[index]) { return nil }
    }
    return nil
  }

  private func acceptsEverything(_ profile: Profile) -> Bool {
    Direction.allCases.allSatisfy { direction in
      profile.rules(direction).first { !$0.isDisabled && $0.action != .log }.map { rule in
        rule.action == .allow && rule.isUnconditional
      } ?? false
    }
  }

  // MARK: Unused

  /// Nothing is said where the world has no endpoints: they are then in other files.
  var unused: [Finding] {
    guard !world.endpoints.isEmpty else { return [] }
    let used = Set(world.endpoints.flatMap(\.profiles))
    return world.profiles.filter { !used.contains($0.name) }.map { profile in
      Finding(
        "GW122", .info, at: profile.location, "no endpoint lists profile \(profile.name.quoted): it does nothing",
        help: "list it in an endpoint's spec.profiles, or delete it", subject: Subject(Resource.profile(profile).id))
    }
  }
}
