import Pictures
import Reports
import Selector
import Simulator
import Testing

/// The map of all paths says what packets meet: found out by sending them through worlds in which one gate alone can stop them.
@Suite struct PathMapTests {
  /// A packet on a path, and which of the endpoints below are meant by the letters of the map.
  struct Trip: Sendable, CustomTestStringConvertible {
    var path: Path
    var source: String
    var destination: String
    var entry: String?
    var owners: [PathMap.Owner: String]
    /// B, where the route before DNAT decides; as `owners` has it, if there is no DNAT.
    var beforeDNAT: String?
    var testDescription: String { "\(path.rawValue) to \(destination)" }

    static let all = [
      Trip(
        path: .toWorkload, source: "203.0.113.9", destination: "10.65.0.1", entry: "eth0",
        owners: [.arrival: "a", .receiver: "w1"]),
      Trip(path: .toHost, source: "203.0.113.9", destination: "10.0.0.1", entry: "eth0", owners: [.arrival: "a"]),
      Trip(
        path: .forwarded, source: "203.0.113.9", destination: "10.1.0.9", entry: "eth0",
        owners: [.arrival: "a", .departure: "b"]),
      Trip(path: .fromHost, source: "10.1.0.1", destination: "10.1.0.9", owners: [.departure: "b"]),
      // To a service whose address lies behind eth0, and whose server behind eth1.
      Trip(path: .fromHost, source: "10.1.0.1", destination: "10.0.0.77", owners: [.departure: "b"], beforeDNAT: "a"),
      Trip(
        path: .fromWorkload, source: "10.65.0.1", destination: "10.1.0.9", entry: "cali1",
        owners: [.sender: "w1", .departure: "b"]),
      Trip(
        path: .workloadToWorkload, source: "10.65.0.1", destination: "10.65.0.2", entry: "cali1",
        owners: [.sender: "w1", .receiver: "w2"]),
      // To a service whose address lies behind eth1, and whose server is a workload.
      Trip(
        path: .hostToWorkload, source: "10.1.0.1", destination: "10.1.0.77", owners: [.receiver: "w2"], beforeDNAT: "b"),
      Trip(
        path: .workloadToHost, source: "10.65.0.1", destination: "10.0.0.1", entry: "cali1", owners: [.sender: "w1"]),
    ]
  }

  /// Who may stop a packet, at what: the kind of policy, the direction, and the endpoint.
  private struct Stopper: CustomStringConvertible {
    var kind: PolicyKind
    var direction: Direction
    var endpoint: String
    var description: String { "\(kind.rawValue) \(direction.rawValue) of \(endpoint)" }

    static let all = PolicyKind.allCases.flatMap { kind in
      Direction.allCases.flatMap { direction in
        // Pre-DNAT policy has no egress rules.
        ["a", "b", "w1", "w2"].filter { _ in kind != .preDNAT || direction == .ingress }
          .map { Stopper(kind: kind, direction: direction, endpoint: $0) }
      }
    }

    func isMeant(by gate: PathMap.Gate, _ rule: PathMap.Rule, on trip: Trip) -> Bool {
      guard case .asked(_, let isBeforeDNAT) = rule, gate.direction == direction else { return false }
      let ofWorkload = endpoint.hasPrefix("w")
      switch kind {
      case .untracked: guard gate.stage == .untracked else { return false }
      case .preDNAT: guard gate.stage == .preDNAT else { return false }
      case .normal: guard gate.stage == (ofWorkload ? .workload : .normal) else { return false }
      }
      if isBeforeDNAT, let before = trip.beforeDNAT { return before == endpoint }
      return trip.owners[gate.owner] == endpoint
    }
  }

  private struct Unexpected: Error {}

  private func address(_ text: String) throws -> IPAddress {
    guard let address = IPAddress(text) else { throw Unexpected() }
    return address
  }

  /// Two host interfaces and two workloads, all of which let everything pass, but for what the policies say.
  private func world(_ policies: [Policy], action: Host.EndpointToHostAction = .accept) throws -> World {
    let (own, other) = (try address("10.0.0.1"), try address("10.1.0.1"))
    let pods = [try address("10.65.0.1"), try address("10.65.0.2")]
    var resources: [Resource] = [
      .host(
        Host(
          name: "h",
          interfaces: [
            .init(name: "eth0", addresses: [IPNetwork(address: own, prefixLength: 24)]),
            .init(name: "eth1", addresses: [IPNetwork(address: other, prefixLength: 24)]),
          ],
          routes: [.init(to: IPNetwork(address: try address("0.0.0.0"), prefixLength: 0), interface: "eth0")]
            + pods.enumerated().map { .init(to: IPNetwork(single: $1), interface: ByteString("cali\($0 + 1)")) },
          dnat: [
            .init(protocol: .tcp, address: try address("10.0.0.77"), port: 80, toAddress: try address("10.1.0.9"), toPort: 80),
            .init(protocol: .tcp, address: try address("10.1.0.77"), port: 80, toAddress: pods[1], toPort: 80),
          ], felix: .init(defaultEndpointToHostAction: action))),
      .profile(Profile(name: "open", ingress: [Rule(.allow)], egress: [Rule(.allow)])),
    ]
    for (label, interface) in [("a", "eth0"), ("b", "eth1")] {
      resources.append(
        .hostEndpoint(
          HostEndpoint(
            node: "h", name: ByteString(label), labels: ["end": ByteString(label)], interfaceName: ByteString(interface),
            profiles: ["open"])))
    }
    for (number, pod) in pods.enumerated() {
      let label = ByteString("w\(number + 1)")
      resources.append(
        .workloadEndpoint(
          WorkloadEndpoint(
            node: "h", orchestrator: "k8s", workload: label, name: "eth0", labels: ["end": label],
            interfaceName: ByteString("cali\(number + 1)"), ipNetworks: [IPNetwork(single: pod)], profiles: ["open"])))
    }
    return World(resources + policies.map { .policy($0) })
  }

