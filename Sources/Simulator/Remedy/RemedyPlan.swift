import Selector

/// Edits under trial. Insertions are kept by where they go in the lists as they are now, so that any of them can be left
/// out without moving the others.
struct RemedyPlan: Sendable {
  private(set) var edits: [RemedyEdit] = []

  /// The plan with one edit more. A rule for a policy or profile that the plan itself creates becomes part of that.
  func appending(_ edit: RemedyEdit) -> RemedyPlan {
    var plan = self
    guard case .insert(let insertion) = edit,
      let creation = edits.firstIndex(where: { $0.created == insertion.list.resource })
    else {
      plan.edits.append(edit)
      return plan
    }
    plan.edits[creation] = edits[creation].inserting(insertion)
    return plan
  }

  func removing(at place: Int) -> RemedyPlan {
    var plan = self
    plan.edits.remove(at: place)
    return plan
  }

  /// What an index in a list after these edits is in the list as it is now.
  func anchor(of index: Int, in list: RuleList) -> Int {
    index - placed.filter { $0.list == list && $0.index < index }.count
  }

  /// Can the plan change which policies apply?
  var changesLabels: Bool { edits.contains(where: \.changesLabels) }

  /// The edits, each insertion with the index that it will have.
  var placedEdits: [RemedyEdit] {
    var insertions = placed[...]
    return edits.map { edit in
      guard case .insert = edit, let placed = insertions.popFirst() else { return edit }
      return .insert(placed)
    }
  }

  /// The insertions in the order of the edits. Of two for one place the earlier goes first.
  private var placed: [RuleInsertion] {
    let insertions = edits.compactMap { edit in if case .insert(let insertion) = edit { insertion } else { nil } }
    return insertions.enumerated().map { number, insertion in
      var insertion = insertion
      insertion.index =
        insertion.anchor
        + insertions.enumerated().count { other, that in
          that.list == insertion.list && (that.anchor, other) < (insertion.anchor, number)
        }
      return insertion
    }
  }
}

// MARK: - Changes of resources

extension RemedyPlan {
  /// The changes that the edits come to, each resource once; `nil` if an edit speaks of something that is not there.
  func changes(in world: World) -> [ResourceChange]? {
    var order: [ResourceID] = []
    var after: [ResourceID: Resource] = [:]
    for edit in edits.filter({ $0.created != nil }) + edits.filter({ $0.created == nil && !$0.isInsertion })
      + placed.sorted(by: { $0.index < $1.index }).map(RemedyEdit.insert)
    {
      for id in edit.targets {
        if !order.contains(id) { order.append(id) }
        guard let changed = edit.applied(to: after[id] ?? world.resource(id), id) else { return nil }
        after[id] = changed
      }
    }
    return order.map { ResourceChange($0, from: world.resource($0), to: after[$0]) }
  }
}

extension World {
  /// The policy, profile, endpoint or host document with this identity.
  func resource(_ id: ResourceID) -> Resource? {
    switch id.kind {
    case .policy: policies.first { $0.name == id.name }.map(Resource.policy)
    case .profile: profile(named: id.name).map { .profile(profiles[$0]) }
    case .hostEndpoint, .workloadEndpoint: endpoint(id).map { endpoints[$0].resource }
    case .host: host(named: id.name).map(Resource.host)
    case .node, .ipPool, .bgpPeer: nil
    }
  }
}
