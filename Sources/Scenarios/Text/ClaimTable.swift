import Reports
import Selector
import Simulator

/// The claims of the documentation, and the scenarios that cover each.
package struct ClaimTable {
  private let suite: ScenarioSuite

  package init(_ suite: ScenarioSuite) {
    self.suite = suite
  }

  package var lines: [String] {
    var table = TextTable()
    var covered = 0
    for claim in Claim.all {
      let scenarios = suite.scenarios.filter { $0.scenario.claims.contains(ByteString(claim.id)) }
      if !scenarios.isEmpty { covered += 1 }
      let places = scenarios.compactMap(\.scenario.location?.fileAndLine).joined(separator: ", ")
      let who = scenarios.isEmpty ? (claim.isTestable ? "nobody" : "(no packet can show it: lint)") : places
      table.add([.init(claim.id), .init(claim.says), .init(Style.visible(who))])
    }
    let testable = Claim.all.count { $0.isTestable }
    return table.lines(indent: 0) + ["\(covered) of \(testable) claims that packets can show are covered"]
  }
}

/// Scenarios with their place and what they hold.
package struct ScenarioTable {
  private let suite: ScenarioSuite

  package init(_ suite: ScenarioSuite) {
    self.suite = suite
  }

  package var lines: [String] {
    var table = TextTable()
    for loaded in suite.scenarios {
      let scenario = loaded.scenario
      let count = scenario.flows.count + scenario.invariants.count
      table.add([
        .init(Style.visible(scenario.location?.fileAndLine ?? "")), .init(Style.visible(scenario.name.text)),
        .init("\(count) \(count == 1 ? "check" : "checks")"), .init(scenario.claims.map(\.text).joined(separator: " ")),
      ])
    }
    return table.lines(indent: 0)
  }
}
