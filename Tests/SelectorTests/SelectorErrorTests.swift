import Testing

@testable import Selector

/// A text that is no selector, with what has to be said of it. The offending part stands between `«` and `»` in the text.
struct Mistake: CustomTestStringConvertible, Sendable {
  var marked: String
  var generations: [SelectorGeneration]
  var message: String
  var help: String?

  init(_ marked: String, in generations: [SelectorGeneration] = [.v2, .v3], _ message: String, help: String? = nil) {
    self.marked = marked
    self.generations = generations
    self.message = message
    self.help = help
  }

  var testDescription: String { marked }

  /// The text without marks, and the place that they mark.
  var parts: (text: ByteString, range: Range<Int>) {
    let before = marked.prefix { $0 != "«" }.utf8.count
    let inside = marked.drop { $0 != "«" }.dropFirst().prefix { $0 != "»" }.utf8.count
    return (ByteString(marked.filter { $0 != "«" && $0 != "»" }), before..<before + inside)
  }

  static let all: [Mistake] = [
    // Found while cutting into tokens.
    Mistake("role «=» \"db\"", "found a single =", help: "write =="),
    Mistake("a ==«=» 'b'", "found a single =", help: "write =="),
    Mistake("a «&» b", "found a single &", help: "write &&"),
    Mistake("has(a) «|» has(b)", "found a single |", help: "write ||"),
    Mistake("a == «\"b»", "no closing quote", help: "knows no escapes"),
    Mistake("a == \"it\"«'»", "no closing quote"),
    Mistake("role == «“»web”", in: [.v2, .v3], "unexpected character \"“\"", help: "straight quotes"),
    Mistake("role == «‘»web’", in: [.v2, .v3], "unexpected character \"‘\"", help: "straight quotes"),
    Mistake("has(a)«\n»&& has(b)", "unexpected character \"\\n\"", help: "only spaces and tabs"),
    Mistake("has(a) &&«\r»\nhas(b)", "unexpected character \"\\r\"", help: "only spaces and tabs"),
    Mistake("«\u{0}»has(a)", "unexpected character \"\\u{0}\""),
    Mistake("«é» == 'a'", "unexpected character \"é\"", help: "labels are made of"),
    Mistake("a in «[»'b']", in: [.v2], "unexpected character \"[\"", help: "braces"),
    Mistake("a «<» '5'", in: [.v2], "unexpected character \"<\"", help: "compared as text"),
    Mistake("a «<» '5'", in: [.v3], "after label \"a\", found \"<\""),
    // A problem of that kind wins over a misplaced token before it.
    Mistake(") has( && «#»", in: [.v2], "unexpected character \"#\"", help: "no comments"),
    Mistake("a b «=» c", in: [.v2], "found a single ="),
    Mistake("has(«»", in: [.v3], "expected a label after has("),
    Mistake("has(«%»)", in: [.v3], "expected a label after has(", help: "has(role)"),
    Mistake("has(a «b»)", in: [.v3], "expected ) to close has(, found \"b\"", help: "one label"),
    Mistake("has(a«»", in: [.v3], "expected ) to close has(, found the end"),
    Mistake("all(«x»)", in: [.v3], "expected ) to close all(", help: "nothing stands between"),
    Mistake("global(«x»)", in: [.v3], "expected ) to close global(", help: "nothing stands between"),
    Mistake("a «frob» \"b\"", "after label \"a\", found \"frob\""),
    // Found while putting tokens together.
    Mistake("role == «web»", "expected a quoted value, found \"web\"", help: "quote the value: \"web\""),
    Mistake("role == «8080»", "found \"8080\"", help: "quote the value: \"8080\""),
    Mistake("role ==«»", "expected a quoted value, found the end of the selector"),
    Mistake("role == «has(a)»", "found \"has(a)\"", help: "stands in quotes"),
    Mistake("role in «\"db\"»", "expected a set in braces", help: "in {\"a\", \"b\"}"),
    Mistake("role not in «(»\"a\")", "expected a set in braces, found \"(\"", help: "in braces"),
    Mistake("role in {\"a\" «\"b\"»}", "expected } to close the set", help: "commas"),
    Mistake("role in {\"a\",«,»}", "expected } to close the set, found \",\"", help: "one comma"),
    Mistake("role in {«web»}", "expected } to close the set", help: "quote the value: \"web\""),
    Mistake("role in {\"a\"«»", "expected } to close the set, found the end"),
    Mistake("role«»", "after label \"role\", found the end", help: "has(role)"),
    Mistake("(role«)»", "after label \"role\", found \")\"", help: "has(role)"),
    Mistake("role «&&» has(b)", "after label \"role\"", help: "has(role)"),
    Mistake("has«(»)", in: [.v2], "after label \"has\"", help: "one label in it"),
    Mistake("has «(»a)", "after label \"has\", found \"(\"", help: "without blank"),
    Mistake("all «(»)", "after label \"all\"", help: "write all() without blank"),
    Mistake("global«(»)", in: [.v2], "after label \"global\"", help: "Calico v2 has no global()"),
    Mistake("a «contains» 'b'", in: [.v2], "after label \"a\", found \"contains\"", help: "Calico v2 has no contains"),
    Mistake("a «starts» with 'b'", in: [.v2], "after label \"a\"", help: "Calico v2 has no contains"),
    Mistake("a == 'b' «and» c == 'd'", in: [.v2], "found \"and\"", help: "write && for and"),
    Mistake("has(a) «or» has(b)", in: [.v2], "found \"or\"", help: "write || for or"),
    Mistake("(has(a) «and» has(b))", in: [.v2], "expected ) or an operator", help: "write && for and"),
    Mistake("not «has(a)»", in: [.v2], "after label \"not\"", help: "write ! before the term"),
    Mistake("(a == 'b'«»", "expected ) or an operator, found the end", help: "opened at byte 1 is not closed"),
    Mistake("has(x) && ((a == 'b') || has(c)«»", "expected ) or", help: "opened at byte 11 is not closed"),
    Mistake("(a == 'b')«)»", "found \")\"", help: "no parenthesis is open"),
    Mistake("a == 'b' «'c'»", "expected && or ||"),
    Mistake("has(a) &&«»", "expected a term, found the end", help: "missing after the last operator"),
    Mistake("!«»", "expected a term, found the end"),
    Mistake("(«)»", "expected a term, found \")\""),
    Mistake("«\"db\"» == role", in: [.v2], "expected a term", help: "the label stands on the left"),
    Mistake("«in» == 'a'", in: [.v2], "expected a term, found \"in\"", help: "only has() takes such a label"),
    Mistake("«in»-cluster == 'a'", in: [.v2], "expected a term, found \"in\""),
  ]
}

