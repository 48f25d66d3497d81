import Selector
package import Simulator

extension Expectation {
  /// Everything that it says, point by point: `verdict` with who decides, `path`, `out`, `reply`.
  package var points: [(name: String, text: String)] {
    var points = [(name: "verdict", text: packet.text)]
    if let path { points.append(("path", path.rawValue)) }
    if let exit { points.append(("out", exit.text)) }
    switch reply {
    case nil: break
    case .unanswered?: points.append(("reply", "none"))
    case .ruling(let ruling)?: points.append(("reply", ruling.text))
    }
    return points
  }
}

extension Expectation.Ruling {
  /// `deny by no-policy-matched`.
  package var text: String {
    decision.isEmpty ? verdict.rawValue : "\(verdict.rawValue) by \(decision.fullText)"
  }
}

extension DecisionPattern {
  /// `policy web ingress[0], normal stage of my-host/eth0`.
  package var fullText: String {
    let place: String? =
      switch (stage, endpoint) {
      case (let stage?, let endpoint?): "\(stage.rawValue) stage of \(endpoint)"
      case (let stage?, nil): "\(stage.rawValue) stage"
      case (nil, let endpoint?): "at \(endpoint)"
      case (nil, nil): nil
      }
    return [text.isEmpty ? nil : text, place].compactMap { $0 }.joined(separator: ", ")
  }
}
