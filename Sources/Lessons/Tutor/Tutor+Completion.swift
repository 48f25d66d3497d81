import Manifests
import Selector
package import Session
import Simulator

extension Tutor {
  package func completion(of line: [UInt8], cursor: Int) -> Completion {
    let typed = Array(line[..<min(cursor, line.count)])
    let start = typed.lastIndex { $0 == 0x20 || $0 == 0x0a }.map { $0 + 1 } ?? 0
    let words = typed[..<start].split { $0 == 0x20 || $0 == 0x0a }.map { String(decoding: $0, as: UTF8.self) }
    let prefix = typed[start...]
    guard let first = words.first else {
      var completion = session.completion(of: line, cursor: cursor)
      let own = TutorCommand.all.map { Completion.Candidate($0.name, note: "lesson") }
      let known = Set(own.map(\.text))
      completion.candidates =
        (own.filter { $0.text.utf8.starts(with: prefix) } + completion.candidates.filter { !known.contains($0.text) })
        .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
      return completion
    }
    guard let command = TutorCommand.all.first(where: { $0.name == first }), command.name != TutorCommand.help.name else {
      return session.completion(of: line, cursor: cursor)
    }
    let candidates = command.name == TutorCommand.predict.name ? guess(after: words.dropFirst()) : []
    return Completion(
      range: start..<typed.count,
      candidates: candidates.filter { $0.text.utf8.starts(with: prefix) }
        .sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) })
  }

  /// What may come next in a prediction.
  private func guess(after words: ArraySlice<String>) -> [Completion.Candidate] {
    let words = Array(words)
    let world = session.world
    switch words.count {
    case 0: return ["allow", "deny"].map { Completion.Candidate($0, note: "verdict") }
    case 1: return [Completion.Candidate("by")]
    case 2: return Decision.Kind.allCases.map { Completion.Candidate($0.name, note: "what decides") }
    case 3:
      if words[2] == "policy" { return world.policies.map { Completion.Candidate($0.name.text, note: "policy") } }
      if words[2] == "profile" { return world.profiles.map { Completion.Candidate($0.name.text, note: "profile") } }
      return []
    case 4:
      guard let policy = world.policies.first(where: { $0.name == ByteString(words[3]) }) else { return [] }
      return Direction.allCases.flatMap { direction in
        policy.rules(direction).enumerated().map {
          Completion.Candidate("\(direction.rawValue)[\($0)]", note: $1.action.rawValue)
        }
      }
    default: return []
    }
  }
}
