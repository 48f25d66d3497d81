/// Tells of all rules of all policies which a packet can match, a bit each, by protocol, destination port and IPv4 addresses.
/// Rules that stand out are then held against the packet in full, so the filter may let a rule through that does not match, but
/// never keeps back one that does.
///
/// A class because it is handed to each packet: that costs one reference, not one for each table. It never changes.
final class RuleFilter: Sendable {
  /// Tables larger than this, in bytes, are not worth their memory; then rules are tried one by one.
  private static let largestTable = 64 << 20

  private let words: Int
  /// Row of each protocol number in `protocolRows`.
  private let protocolRow: [Int16]
  private let protocolRows: [UInt64]
  private let ports: IntervalTable
  private let sources: IntervalTable
  private let destinations: IntervalTable

  /// Covers the first `count` rules of the book; `nil` if there are none, or if the tables would be too large.
  init?(_ book: RuleBook, count: Int) {
    guard count > 0 else { return nil }
    words = (count + 63) / 64
    let checks = (0..<count).map { book.checks(of: $0) }
    let ports = checks.map { Self.ranges($0, .destinationPorts, .destinationNotPorts) { book.portRanges($0) } }
    let sources = checks.map { Self.ranges($0, .sourceNets, .sourceNotNets) { book.v4Ranges($0) } }
    let destinations = checks.map { Self.ranges($0, .destinationNets, .destinationNotNets) { book.v4Ranges($0) } }
    guard let ports = IntervalTable(ports, limit: Self.largestTable),
      let sources = IntervalTable(sources, limit: Self.largestTable),
      let destinations = IntervalTable(destinations, limit: Self.largestTable)
    else { return nil }
    (self.ports, self.sources, self.destinations) = (ports, sources, destinations)
    (protocolRow, protocolRows) = Self.protocols(checks, words: words)
  }

  private static func ranges(
    _ checks: ArraySlice<RuleBook.Check>, _ inside: Criterion, _ outside: Criterion,
    _ read: (RuleBook.Check) -> [ClosedRange<UInt32>]
  ) -> IntervalTable.Ranges {
    var ranges = IntervalTable.Ranges()
    for check in checks where check.criterion == inside { ranges.inside += read(check) }
    for check in checks where check.criterion == outside { ranges.outside += read(check) }
    return ranges
  }

  /// One row for each protocol that a rule names, and row 0 for all others.
  private static func protocols(
    _ rules: [ArraySlice<RuleBook.Check>], words: Int
  ) -> (row: [Int16], rows: [UInt64]) {
    let named = Set(rules.joined().filter { $0.criterion == .protocol || $0.criterion == .notProtocol }.map(\.first))
    var rowOf = Array(repeating: Int16(0), count: 256)
    var rows: [UInt64] = []
    for (row, value) in ([nil] + named.sorted().map(Optional.some)).enumerated() {
      if let value { rowOf[Int(value)] = Int16(row) }
      var bits = Array(repeating: UInt64(0), count: words)
      for (rule, checks) in rules.enumerated() {
        let fits = checks.allSatisfy { check in
          switch check.criterion {
          case .protocol: value == check.first
          case .notProtocol: value != check.first
          default: true
          }
        }
        if fits { bits[rule >> 6] |= 1 << UInt64(rule & 63) }
      }
      rows += bits
    }
    return (rowOf, rows)
  }

  /// Where in the tables a packet's rows begin.
  struct Rows {
    fileprivate var protocols: Int
    fileprivate var ports: Int
    fileprivate var sources: Int
    fileprivate var destinations: Int
    fileprivate var isV4: Bool
  }

  @inline(__always)
  func rows(of packet: Packet) -> Rows {
    let isV4 = packet.family == .v4
    return Rows(
      protocols: Int(protocolRow[Int(packet.protocol.rawValue)]) * words,
      ports: ports.row(of: UInt32(packet.destinationPort)),
      sources: isV4 ? sources.row(of: UInt32(truncatingIfNeeded: packet.source.low)) : 0,
      destinations: isV4 ? destinations.row(of: UInt32(truncatingIfNeeded: packet.destination.low)) : 0,
      isV4: isV4)
  }

  /// The rules 64 · `word` … that the packet can match, a bit each.
  @inline(__always)
  func candidates(_ word: Int, _ rows: Rows) -> UInt64 {
    var bits = protocolRows[rows.protocols + word] & ports.word(word, at: rows.ports)
    if rows.isV4 {
      bits &= sources.word(word, at: rows.sources) & destinations.word(word, at: rows.destinations)
    }
    return bits
  }

  /// The first rule from `rule` on, below `end`, that the packet can match; `end` if there is none.
  @inline(__always)
  func next(from rule: Int32, below end: Int32, _ rows: Rows) -> Int32 {
    var rule = rule
    while rule < end {
      let bits = candidates(Int(rule >> 6), rows) >> UInt64(rule & 63)
      if bits != 0 { return min(end, rule + Int32(truncatingIfNeeded: bits.trailingZeroBitCount)) }
      rule = (rule | 63) + 1
    }
    return end
  }
}

extension RuleBook {
  func checks(of rule: Int) -> ArraySlice<Check> {
    checks[Int(rules[rule].firstCheck)..<Int(rules[rule].lastCheck)]
  }

  /// The port ranges of a check on ports.
  func portRanges(_ check: Check) -> [ClosedRange<UInt32>] {
    ports[Int(check.start)..<Int(check.end)].map { UInt32($0.lower)...UInt32($0.upper) }
  }

  /// The IPv4 networks of a check on networks as ranges of addresses.
  func v4Ranges(_ check: Check) -> [ClosedRange<UInt32>] {
    nets[Int(check.start)..<Int(check.end)].compactMap { net in
      guard net.family == 4 else { return nil }
      let first = UInt32(truncatingIfNeeded: net.low & net.lowMask)
      return first...(first | ~UInt32(truncatingIfNeeded: net.lowMask))
    }
  }
}
