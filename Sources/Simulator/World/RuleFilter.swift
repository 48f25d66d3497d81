/// Tells of all rules of all policies in one direction which a packet can match, a bit each: by family, protocol, whether
/// its addresses belong to endpoints, destination port and IPv4 addresses. Rules that stand out are then held against the
/// packet in full, so the filter may let a rule through that does not match, but never keeps back one that does.
///
/// A class because it is handed to each packet: that costs one reference, not one for each table. It never changes.
final class RuleFilter: Sendable {
  /// Tables larger than this, in bytes, are not worth their memory; then rules are tried one by one.
  private static let largestTable = 64 << 20

  /// The book's number of the first rule.
  let firstRule: Int32
  /// Where the rules of each policy begin, counted from the first, and the end of the last.
  private let starts: FixedTable<Int32>
  private let rows: RuleRows
  /// Row of each protocol number's first header.
  private let headers: FixedTable<Int32>
  private let ports: IntervalTable
  private let sources: IntervalTable
  private let destinations: IntervalTable

  /// Covers the rules of all policies in one direction; `nil` if there are none, or if the tables would be too large.
  ///
  /// - Parameter policies: the numbers of each policy's rules, without gaps.
  init?(_ policies: [Range<Int32>], of builder: RuleBookBuilder) {
    guard let first = policies.first, let last = policies.last else { return nil }
    let rules = Int(first.lowerBound)..<Int(last.upperBound)
    guard !rules.isEmpty else { return nil }
    let checks = rules.map { builder.checks(of: $0) }
    var writer = RuleRowsWriter(rules: rules.count)
    headers = FixedTable(Self.writeHeaders(checks, &writer))
    ports = IntervalTable(
      checks.map { Self.ranges($0, .destinationPorts, .destinationNotPorts, builder.portRanges) }, &writer)
    sources = IntervalTable(checks.map { Self.ranges($0, .sourceNets, .sourceNotNets, builder.v4Ranges) }, &writer)
    destinations = IntervalTable(
      checks.map { Self.ranges($0, .destinationNets, .destinationNotNets, builder.v4Ranges) }, &writer)
    guard writer.size <= Self.largestTable else { return nil }
    rows = writer.rows
    firstRule = first.lowerBound
    starts = FixedTable((policies.map(\.lowerBound) + [last.upperBound]).map { $0 - first.lowerBound })
  }

  private static func ranges(
    _ checks: ArraySlice<RuleBook.Check>, _ inside: Criterion, _ outside: Criterion,
    _ read: (RuleBook.Check) -> [ClosedRange<UInt32>]
  ) -> IntervalTable.Ranges {
    var ranges = IntervalTable.Ranges()
    for check in checks {
      if check.criterion == inside { ranges.inside += read(check) }
      if check.criterion == outside { ranges.outside += read(check) }
    }
    return ranges
  }

  // MARK: Headers

  /// The place of a header among the eight of one protocol.
  @inline(__always)
  private static func place(_ family: IPFamily, hasKnownSource: Bool, hasKnownDestination: Bool) -> Int {
    (family == .v4 ? 0 : 4) + (hasKnownSource ? 2 : 0) + (hasKnownDestination ? 1 : 0)
  }

  /// Eight rows for each protocol that a rule names or treats in its own way, and for all others.
  ///
  /// - Returns: where those of each protocol number begin.
  private static func writeHeaders(_ rules: [ArraySlice<RuleBook.Check>], _ writer: inout RuleRowsWriter) -> [Int32] {
    let named = rules.joined().filter { $0.criterion == .protocol || $0.criterion == .notProtocol }.map(\.first)
    let special = IPProtocol.named.map(\.value.rawValue)
    let demands = rules.map(Demands.init)
    var first = Array(repeating: Int32(0), count: 256)
    for value in [nil] + Set(named + special).sorted().map(Optional.some) {
      var begin: Int32?
      for family in [IPFamily.v4, .v6] {
        let fits = demands.map { $0.canHold(value.map(IPProtocol.init), family) }
        for known in 0..<4 {
          for rule in fits.indices { writer.set(rule, fits[rule] && demands[rule].knownEnds & ~known == 0) }
          let row = writer.finishRow()
          begin = begin ?? row
        }
      }
      guard let begin else { continue }
      if let value { first[Int(value)] = begin } else { first = Array(repeating: begin, count: 256) }
    }
    return first
  }

  /// What a rule asks of the header of a packet.
  private struct Demands {
    /// Which ends of the packet must have addresses of endpoints: 2 the source, 1 the destination, as in `place`.
    private(set) var knownEnds = 0
    private var isV4 = true
    private var isV6 = true
    private var asksPorts = false
    private var asksTCPOrUDP = false
    private var asksICMP = false
    private var isProtocol: UInt8?
    private var isNotProtocol: UInt8?

