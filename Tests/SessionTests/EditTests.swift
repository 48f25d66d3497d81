import Session
import Synchronization
import Testing

/// Editing with an editor that gives back what a test says.
@Suite struct EditTests {
  /// Answers with one text after another.
  final class Editor: Sendable {
    private let texts: Mutex<[@Sendable (String) -> String]>
    let shown = Mutex<[String]>([])
    let asked = Mutex(0)
    let kept = Mutex<[String]>([])

    init(_ texts: [@Sendable (String) -> String]) {
      self.texts = Mutex(texts)
    }

    /// - Parameter again: the answer to the question whether to edit again; `nil` for Enter alone.
    func environment(again: Bool?) -> SessionEnvironment {
      SessionEnvironment(
        edit: { _, text in
          self.texts.withLock { texts in texts.isEmpty ? .failed("no editor") : .text(texts.removeFirst()(text)) }
        },
        confirm: { _, assumesYes in
          self.asked.withLock { $0 += 1 }
          return again ?? assumesYes
        },
        keep: { text in
          self.kept.withLock { $0.append(text) }
          return "/kept.yaml"
        },
        show: { lines in self.shown.withLock { $0 += lines } })
    }
  }

  @Test func anEditIsAStep() throws {
    let editor = Editor([{ $0.replacingFirst("ports: [80]", with: "ports: [80, 8443]") }])
    var session = ShopWorld.session(editor.environment(again: false))
    let answer = session.perform("edit web")
    #expect(answer.lines.contains { $0.contains("changed policy web") })
    #expect(answer.journal.first?.hasPrefix("apply <<") == true)
    #expect(try session.succeed(ShopWorld.other).contains("ALLOW"))
    #expect(try session.succeed("undo", ShopWorld.other).contains("DENY"))
  }

  @Test func aMistakeIsShownAndMayBeMended() throws {
    let editor = Editor([
      { $0.replacingFirst("action: allow", with: "action: alow") },
      { $0.replacingFirst("action: alow", with: "action: allow") },
      { $0 },
    ])
    var session = ShopWorld.session(editor.environment(again: nil))
    let answer = session.perform("edit web")
    #expect(!answer.hasFailed && editor.kept.withLock { $0.isEmpty })
    #expect(editor.shown.withLock { $0.contains { $0.contains("alow") } } && editor.asked.withLock { $0 } == 1)
    // What came back in the end says what was there before.
    #expect(answer.lines.contains { $0.contains("nothing changed") })
  }

  @Test func aMistakeThatStaysChangesNothing() throws {
    let editor = Editor([{ _ in "nonsense" }])
    var session = ShopWorld.session(editor.environment(again: false))
    let answer = session.perform("edit web")
    #expect(answer.hasFailed && answer.lines.contains { $0.contains("your text is kept in /kept.yaml") })
    #expect(editor.kept.withLock { $0 } == ["nonsense"])
    #expect(try session.succeed("changes").contains("nothing differs"))
  }

  /// An editor that fails when it is asked again does not take the text with it.
  @Test func aMistakeIsKeptWhereTheEditorFails() throws {
    let editor = Editor([{ _ in "nonsense" }])
    var session = ShopWorld.session(editor.environment(again: true))
    #expect(session.perform("edit web").lines.contains { $0.contains("kept in /kept.yaml") })
    #expect(editor.kept.withLock { $0 } == ["nonsense"])
  }

  @Test func theNameMustStay() throws {
    let editor = Editor([{ $0.replacingFirst("name: web", with: "name: wob") }])
    var session = ShopWorld.session(editor.environment(again: false))
    #expect(session.perform("edit web").hasFailed)
    #expect(editor.shown.withLock { $0.contains { $0.contains("no longer in the text") } })
  }

  /// YAML has no word for it, so an edit would lose it.
  @Test func whatIsDisabledIsNotEdited() throws {
    var session = ShopWorld.session(Editor([{ $0 }]).environment(again: true))
    _ = try session.succeed("disable web ingress[0]")
    let answer = session.perform("edit web")
    #expect(answer.hasFailed && answer.lines.contains { $0.contains("enable it first") })
  }

  @Test func noEditorIsSaid() throws {
    var session = ShopWorld.session(Editor([]).environment(again: true))
    let answer = session.perform("edit web")
    #expect(answer.hasFailed && answer.lines.contains { $0.contains("no editor") })
  }
}

extension String {
  func replacingFirst(_ part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return replacingCharacters(in: range, with: other)
  }

  private func replacingCharacters(in range: Range<String.Index>, with other: String) -> String {
    var copy = self
    copy.replaceSubrange(range, with: other)
    return copy
  }
}
