import Selector
package import Simulator

/// A decision for a person: what it is called with its place, and why it is so and where it was taken.
package struct DecisionText: Sendable {
  /// `policy web ingress[0] (cluster.yaml:31)`.
  package let label: String
  /// `allow tcp to port 80; normal stage of my-host/eth0`; `nil` where there is nothing to add.
  package let detail: String?
  /// The first half of `detail`: `allow tcp to port 80`; `nil` where the label says it all.
  package let why: String?
  /// Where the rule stands.
  package let location: SourceLocation?

  package init(_ decision: Decision, on walker: Walker, style: Style) {
    let name = DecisionName(decision, on: walker)
    location = name.rule?.location
    let place = location.map { Style.visible(" (\($0.fileAndLine))") } ?? ""
    label = style.bold(Style.visible(name.label)) + place
    guard decision.kind != .conntrackEstablished else {
      detail = nil
      why = nil
      return
    }
    let stage = decision.stage.map { stage in
      "\(stage.rawValue) stage" + ((name.endpoint ?? name.interface).map { " of \($0)" } ?? "")
    }
    why = Self.why(decision, name).map(Style.visible)
    detail = [why, stage.map(Style.visible)].compactMap { $0 }.joined(separator: "; ")
  }

  private static func why(_ decision: Decision, _ name: DecisionName) -> String? {
    switch decision.kind {
    case .policy, .profile: name.rule.map { RuleText(rule: $0).text }
    case .noPolicyMatched: "the policies that apply decide nothing, so the packet is dropped"
    case .noProfileMatched: "no policy applies and no profile allows it, so the packet is dropped"
    case .notPoliced: "nothing that Calico controls stands in the way"
    case .missingProfile: "a profile that does not exist denies everything"
    case .unknownWorkload: "the interface has a workload prefix and no endpoint"
    case .conntrackInvalid: "it begins no connection, and it answers no known connection"
    case .failsafe: "open whatever the policies say"
    case .conntrackEstablished, .endpointToHostAction: nil
    }
  }
}
