/// What a change is to bring about: the opposite of what happens to a flow now.
package enum RemedyGoal: String, Hashable, Sendable, CaseIterable {
  /// The packet shall be delivered, and its reply too, if anything answers it.
  case pass
  /// The packet shall be dropped.
  case stop
}

/// The one decision that stands in the way: what drops the packet or its reply, or what lets through a packet that is
/// to be stopped.
package struct Obstacle: Hashable, Sendable {
  package var decision: Decision
  /// Was it taken on the reply?
  package var isReply: Bool
  /// The packet as the deciding gate saw it: after DNAT in the normal and workload stages.
  package var packet: Packet
}

/// The smallest change found that turns a flow's fate, tried out before it is suggested.
package struct Remedy: Sendable {
  package let goal: RemedyGoal
  package let flow: Flow
  /// What happens now.
  package let before: Verdict
  package let obstacle: Obstacle
  /// For people, in the order in which they are met on the way. None can be left out.
  package let edits: [RemedyEdit]
  /// The same for `World.applying`; each resource once.
  package let changes: [ResourceChange]
  /// The host after the change.
  package let walker: Walker
  /// What happens after the change.
  package let verdict: Verdict
  /// Set if the other set of semantics would not give the flow the same fate after the change.
  package let dispute: RemedyDispute?
}

/// What another set of semantics makes of a flow after a change that was to turn its fate.
package struct RemedyDispute: Sendable {
  /// The host after the change, under those semantics.
  package let walker: Walker
  package let verdict: Verdict
}

/// Why no change of policy helps.
package struct NoRemedy: Sendable {
  package let goal: RemedyGoal
  /// What happens now; `nil` if the flow cannot be judged.
  package let before: Verdict?
  package let obstacle: Obstacle?
  package let limit: RemedyLimit
  /// What would have to be changed first, before the limit is met.
  package let edits: [RemedyEdit]
}

/// What is known of a flow that does not do what was wanted of it.
package enum RemedyAnswer: Sendable {
  case remedy(Remedy)
  case none(NoRemedy)
}

extension Verdict {
  /// Does the flow work: is the packet delivered, and so its reply, if anything answers it?
  package var getsThrough: Bool { forward.isAllowed && replyError == nil && reply?.isAllowed != false }
}

extension Walker {
  /// The smallest change that lets a flow through, or stops it if it gets through. A flow whose reply is dropped does
  /// not get through.
  ///
  /// - Complexity: some walks on worlds of the policies that this flow can meet, and one whole new world for each set of
  ///   semantics.
  package func remedy(for flow: Flow) -> RemedyAnswer {
    do throws(FlowError) {
      var search = try RemedySearch(flow, on: self)
      return search.run()
    } catch {
      return .none(NoRemedy(goal: .pass, before: nil, obstacle: nil, limit: .cannotBeJudged(error), edits: []))
    }
  }
}