    init(_ checks: ArraySlice<RuleBook.Check>) {
      for check in checks {
        switch check.criterion {
        case .ipVersion, .protocolFamily, .netFamily:
          if check.first == IPFamily.v4.rawValue { isV6 = false } else { isV4 = false }
        case .protocol: isProtocol = check.first
        case .notProtocol: isNotProtocol = check.first
        case .portProtocol: asksTCPOrUDP = true
        case .icmp: asksICMP = true
        case .sourcePorts, .sourceNotPorts, .destinationPorts, .destinationNotPorts: asksPorts = true
        case .sourceTag, .sourceSelector: knownEnds |= 2
        case .destinationTag, .destinationSelector: knownEnds |= 1
        default: break
        }
      }
    }

    /// Can it hold for packets of a protocol and family? `nil` stands for all protocols that no rule names and that have
    /// neither ports nor ICMP's types.
    func canHold(_ protocol: IPProtocol?, _ family: IPFamily) -> Bool {
      guard family == .v4 ? isV4 : isV6 else { return false }
      if let isProtocol, isProtocol != `protocol`?.rawValue { return false }
      if let isNotProtocol, isNotProtocol == `protocol`?.rawValue { return false }
      if asksTCPOrUDP, `protocol` != .tcp, `protocol` != .udp { return false }
      if asksICMP, `protocol` != (family == .v4 ? .icmp : .icmpv6) { return false }
      return !asksPorts || `protocol`?.hasPorts ?? false
    }
  }

  // MARK: Asking

  /// Where a packet's rows begin.
  struct Rows {
    fileprivate var header: Int32
    fileprivate var ports: Int32
    fileprivate var sources: Int32
    fileprivate var destinations: Int32
  }

  @inline(__always)
  func rows(of facts: RuleBook.Facts) -> Rows {
    let packet = facts.packet
    let isV4 = packet.family == .v4
    let header = Self.place(
      packet.family, hasKnownSource: facts.source >= 0, hasKnownDestination: facts.destination >= 0)
    return Rows(
      header: headers[Int(packet.protocol.rawValue)] &+ Int32(truncatingIfNeeded: header &* rows.blocksPerRow),
      ports: ports.row(of: UInt32(packet.destinationPort)),
      sources: isV4 ? sources.row(of: UInt32(truncatingIfNeeded: packet.source.low)) : sources.all,
      destinations: isV4
        ? destinations.row(of: UInt32(truncatingIfNeeded: packet.destination.low)) : destinations.all)
  }

  /// The rules of a policy, counted from the filter's first.
  @inline(__always)
  func rules(of policy: Int32) -> Range<Int32> {
    Range(uncheckedBounds: (starts[Int(policy)], starts[Int(policy) &+ 1]))
  }

  /// Some of the rules that a packet can match, a bit each.
  struct Candidates {
    /// -1: none yet.
    private var block: Int32 = -1
    private var words: [8 of UInt64] = .init(repeating: 0)

    /// The first rule from `rule` on, below `end`, that the packet can match; `end` if there is none. Rules are counted
    /// from the filter's first; asking for them in order is cheapest.
    @inline(__always)
    mutating func next(from rule: Int32, below end: Int32, _ rows: Rows, _ filter: RuleFilter) -> Int32 {
      var rule = rule
      while rule < end {
        if rule >> 9 != block { take(rule >> 9, rows, filter) }
        let bits = words[Int(rule >> 6 & 7)] &>> UInt64(truncatingIfNeeded: rule & 63)
        if bits != 0 { return min(end, rule &+ Int32(truncatingIfNeeded: bits.trailingZeroBitCount)) }
        rule = (rule | 63) &+ 1
      }
      return end
    }

    @inline(__always)
    private mutating func take(_ number: Int32, _ rows: Rows, _ filter: RuleFilter) {
      block = number
      let table = filter.rows
      let place = Int(number)
      let bits =
        table.block(place, at: rows.header) & table.block(place, at: rows.ports)
        & table.block(place, at: rows.sources) & table.block(place, at: rows.destinations)
      // Spelt out: indices that are constants make this two moves a pair.
      words[0] = bits[0]
      words[1] = bits[1]
      words[2] = bits[2]
      words[3] = bits[3]
      words[4] = bits[4]
      words[5] = bits[5]
      words[6] = bits[6]
      words[7] = bits[7]
    }
  }
}

extension RuleBookBuilder {
  func checks(of rule: Int) -> ArraySlice<RuleBook.Check> {
    checks[Int(rules[rule].firstCheck)..<Int(rules[rule].lastCheck)]
  }

  /// The port ranges of a check on ports.
  func portRanges(_ check: RuleBook.Check) -> [ClosedRange<UInt32>] {
    ports[Int(check.start)..<Int(check.end)].map { UInt32($0.lower)...UInt32($0.upper) }
  }

  /// The IPv4 networks of a check on networks as ranges of addresses.
  func v4Ranges(_ check: RuleBook.Check) -> [ClosedRange<UInt32>] {
    nets[Int(check.start)..<Int(check.end)].compactMap { net in
      guard net.family == 4 else { return nil }
      let first = UInt32(truncatingIfNeeded: net.low & net.lowMask)
      return first...(first | ~UInt32(truncatingIfNeeded: net.lowMask))
    }
  }
}