  private func policy(
    _ name: String, _ kind: PolicyKind, _ selector: String, order: Double, ingress: Action?, egress: Action?
  ) throws -> Policy {
    Policy(
      name: ByteString(name), selector: try Selector(ByteString(selector)), order: order, doNotTrack: kind == .untracked,
      preDNAT: kind == .preDNAT, ingress: ingress.map { [Rule($0)] } ?? [],
      egress: kind == .preDNAT ? [] : egress.map { [Rule($0)] } ?? [])
  }

  private func judge(_ trip: Trip, in world: World, _ semantics: Semantics) throws -> (Judgement, Walker) {
    let walker = Walker(world: world, node: "h", semantics: semantics)
    let packet = Packet(.tcp, from: try address(trip.source), port: 49152, to: try address(trip.destination), port: 80)
    let entry: Flow.Entry =
      try trip.entry.map { name in
        guard let place = walker.topology.interface(named: ByteString(name)) else { throw Unexpected() }
        return .interface(place)
      } ?? .host
    return (try walker.judge(Flow(packet, entry: entry)).forward, walker)
  }

  /// - Returns: whether the policy that alone denies stopped the packet.
  private func isStopped(
    _ trip: Trip, by stopper: Stopper, after early: Policy?, _ semantics: Semantics
  ) throws -> (stopped: Bool, path: Path) {
    // The other direction of a normal policy would have its own default drop.
    let other: Action? = stopper.kind == .normal ? .allow : nil
    let only = try policy(
      "only", stopper.kind, "end == '\(stopper.endpoint)'", order: 5,
      ingress: stopper.direction == .ingress ? .deny : other, egress: stopper.direction == .egress ? .deny : other)
    let (judgement, walker) = try judge(trip, in: world([only] + (early.map { [$0] } ?? [])), semantics)
    if !judgement.isAllowed {
      let by = judgement.decidedBy
      #expect(by.kind == .policy && walker.world.policies[Int(by.subject)].name == "only", "\(trip.path): \(stopper)")
    }
    return (!judgement.isAllowed, judgement.path)
  }

  private func row(_ trip: Trip, _ semantics: Semantics) throws -> PathMap.Row {
    try #require(PathMap([semantics]).rows.first { $0.path == trip.path })
  }

  @Test(arguments: Trip.all)
  func aGateIsOnTheMapIfItStopsPackets(_ trip: Trip) throws {
    for semantics in Semantics.all {
      let row = try row(trip, semantics)
      #expect(try judge(trip, in: world([]), semantics).0.isAllowed)
      var met = 0
      for stopper in Stopper.all {
        let isOnMap = row.gates.contains { stopper.isMeant(by: $0, $0.rules[0], on: trip) }
        let (stopped, path) = try isStopped(trip, by: stopper, after: nil, semantics)
        #expect(path == trip.path)
        #expect(stopped == isOnMap, "\(semantics.name), \(trip.path): \(stopper)")
        if stopped { met += 1 }
      }
      // Each gate of the map stopped it once, but the one that asks no rules.
      #expect(met == row.gates.count { $0.rules[0].isAsked && $0.owner != .hostAction })
    }
  }

