import Foundation
import Manifests
import Reports
import Simulator
import Testing

/// The commands that a scenario's README shows, with the answers that it promises.
struct ScenarioReadme {
  struct Command {
    var flow: String
    var semantics: Semantics
    /// `ALLOW by policy webserver ingress[0]`.
    var answer: String
  }

  let folder: String
  let commands: [Command]

  init(folder: String) throws {
    self.folder = folder
    let url = Manifest.scenarios.appendingPathComponent("\(folder)/README.md")
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
    commands = try zip(lines, lines.dropFirst()).compactMap { line, answer in
      guard line.hasPrefix("$ ") else { return nil }
      let parts = line.split(separator: "'").map(String.init)
      try #require(parts.count == 3 && parts[0] == "$ gatewalk trace ", "unlike the other commands: \(line)")
      let name = parts[2].split(separator: " ").last.map(String.init)
      let isDefault = parts[2] == " -f Scenarios/\(folder)"
      if !isDefault { try #require(parts[2] == " -f Scenarios/\(folder) --semantics \(name ?? "")") }
      return Command(
        flow: parts[1],
        semantics: try isDefault ? .documented : #require(Semantics.named(name ?? "")),
        answer: answer
      )
    }
  }

  /// What the commands answer, where it is something else.
  func problems() throws -> [String] {
    let loaded = try Manifest.scenario(folder).files().map { decodeManifests($0, strictness: .lenient) }
    let world = World(loaded.flatMap(\.resources))
    return try commands.compactMap { command in
      let text = try FlowText(command.flow)
      let node = try FlowResolver.node(of: text, source: command.flow, in: world)
      let walker = Walker(world: world, node: node, semantics: command.semantics)
      let verdict = try walker.judge(FlowResolver(text, source: command.flow, on: walker).resolve()).forward
      let label = DecisionName(verdict.decidedBy, on: walker).label
      let answer = "\(verdict.isAllowed ? "ALLOW" : "DENY") by \(label)"
      return answer == command.answer ? nil : "\(command.flow): \(answer), promised \(command.answer)"
    }
  }
}
