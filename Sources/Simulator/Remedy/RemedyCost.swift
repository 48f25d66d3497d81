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
    remoteness = plan.edits.reduce(0) { $0 + ($1.kind(in: world)?.remoteness ?? 0) }
  }

  /// Can no plan of so many edits be cheaper?
  func isLeast(of edits: Int) -> Bool { (halves, remoteness) <= (edits * Self.edit, 0) }

  static func < (left: RemedyCost, right: RemedyCost) -> Bool {
    (left.halves, left.remoteness) < (right.halves, right.remoteness)
  }
}

extension RemedyPlan {
  /// Does a new rule let packets through before connection tracking sees them?
  func opensUntracked(in world: World) -> Bool {
    edits.contains { edit in
      guard case .insert(let insertion) = edit, insertion.rule.action == .allow else { return false }
      return edit.kind(in: world) == .untracked
    }
  }
}

extension RemedyEdit {
  /// The kind of the policy of the world that is changed; `nil` if none is.
  fileprivate func kind(in world: World) -> PolicyKind? {
    switch self {
    case .insert, .enable: targets.first.flatMap { id in world.policies.first { id == ResourceID(.policy, $0.name) }?.kind }
    default: nil
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
