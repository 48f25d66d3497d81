import Lint
import Testing

@Suite struct LintRuleTests {
  @Test func `ids are stable names in order, and every rule is explained`() {
    let ids = LintRule.all.map(\.id)
    #expect(ids == ids.sorted() && Set(ids).count == ids.count)
    for rule in LintRule.all {
      #expect(rule.id.wholeMatch(of: /GW[0-9]{3}/) != nil)
      #expect(rule.name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(rule.id)")
      #expect(!rule.basis.isEmpty && rule.explanation.contains("```yaml"), "\(rule.id)")
    }
  }
}
