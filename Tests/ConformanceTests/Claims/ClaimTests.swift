import Simulator
import Testing

/// The seed, claim by claim (SEMANTICS section 9), and the tables of sections 2 and 6.
@Suite struct ClaimTests {
  private static let groups: [[Claim]] = [
    Claim.model, Claim.defaultAndPolicy, Claim.hostEndpoints, Claim.failsafe, Claim.untracked, Claim.preDNAT,
    Claim.whenTheyApply, Claim.workedExample, Claim.ipv6,
  ]

  @Test(arguments: groups.flatMap(\.self)) func seed(claim: Claim) throws { try hold(claim) }

  @Test(arguments: Claim.differences) func differences(claim: Claim) throws { try hold(claim) }

  @Test(arguments: Claim.replyTable) func replyTable(claim: Claim) throws { try hold(claim) }

  @Test(arguments: Claim.hostToService) func hostToService(claim: Claim) throws { try hold(claim) }

  /// Every number of section 9 is tested, or listed with the reason why packets cannot tell.
  @Test func everyClaimIsCovered() {
    let numbers: [ClosedRange<Int>] = [
      1...12, 14...17, 20...30, 32...36, 38...40, 42...42, 44...46, 48...55, 57...58, 61...65, 67...67, 69...102,
      105...117,
    ]
    let all = Set(numbers.joined().map { "S\($0)" })
    let tested = Set(Self.groups.joined().map(\.id))
    let untestable = Set(Claim.untestable.keys)
    #expect(tested.isDisjoint(with: untestable))
    #expect(tested.union(untestable).symmetricDifference(all).sorted().isEmpty)
  }

  /// Every row of section 2, and every path that section 6 speaks of.
  @Test func everyRowIsCovered() {
    let rows = (Array(1...12) + [15, 16]).map { "D\($0)" }
    #expect(Set(Claim.differences.map(\.id)).symmetricDifference(rows).sorted().isEmpty)
    #expect(Set(Claim.replyTable.map(\.id)) == ["K1", "K2", "K3", "K4", "K5"])
  }

  /// A packet meets the first gates before its path is known, so paths from one origin must list the same ones.
  @Test(arguments: Semantics.all) func pathsFromOneOriginPartAtRouting(semantics: Semantics) {
    let groups: [[Path]] = [
      [.toHost, .toWorkload, .forwarded], [.fromHost, .hostToWorkload],
      [.workloadToHost, .fromWorkload, .workloadToWorkload],
    ]
    for paths in groups {
      let first = paths.map { path in
        (semantics.gates[path] ?? []).filter(\.stage.isBeforeRouting).map { gate in
          var gate = gate
          gate.claim = ""
          return gate
        }
      }
      #expect(Set(first).count == 1, "\(semantics.name): \(paths) differ before routing")
    }
  }

  private func hold(_ claim: Claim, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
    let problems = try ClaimRunner(claim).problems()
    #expect(
      problems.isEmpty,
      "\(claim.id): \(problems.joined(separator: "\n"))",
      sourceLocation: sourceLocation
    )
    #expect(!claim.checks.isEmpty, "a claim without packets proves nothing", sourceLocation: sourceLocation)
  }
}

extension Claim {
  /// Claims that no packet can show, each with the reason.
  static let untestable: [String: String] = [
    "S54": "that a host may become inaccessible is a consequence of S53 to warn of, for lint",
    "S55": "that the agent may lose its etcd is a consequence of S53 to warn of, for lint",
  ]
}
