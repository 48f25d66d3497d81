import Selector
import Simulator
import Testing

@testable import Reports

/// The table of rulings has a row for whatever can happen, and no row that is never used.
@Suite struct RulingTableTests {
  @Test func everyRowIsOfTheDocumentation() {
    for row in RulingTable.packets + RulingTable.replies {
      #expect(Claim.named(ByteString(row.ruling.claim)) != nil, "\(row.ruling)")
      #expect(row.ruling.words.first?.isLowercase == true && !row.ruling.words.hasSuffix("."), "\(row.ruling)")
      // Letters of the documentation's own, such as A for the interface of arrival, mean nothing to a reader.
      #expect(!row.ruling.words.split(separator: " ").contains { ["A", "B", "W", "H", "A's", "B's", "W's"].contains($0) })
    }
  }

  /// The host has services elsewhere, for its own packets to be DNATed (D10).
  private func withServices(_ resource: Resource, _ known: [IPAddress]) -> Resource {
    guard case .host(var host) = resource else { return resource }
    host.dnat.append(.init(protocol: .tcp, address: known[6], port: 80, toAddress: known[4], toPort: 8080))
    host.dnat.append(.init(protocol: .udp, address: known[6], port: 53, toAddress: known[3], toPort: nil))
    return .host(host)
  }

  @Test func everyCaseHasARow() throws {
    var cases: Set<RulingCase> = []
    for seed in 1...UInt64(150) {
      var drawn = RandomWorld(seed: seed &* 15_485_863)
      let resources = try drawn.make(policies: Int(seed % 7) * 2 + 1, rulesUpTo: 3)
      let world = World(resources.map { withServices($0, drawn.addresses) })
      let walkers = Semantics.all.map { Walker(world: world, node: "h", semantics: $0) }
      for _ in 0..<60 {
        let flow = drawn.flow(on: walkers[0])
        for walker in walkers {
          guard let trace = try? walker.trace(flow) else { continue }
          cases.insert(RulingCase(packet: trace, on: walker))
          if let reply = trace.reply { cases.insert(RulingCase(reply: trace, reply, on: walker)) }
        }
      }
    }
    for ruled in cases { #expect(RulingTable.ruling(for: ruled) != nil, "\(ruled)") }
    #expect(cases.count > 150 && Set(cases.map(\.path)) == Set(Path.allCases), "\(cases.count)")
    for (rows, role) in [(RulingTable.packets, RulingCase.Role.packet), (RulingTable.replies, .reply)] {
      for (index, row) in rows.enumerated() {
        let used = cases.contains { ruled in ruled.role == role && rows.firstIndex { $0.fits(ruled) } == index }
        #expect(used, "no packet is ruled by \(row.ruling)")
      }
    }
  }
}
