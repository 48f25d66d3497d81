import Reports
import Selector
import Testing

/// A difference is right when it leads from the one text to the other.
@Suite struct UnifiedDiffTests {
  private struct Source: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  /// Applies a difference as `patch` does, and takes nothing that is not exactly right.
  private func apply(_ diff: [String], to old: [ByteString]) throws -> [ByteString] {
    guard !diff.isEmpty else { return old }
    try #require(diff.count > 2 && diff[0] == "--- a" && diff[1] == "+++ b")
    var result: [ByteString] = []
    var place = 0
    var left = (old: 0, new: 0)
    for line in diff.dropFirst(2) {
      let text = ByteString(bytes: Array(line.utf8.dropFirst()))
      if left == (0, 0) {
        let numbers = line.split { !$0.isNumber }.compactMap { Int($0) }
        try #require(numbers.count == 4 && line == "@@ -\(numbers[0]),\(numbers[1]) +\(numbers[2]),\(numbers[3]) @@")
        let start = numbers[1] == 0 ? numbers[0] : numbers[0] - 1
        try #require(start >= place && start <= old.count)
        result += old[place..<start]
        place = start
        // The new text's line numbers must be what they come to.
        try #require(result.count == (numbers[3] == 0 ? numbers[2] : numbers[2] - 1))
        left = (numbers[1], numbers[3])
        continue
      }
      let kind = try #require(line.utf8.first)
      if kind != UInt8(ascii: "+") {
        try #require(place < old.count && old[place] == text)
        place += 1
        left.old -= 1
      }
      if kind != UInt8(ascii: "-") {
        result.append(text)
        left.new -= 1
      }
    }
    try #require(left == (0, 0))
    return result + old[place...]
  }

  private func check(_ old: [ByteString], _ new: [ByteString], context: Int = 3) throws -> [String] {
    let diff = UnifiedDiff(from: old, to: new, context: context)
    let lines = diff.lines(old: "a", new: "b", style: .plain)
    #expect(diff.isEmpty == (old == new) && lines.isEmpty == (old == new))
    #expect(try apply(lines, to: old) == new)
    return lines
  }

  @Test func leadsFromOneToTheOther() throws {
    var random = Source(state: 7)
    for _ in 0..<3_000 {
      let kinds = Int.random(in: 1...12, using: &random)
      func text() -> [ByteString] {
        (0..<Int.random(in: 0..<40, using: &random)).map { _ in ByteString("\(Int.random(in: 0..<kinds, using: &random))") }
      }
      let old = text()
      // Half of the time a few lines of the old one changed, else another text.
      var new = old
      if Bool.random(using: &random) {
        for _ in 0..<3 where !new.isEmpty {
          let place = Int.random(in: 0..<new.count, using: &random)
          if Bool.random(using: &random) { new.remove(at: place) } else { new.insert("new", at: place) }
        }
      } else {
        new = text()
      }
      _ = try check(old, new, context: Int.random(in: 0...4, using: &random))
    }
  }

  /// Too long to be compared exactly: cut at lines that are there once, or replaced as a whole.
  @Test func longTexts() throws {
    let long = (0..<6_000).map { ByteString($0 % 3 == 0 ? "same" : "line \($0)") }
    var edited = long
    edited[5] = "x"
    edited.remove(at: 3_000)
    edited.append("end")
    #expect(try check(long, edited).count == 24)
    var moved = long
    moved.swapAt(10, 5_000)
    #expect(try check(long, moved).count < 60)
    _ = try check(long, long.reversed())
    _ = try check(long, (0..<6_000).map { ByteString("other \($0)") })
    _ = try check(Array(repeating: "same", count: 3_000), Array(repeating: "same", count: 2_500) + ["x", "same"])
  }

  @Test func isWhatDiffWrites() {
    let old = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n"
    let new = "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl"
    let diff = UnifiedDiff(from: old, to: new)
    let expected = """
      --- old.yaml
      +++ new.yaml
      @@ -1,5 +1,5 @@
       a
      -b
      +B
       c
       d
       e
      @@ -9,3 +9,4 @@
       i
       j
       k
      +l
      """
    #expect(diff.lines(old: "old.yaml", new: "new.yaml", style: .plain).joined(separator: "\n") == expected)
    // Six lines between two changes: their contexts touch.
    let touching = UnifiedDiff(from: "1\na\nb\nc\nd\ne\nf\n2\n", to: "a\nb\nc\nd\ne\nf\n")
    #expect(touching.lines(old: "", new: "", style: .plain).count { $0.hasPrefix("@@") } == 1)
    let apart = UnifiedDiff(from: "1\na\nb\nc\nd\ne\nf\ng\n2\n", to: "a\nb\nc\nd\ne\nf\ng\n")
    #expect(apart.lines(old: "", new: "", style: .plain).count { $0.hasPrefix("@@") } == 2)
  }

  @Test func linesAreBytes() throws {
    // Canonically equivalent, and two different lines all the same.
    #expect(try check(["\u{e9}"], ["e\u{301}"]).count == 5)
    #expect(try check(["a\r"], ["a"]).count == 5)
    #expect(UnifiedDiff(from: "a\n", to: "a").isEmpty && UnifiedDiff(from: "", to: "").isEmpty)
    #expect(try check([], ["a"]) == ["--- a", "+++ b", "@@ -0,0 +1,1 @@", "+a"])
  }

  @Test func colourIsForChanges() {
    let style = Style(hasColour: true)
    let lines = UnifiedDiff(from: "a\n\u{1b}b\n", to: "a\nc\n").lines(old: "o", new: "n", style: style)
    #expect(lines.suffix(3) == [" a", style.bad("-\u{fffd}b"), style.good("+c")])
  }
}