  /// What an early allow spares the packet is what the map says.
  @Test(arguments: Trip.all, [PolicyKind.untracked, .preDNAT])
  func anEarlyAllowSparesWhatTheMapSays(_ trip: Trip, early: PolicyKind) throws {
    for semantics in Semantics.all {
      let row = try row(trip, semantics)
      let stage: Stage = early == .untracked ? .untracked : .preDNAT
      let accept: Gate.EarlyAccepts = early == .untracked ? .untracked : .preDNAT
      let meetsIt = row.gates.contains { $0.stage == stage && $0.rules[0].isAsked }
      let allow = try policy("early", early, "has(end)", order: 1, ingress: .allow, egress: .allow)
      for stopper in Stopper.all where stopper.kind != early {
        let gate = row.gates.first { stopper.isMeant(by: $0, $0.rules[0], on: trip) }
        let (stopped, path) = try isStopped(trip, by: stopper, after: allow, semantics)
        // What untracked policy allows is not DNATed, and may take another path.
        guard path == trip.path else { continue }
        var expected = false
        if let gate, case .asked(let skippedAfter, _) = gate.rules[0] {
          // Pre-DNAT allows nothing before its own stage.
          let isLater = early == .untracked || gate.stage != .untracked
          expected = !(meetsIt && isLater && skippedAfter.contains(accept))
        }
        #expect(stopped == expected, "\(semantics.name), \(trip.path) after \(early.rawValue): \(stopper)")
      }
    }
  }

  @Test(arguments: Trip.all)
  func theHostsOwnActionStopsWhatTheMapSays(_ trip: Trip) throws {
    for semantics in Semantics.all {
      let judgement = try judge(trip, in: world([], action: .drop), semantics).0
      let isOnMap = try row(trip, semantics).gates.contains { $0.owner == .hostAction && $0.rules[0].isAsked }
      #expect(judgement.isAllowed == !isOnMap)
      if isOnMap { #expect(judgement.decidedBy.kind == .endpointToHostAction) }
    }
  }

  /// Side by side each set says what it says alone, and a mark stands exactly where they part.
  @Test func sideBySide() throws {
    let both = PathMap(Semantics.all)
    #expect(both.rows.map(\.path) == Path.allCases)
    for (number, semantics) in Semantics.all.enumerated() {
      let alone = PathMap([semantics])
      for (row, other) in zip(both.rows, alone.rows) {
        let here = row.gates.filter { $0.rules[number] != .absent }
        #expect(here.map(\.title) == other.gates.map(\.title), "in the order in which the packet meets them")
        #expect(here.map { $0.rules[number] } == other.gates.map { $0.rules[0] })
      }
      #expect(alone.rows.flatMap(\.gates).allSatisfy { !$0.differs })
    }
    // SEMANTICS section 2: D1 and D2 on K3, D10 on K4 and K7.
    #expect(both.rows.filter { $0.gates.contains(where: \.differs) }.map(\.path) == [.forwarded, .fromHost, .hostToWorkload])
  }

  @Test(arguments: [24, 50, 80])
  func theTextHasRoom(width: Int) throws {
    for semantics in [Semantics.all, [.documented]] {
      let map = PathMap(semantics)
      for ascii in [false, true] {
        let lines = PathMapText(map, on: Canvas(width: width, isASCII: ascii), style: .plain).lines
        #expect(lines.allSatisfy { $0.unicodeScalars.count <= width && (!ascii || $0.allSatisfy(\.isASCII)) })
        let mark = ascii ? "! " : "≠ "
        #expect(
          lines.count { $0.hasPrefix(mark) && !$0.contains("stands") } == map.rows.flatMap(\.gates).count(where: \.differs))
      }
    }
  }

  /// The table has a row a path and a column a stage, and in each cell what the map says.
  @Test func theTableOfMarkdown() throws {
    for semantics in [Semantics.all, [.documented], [.calico24]] {
      let map = PathMap(semantics)
      let rows = PathMapMarkdown(map).text.split(separator: "\n").filter { $0.hasPrefix("| **") }
      #expect(rows.count == map.rows.count)
      for (line, row) in zip(rows, map.rows) {
        let cells = line.dropFirst(2).dropLast(2).split(separator: " | ")
        #expect(cells.count == 1 + Stage.allCases.count && cells[0].hasPrefix("**\(row.title)**"))
        for (cell, stage) in zip(cells.dropFirst(), Stage.allCases) {
          let gates = row.gates.filter { $0.stage == stage }
          #expect(cell == "–" ? gates.isEmpty : cell.split(separator: "<br>").count == gates.count)
          for gate in gates { #expect(gate.rules.allSatisfy { cell.contains($0.words) }, "\(cell)") }
        }
      }
    }
  }

  /// The picture has each gate of each set once, and tells all of it in words.
  @Test func thePicture() throws {
    for semantics in [Semantics.all, [.documented]] {
      let map = PathMap(semantics)
      let svg = PathMapSVG(map).text
      for row in map.rows {
        let roads = row.gates.contains(where: \.differs) ? map.semantics.count : 1
        for gate in row.gates {
          let drawn = svg.matches(of: try Regex("data-path=\"\(row.path.rawValue)\" data-gate=\"\(gate.title)\"")).count
          #expect(drawn == (0..<roads).count { gate.rules[$0] != .absent })
          for rule in gate.rules where rule != .absent { #expect(svg.contains("<title>\(gate.title): \(rule.words)</title>")) }
        }
      }
      #expect(svg.contains("role=\"img\"") && svg.contains("<desc id=\"gw-desc\">K1 to-workload"))
    }
  }
}
