import Selector

/// What a remedy alters besides the flow that it is for, as far as it was looked at.
package struct RemedyImpact: Sendable {
  /// Another flow that the change judges differently.
  package struct FlowChange: Sendable {
    package var flow: HostFlow
    /// The flow's place among the watched ones; `nil` for a neighbouring flow.
    package var watched: Int?
    /// `nil` if it cannot be judged; then the walker is that of the flow's host all the same.
    package var before: Verdict?
    package var after: Verdict?
    package var walkerBefore: Walker
    package var walkerAfter: Walker
  }

  /// The world after the change.
  package var world: World
  /// The other endpoints that have a changed policy or profile, or that a changed setting of their host speaks to: indices
  /// in the world, by name.
  package var alsoGoverned: [Int]
  package var watchedCount: Int
  /// Watched flows with another fate, or with the same by another rule.
  package var watchedChanges: [FlowChange]
  package var neighbourCount: Int
  /// Neighbouring flows with another fate.
  package var neighbourChanges: [FlowChange]

  package var altersNothing: Bool { watchedChanges.isEmpty && neighbourChanges.isEmpty }
}

extension Remedy {
  /// Judges other flows before and after the change: those that a person watches, and up to 200 neighbouring ones.
  ///
  /// - Parameter walker: the host before the change, as `Walker.remedy` was asked of.
  /// - Complexity: two walks a flow, and for each further host its network twice.
  package func impact(on watched: [HostFlow], from walker: Walker) -> RemedyImpact {
    var comparison = WorldComparison(before: HostWalkers(walker), after: HostWalkers(self.walker))
    let own = HostFlow(node: walker.topology.node, flow: flow)
    let governed = governedEndpoints()
    var neighbours = NeighbouringFlows(remedy: self, governed: governed, before: walker)
    let probes = neighbours.all().filter { $0 != own }
    let others = governed.subtracting(endpointsMet).map { (place: $0, name: self.walker.world.endpoints[$0].name) }
    return RemedyImpact(
      world: self.walker.world,
      alsoGoverned: others.sorted { $0.name < $1.name }.map(\.place),
      watchedCount: watched.count,
      watchedChanges: watched.enumerated().compactMap { place, flow in
        flow == own ? nil : comparison.change(of: flow, watched: place)
      },
      neighbourCount: probes.count,
      neighbourChanges: probes.compactMap { comparison.change(of: $0, watched: nil) })
  }
}

/// Judges flows in two worlds and tells which come out differently.
private struct WorldComparison {
  var before: HostWalkers
  var after: HostWalkers

  /// Of a watched flow another deciding rule counts as a change too.
  mutating func change(of flow: HostFlow, watched: Int?) -> RemedyImpact.FlowChange? {
    guard let left = before.walker(flow.node), let right = after.walker(flow.node) else { return nil }
    let (first, second) = (try? left.judge(flow.flow), try? right.judge(flow.flow))
    let isSame =
      Fate(first) == Fate(second) && (watched == nil || deciders(first, on: left) == deciders(second, on: right))
    guard !isSame else { return nil }
    return RemedyImpact.FlowChange(
      flow: flow, watched: watched, before: first, after: second, walkerBefore: left, walkerAfter: right)
  }

  private func deciders(_ verdict: Verdict?, on walker: Walker) -> [DecisionIdentity] {
    [verdict?.forward.decidedBy, verdict?.reply?.decidedBy].compactMap(\.self).map {
      DecisionIdentity($0, on: walker)
    }
  }

  private struct Fate: Equatable {
    var forward: Bool?
    var reply: Bool?

    init(_ verdict: Verdict?) {
      forward = verdict?.forward.isAllowed
      reply = verdict?.reply?.isAllowed
    }
  }
}
