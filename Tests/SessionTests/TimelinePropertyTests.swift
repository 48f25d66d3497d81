import Foundation
import Manifests
import Reports
import Selector
import Session
import Simulator
import Testing

/// Whatever is changed can be taken back and made again, and what is saved says the same.
@Suite struct TimelinePropertyTests {
  private static let flows = (1...40).map { seed in
    var random = RandomSession(seed: UInt64(seed) * 7919)
    return random.flow()
  }

  /// Everything that can be seen of the world: all resources as YAML, and what becomes of some flows.
  private func state(_ session: inout Session) -> [String] {
    session.manifests.split(separator: "\n").map(String.init) + verdicts(&session)
  }

  private func verdicts(_ session: inout Session) -> [String] {
    Self.flows.flatMap { session.perform($0).lines }
  }

  @Test(arguments: 1...30)
  func undoAndRedoGoBackAndForth(seed: Int) throws {
    var random = RandomSession(seed: UInt64(seed))
    var session = ShopWorld.session()
    var states = [state(&session)]
    while states.count < 25 {
      let answer = session.perform(random.edit())
      // What cannot be done, or changes nothing, is no step.
      guard !answer.hasFailed, !answer.journal.isEmpty else { continue }
      states.append(state(&session))
    }
    for expected in states.dropLast().reversed() {
      #expect(!session.perform("undo").hasFailed)
      #expect(state(&session) == expected)
    }
    #expect(session.perform("undo").hasFailed)
    #expect(session.perform("changes").lines == ["nothing differs from the files"])
    for expected in states.dropFirst() {
      #expect(!session.perform("redo").hasFailed)
      #expect(state(&session) == expected)
    }
    #expect(session.perform("redo").hasFailed)
  }

  /// What is written, read by a new session, gives the same verdicts; and so do the journal's inputs on the old files.
  @Test(arguments: 31...50)
  func savingAndTheJournalLoseNothing(seed: Int) throws {
    var random = RandomSession(seed: UInt64(seed))
    var session = ShopWorld.session()
    var journal: [String] = []
    for _ in 0..<40 {
      let input = random.below(5) == 0 ? random.pick(["undo", "redo", "checkpoint x", "back x", "reset"]) : random.edit()
      journal += session.perform(input).journal
    }
    let folder = try Scratch()
    defer { folder.remove() }
    let file = folder.path("world.yaml")
    let answer = session.perform("save \(file)")
    #expect(!answer.hasFailed, "\(answer.lines)")
    #expect(session.unsavedChanges == 0)
    let loaded = loadManifests(paths: [file], strictness: .lenient)
    #expect(!loaded.hasErrors, "\(loaded.diagnostics)")
    var again = Session(loaded, paths: [file])
    #expect(withoutPlaces(verdicts(&again)) == withoutPlaces(verdicts(&session)))

    var resumed = ShopWorld.session()
    for input in journal { #expect(!resumed.perform(input).hasFailed, "\(input)") }
    #expect(resumed.manifests == session.manifests)
    #expect(withoutPlaces(verdicts(&resumed)) == withoutPlaces(verdicts(&session)))
  }

  /// Without the rules' places in files, and their numbers, which are others where a disabled rule is a comment.
  private func withoutPlaces(_ lines: [String]) -> [String] {
    lines.map { line in
      line.replacingOccurrences(of: #" \([^()]*:[0-9]+\)"#, with: "", options: .regularExpression)
        .replacingOccurrences(of: #"\[[0-9]+\]"#, with: "[N]", options: .regularExpression)
    }
  }

  /// A scenario that was saved is a world with the flows watched, as they were.
  @Test func aScenarioBringsItsFlows() throws {
    let folder = try Scratch()
    defer { folder.remove() }
    let file = folder.path("nodeport.yaml")
    var session = ShopWorld.session()
    _ = try session.succeed("watch \(ShopWorld.web); \(ShopWorld.other); \(ShopWorld.nodePort)", "save scenario \(file)")
    let loaded = loadManifests(paths: [file], strictness: .strict)
    #expect(!loaded.hasErrors, "\(loaded.diagnostics)")
    #expect(loaded.scenarios.map(\.name) == ["nodeport"])
    #expect(loaded.scenarios[0].flows.map(\.expectation.verdict) == [.allow, .deny, .allow])
    #expect(loaded.scenarios[0].flows[0].expectation.packet.decision.name == "web")
    var again = Session(loaded, paths: [file])
    let watched = again.perform("watch").lines
    #expect(watched.count == 6 && watched[0].contains("1: \(ShopWorld.web)") && watched[3].contains("DENY"))
    #expect(again.greeting.contains { $0.hasSuffix("; 3 watched flows") })
  }

  /// Ports without a protocol are read kindly and written as calicoctl takes them, and rules are numbered as they are written.
  @Test func whatIsSavedIsAcceptable() throws {
    let folder = try Scratch()
    defer { folder.remove() }
    let file = folder.path("kind.yaml")
    var session = ShopWorld.session()
    _ = try session.succeed(
      """
      apiVersion: v1
      kind: policy
      metadata: {name: kind}
      spec:
        order: 1
        selector: role == "gateway"
        ingress:
        - {action: allow, destination: {ports: [7]}}
        - {action: allow, destination: {ports: [9]}}
      """, "watch udp 203.0.113.9 -> 10.0.0.1:9 in eth0; tcp 203.0.113.9 -> 10.0.0.1:9 in eth0; \(ShopWorld.web)",
      "save scenario \(file)")
    let loaded = loadManifests(paths: [file], strictness: .strict)
    #expect(!loaded.hasErrors, "\(loaded.diagnostics)")
    #expect(loaded.scenarios[0].flows.map(\.expectation.packet.decision.rule) == [3, 2, 1])
    var again = Session(loaded, paths: [file])
    let rules = again.perform("watch").lines.compactMap { line in line.firstMatch(of: /\[([0-9])\]/).map { String($0.1) } }
    #expect(rules == ["3", "2", "1"])
  }

  /// What a scenario was saved under, and whether it still holds, is seen when it is opened.
  @Test func aScenarioKeepsItsSemantics() throws {
    let folder = try Scratch()
    defer { folder.remove() }
    let file = folder.path("my scenario.1.yaml")
    var session = ShopWorld.session()
    _ = try session.succeed(
      "semantics calico-2.4", "disable web ingress[0]", "watch \(ShopWorld.web)", "save scenario '\(file)'")
    var loaded = loadManifests(paths: [file], strictness: .strict)
    #expect(!loaded.hasErrors, "\(loaded.diagnostics)")
    // The rule's number is the one that it has in the file, where the disabled one is a comment.
    #expect(loaded.scenarios[0].flows[0].expectation.packet.decision.rule == 0)
    #expect(Session(loaded, paths: [file]).semantics == .calico24)
    #expect(Session(loaded, paths: [file], semantics: .documented).semantics == .documented)
    loaded.resources.removeAll { $0.id.kind == .policy }
    #expect(Session(loaded, paths: [file]).greeting.contains { $0.contains("1 not as the scenario expects") })
  }
}

/// A folder for one test.
struct Scratch {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("gatewalk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}
