import Session
import Testing

/// Whatever is typed, the session lives and can still be used.
@Suite struct FuzzTests {
  @Test(arguments: 1...20)
  func randomLinesNeverHurt(seed: Int) throws {
    var random = RandomSession(seed: UInt64(seed) * 104_729)
    var session = ShopWorld.session()
    var collector = InputCollector()
    for number in 1...5_000 {
      for line in random.line().split(separator: "\n", omittingEmptySubsequences: false) {
        for input in collector.add(String(line), moreIsComing: random.below(2) == 0) {
          let answer = session.perform(input.text)
          #expect(!answer.hasFailed || (answer.journal.isEmpty && !answer.lines.isEmpty), "\(input.text)")
        }
      }
      if number % 50 == 0 {
        // Each change judges all watched flows; a few are enough.
        _ = try session.succeed("unwatch all")
        let line = Array(random.line().utf8)
        let completion = session.completion(of: line, cursor: random.below(line.count + 1))
        #expect(completion.range.upperBound <= line.count)
      }
    }
    _ = collector.finish()
    // Everything can be taken back, and the world is the one that was loaded.
    _ = try session.succeed("reset", "semantics documented")
    #expect(try session.succeed("changes") == "nothing differs from the files")
    #expect(try session.succeed(ShopWorld.web).contains("ALLOW"))
  }
}
