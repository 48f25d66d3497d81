/// What speaks against a plan: of several that turn a flow's fate the cheapest is suggested.
///
/// An untracked allow takes the flow's connection, its DNAT and all later gates away and needs a counterpart for each
/// reply (S61, S95), so a flow that is tracked is only made untracked where tracked stages need three edits more. And a
/// change that the other set of semantics sees otherwise is only told where one that both agree on needs two edits more.
struct RemedyCost: Comparable {
  /// Twice the edits, so that what counts as half an edit can be added.
  private static let edit = 2
  private static let untracked = 5
  private static let disputed = 3

  private let halves: Int
  /// How far from normal, workload and profile rules the edits are, which alter least: of equally long plans the nearest.
  private let remoteness: Int

  init(_ plan: RemedyPlan, isUntracked: Bool, isDisputed: Bool, in world: World) {
    let opens = !isUntracked && plan.opensUntracked(in: world)
    halves = plan.edits.count * Self.edit + (opens ? Self.untracked : 0) + (isDisputed ? Self.disputed : 0)
    remoteness = plan.insertedKinds(in: world).reduce(0) { $0 + $1.kind.remoteness }
  }

  /// Can no plan of so many edits be cheaper?
  func isLeast(of edits: Int) -> Bool { (halves, remoteness) <= (edits * Self.edit, 0) }

  static func < (left: RemedyCost, right: RemedyCost) -> Bool {
    (left.halves, left.remoteness) < (right.halves, right.remoteness)
  }
}

extension RemedyPlan {
  /// Does an edit let packets through before connection tracking sees them?
  func opensUntracked(in world: World) -> Bool {
    insertedKinds(in: world).contains { $0.kind == .untracked && $0.action == .allow }
  }

  /// The rules that go into policies of the world: what they do, and in which kind of policy.
  fileprivate func insertedKinds(in world: World) -> [(kind: PolicyKind, action: Action)] {
    edits.compactMap { edit in
      guard case .insert(let insertion) = edit, insertion.list.owner == .policy,
        let policy = world.policies.first(where: { $0.name == insertion.list.name })
      else { return nil }
      return (policy.kind, insertion.rule.action)
    }
  }
}

extension PolicyKind {
  fileprivate var remoteness: Int {
    switch self {
    case .normal: 0
    case .preDNAT: 1
    case .untracked: 2
    }
  }
}
