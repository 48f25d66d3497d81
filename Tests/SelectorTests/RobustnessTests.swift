import Foundation
import Testing

@testable import Selector

@Suite struct RobustnessTests {
  private static let depth = 100_000

  private static func repeated(_ text: String, _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<count { bytes.append(contentsOf: text.utf8) }
    return bytes
  }

  /// Deep and long texts, with the canonical form's length and the answer for the label `a`.
  private static let extremes: [(name: String, text: [UInt8], canonicalCount: Int, matches: Bool)] = [
    ("parentheses", repeated("(", depth) + Array("has(a)".utf8) + repeated(")", depth), 6, true),
    ("negations", repeated("!", depth + 1) + Array("has(a)".utf8), 7, false),
    ("negated levels", repeated("!(", depth) + Array("has(a)".utf8) + repeated(")", depth), depth + 6, true),
    (
      "right-nested", repeated("has(b) || (has(a) && (", depth / 2) + Array("has(a)".utf8) + repeated("))", depth / 2),
      // ( has(b) || ( has(a) && … ) ), and the innermost term.
      depth / 2 * 24 + 6, true
    ),
    ("left-nested", repeated("(", depth) + Array("has(b)".utf8) + repeated(" || has(a))", depth), depth * 12 + 6, true),
    ("conjunction", repeated("has(a) && ", depth) + Array("has(b)".utf8), depth * 10 + 8, false),
    ("megabyte of value", Array("a != '".utf8) + repeated("x\n\0\u{e9}", 210_000) + Array("'".utf8), 1_050_007, true),
    (
      "set", Array("a in {".utf8) + repeated("'x',", 100_000) + Array("''}".utf8), 14, true
    ),
  ]

  /// Everything that can be done with a selector, on a thread with a 512 KB stack, like those of a pool.
  @Test func depthAndLengthGetAnAnswer() throws {
    for extreme in Self.extremes {
      let done = DispatchSemaphore(value: 0)
      let thread = Thread {
        Self.exercise(extreme.name, extreme.text, extreme.canonicalCount, extreme.matches)
        done.signal()
      }
      thread.stackSize = 512 * 1024
      thread.start()
      done.wait()
    }
  }

  private static func exercise(_ name: String, _ text: [UInt8], _ canonicalCount: Int, _ matches: Bool) {
    // The generations differ in words only, so the longest texts are tried in one of them.
    for generation in text.count < 500_000 ? SelectorGeneration.allCases : [.v2] {
      do throws(SelectorError) {
        let selector = try Selector(ByteString(bytes: text), generation: generation)
        #expect(selector.canonical.count == canonicalCount, "\(name)")
        #expect(selector.matches(["a": ""]) == matches, "\(name)")
        #expect(selector.expression.truths(for: ["a": ""]).last == matches, "\(name)")
        #expect(selector.id.utf8.count == 40 && "\(selector)".utf8.count >= canonicalCount, "\(name)")
        #expect(Set([selector, Selector.all]).count == 2, "\(name)")
        if generation == .v2 { exerciseIndex(name, selector, matches) }
      } catch {
        Issue.record("\(name): \(error)")
      }
      // Cut off, the same is an error in words, wherever it is cut.
      let half = ByteString(bytes: Array(text.dropLast(text.count / 3)))
      let error = #expect(throws: SelectorError.self) { try Selector(half, generation: generation) }
      #expect(error.map { $0.message.utf8.count < 200 } == true, "\(name)")
    }
  }

  private static func exerciseIndex(_ name: String, _ selector: Selector, _ matches: Bool) {
    var index = LabelIndex()
    for id in 0..<20 { index.setEndpoint(id, labels: ["a": ""], profiles: []) }
    let handle = index.add(selector)
    for id in 0..<2 { index.setEndpoint(id, labels: ["b": ""], profiles: []) }
    #expect(index.endpoints(of: handle) == index.endpoints(matching: selector), "\(name)")
    #expect(index.endpoints(of: handle).contains(10) == matches, "\(name)")
    index.remove(selector: handle)
  }

  @Test func valuesAreBytes() throws {
    let composed = try Selector("a == '\u{e9}'")
    #expect(composed.matches(["a": "\u{e9}"]))
    #expect(!composed.matches(["a": "e\u{301}"]))
    #expect(try Selector("a == 'e\u{301}'") != composed)
    // Bytes that are no UTF-8 are a value like any other, and stay what they are.
    let invalid = try Selector(ByteString(bytes: Array("a == \"".utf8) + [0xff, 0xc3] + Array("\"".utf8)))
    #expect(invalid.canonical.bytes.contains(0xff))
    #expect(invalid.matches(["a": ByteString(bytes: [0xff, 0xc3])]))
    #expect(!invalid.matches(["a": "\u{fffd}\u{fffd}"]))
    #expect(try Selector("a == '\r\n'").matches(["a": "\r\n"]))
    #expect(!(try Selector("a starts with '\r'", generation: .v3).matches(["a": "\n\r"])))
    #expect(try Selector("a starts with '\r'", generation: .v3).matches(["a": "\r\n"]))
    #expect(try Selector("a == 'x\0y'").matches(["a": "x\0y"]))
  }

  @Test func theTreeIsShown() throws {
    let selector = try Selector("role in {'b', 'a', 'b'} && !!!(has(x) || all())")
    let tree = selector.expression
    #expect(tree.operation(of: tree.root) == .and)
    let operands = tree.children(of: tree.root)
    #expect(operands.map { tree.operation(of: $0) } == [.isIn, .not])
    #expect(tree.label(of: operands[0]) == "role" && tree.values(of: operands[0]) == ["a", "b"])
    #expect(ByteString(selector.text.bytes[tree.range(of: operands[1])]) == "!!!(has(x) || all())")
    #expect(tree.canonical(of: operands[1]) == "!(has(x) || all())")
    #expect(tree.truths(for: ["role": "a"])[operands[0]])
    #expect(Selector.all.matches([:]) && Selector.all.text == "all()")
    #expect(try Selector("") == Selector.all)
  }
}
