import Selector
import Simulator
import Testing

/// The tables of gates, read as data.
@Suite struct SemanticsTests {
  @Test(arguments: Semantics.all.map(\.name))
  func everyPathHasGatesAndSharesThoseBeforeRouting(name: String) throws {
    let semantics = try #require(Semantics.named(name))
    for path in Path.allCases {
      let gates = semantics.gates[path] ?? []
      #expect(!gates.isEmpty)
      let asked = gates.filter { $0.neverBecause == nil }
      let before = asked.filter(\.stage.isBeforeRouting)
      // What stands before routing cannot depend on where the packet will go.
      let shared = semantics.gatesBeforeRouting(from: origin(of: path))
      #expect(before.map(withoutClaim) == shared.map(withoutClaim), "\(path)")
      #expect(asked == before + asked.filter { !$0.stage.isBeforeRouting }, "\(path): gates in the order of the stages")
      #expect(gates.allSatisfy { !$0.claim.isEmpty })
    }
  }

  private func withoutClaim(_ gate: Gate) -> Gate {
    var gate = gate
    gate.claim = ""
    return gate
  }

  private func origin(of path: Path) -> Path.Origin {
    switch path {
    case .toWorkload, .toHost, .forwarded: .hostInterface
    case .fromHost, .hostToWorkload: .host
    case .fromWorkload, .workloadToWorkload, .workloadToHost: .workload
    }
  }

  /// The two sets differ where SEMANTICS section 2 says and nowhere else.
  @Test func differencesAreTheListedOnes() {
    let (documented, felix) = (Semantics.documented, Semantics.calico24)
    let different = Path.allCases.filter { documented.gates[$0] != felix.gates[$0] }
    #expect(different == [.forwarded, .fromHost, .hostToWorkload])
    #expect(documented.failsafeInbound.map(\.port) == [22])
    #expect(felix.failsafeInbound.map(\.port) == [22, 68])
    #expect(documented.failsafeOutbound.map(\.port) == [2379, 2380, 4001, 7001])
    #expect(felix.failsafeOutbound.map(\.port) == [2379, 2380, 4001, 7001, 53, 67])
    #expect(documented.defaultEndpointToHostAction == felix.defaultEndpointToHostAction)
    #expect(!documented.dropsRulesWithICMPZero && felix.dropsRulesWithICMPZero)
  }

  /// A policy or profile with a rule that Felix 2.4 refuses is not there for it (D16); being disabled is another matter.
  @Test func refusedRulesMakeTheirListMissing() {
    let zero = Rule(.allow, protocol: ProtocolMatch(.icmp, isName: true), icmp: ICMPMatch(type: 0))
    var disabled = zero
    disabled.isDisabled = true
    for (rules, isMissing) in [([zero], true), ([disabled], false), ([Rule(.deny)], false)] {
      for semantics in Semantics.all {
        let expected = isMissing && semantics == .calico24
        #expect(semantics.countsAsMissing(Policy(name: "p", selector: .all, ingress: rules, isDisabled: true)) == expected)
        #expect(semantics.countsAsMissing(Policy(name: "p", selector: .all, egress: rules)) == expected)
        #expect(semantics.countsAsMissing(Profile(name: "p", ingress: rules)) == expected)
        #expect(semantics.countsAsMissing(Profile(name: "p", egress: rules)) == expected)
      }
    }
  }

  @Test func pathsAreNumberedAsInTheTable() {
    #expect(Path.allCases.map(\.number) == (1...8).map { "K\($0)" })
    #expect(Path(from: .hostInterface, to: .host) == .toHost)
    #expect(Path(from: .workload, to: .workload) == .workloadToWorkload)
    #expect(Path(from: .host, to: .workload) == .hostToWorkload)
  }
}
