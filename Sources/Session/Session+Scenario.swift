import Manifests
package import Selector
package import Simulator

/// What runs a scenario asks of a session: the same edits and the same judge as a person at the prompt has.
extension Session {
  package var world: World { now.world }

  /// Everything that there is now, in the order of the input.
  package var resources: [Resource] { now.catalog.inOrder }

  /// Takes resources in, as `apply` does.
  package mutating func apply(_ resources: [Resource]) -> Answer {
    var answer = Answer()
    do throws(CommandFailure) {
      try takeIn(LoadedManifests(resources: resources), answer: &answer)
    } catch {
      answer.hasFailed = true
      answer.resultCount = answer.lines.count
      answer.say(FailureText(failure: error, input: "apply", style: style).lines)
    }
    return answer
  }

  /// Looks up what a flow's text names.
  package mutating func resolved(_ flow: String) throws(FlowTextErrors) -> (walker: Walker, flow: Flow) {
    try judge.resolve(flow)
  }

  /// What differs between the world of another session and this one's, resource by resource, as unified diffs of their YAML.
  package func difference(from before: Session) -> [String] {
    before.now.catalog.changes(to: now.catalog).flatMap { diffLines($0) }
  }

  /// The walker of a node; `nil` if the world has no such node.
  package mutating func walker(node: ByteString) -> Walker? { judge.walker(node: node) }
}