@Suite struct SelectorErrorTests {
  @Test(arguments: Mistake.all)
  func mistakeIsUnderlined(_ mistake: Mistake) {
    let (text, range) = mistake.parts
    for generation in mistake.generations {
      do throws(SelectorError) {
        _ = try Selector(text, generation: generation)
        Issue.record("\(generation) accepts \(text)")
      } catch {
        #expect(error.range == range, "\(generation): \(error)")
        #expect(error.found.bytes == Array(text.bytes[range]))
        #expect(error.message.contains(mistake.message), "\(error.message)")
        if let help = mistake.help { #expect(error.help?.contains(help) == true, "\(error.help ?? "no help")") }
      }
    }
  }

  /// Whatever is wrong, the place lies in the text and the words keep to the style.
  @Test func everyErrorIsWellFormed() throws {
    var random = SeededGenerator(state: 40)
    let pieces = [
      "a", "has(a)", "has(", "all()", "global()", "==", "!=", "!", "&&", "||", "(", ")", "{", "}", ",", "'b'", "\"",
      "in",
      "not in", "contains", "starts with", " ", "\t", "\n", "é", "=", "&", "\u{0}", "“",
      String(repeating: "l", count: 513),
    ]
    var failures = 0
    for _ in 0..<6_000 {
      var bytes = (0..<Int.random(in: 0...7, using: &random)).flatMap { _ in
        Array(pieces.randomElement(using: &random)!.utf8)
      }
      if Int.random(in: 0..<5, using: &random) == 0 { bytes.append(UInt8.random(in: 128...255, using: &random)) }
      for generation in SelectorGeneration.allCases {
        do throws(SelectorError) {
          let selector = try Selector(ByteString(bytes: bytes), generation: generation)
          #expect((try? Selector(selector.canonical, generation: generation)) != nil)
        } catch {
          failures += 1
          #expect(0 <= error.range.lowerBound && error.range.upperBound <= bytes.count)
          #expect(error.found.bytes == Array(bytes[error.range]))
          for line in [error.message, error.help ?? "none"] {
            #expect(!line.contains("\n") && !line.hasSuffix(".") && line.utf8.count < 200, "\(line)")
          }
        }
      }
    }
    #expect(failures > 6_000)
  }

  @Test(arguments: SelectorGeneration.allCases)
  func labelsHaveAtMost512Bytes(_ generation: SelectorGeneration) throws {
    let longest = String(repeating: "x", count: 512)
    #expect(try Selector(ByteString("\(longest) == 'a'"), generation: generation).matches([ByteString(longest): "a"]))
    #expect(try Selector(ByteString("has(\(longest))"), generation: generation).matches([ByteString(longest): ""]))
    let error = #expect(throws: SelectorError.self) {
      try Selector(ByteString("\(longest)y == 'a'"), generation: generation)
    }
    // Calico v2 cuts such a label in two; v3 says what is wrong with it.
    #expect(error?.range == (generation == .v2 ? 512..<513 : 0..<513))
    #expect(error.map { ($0.help ?? $0.message).contains("512 bytes") } == true)
  }
}
