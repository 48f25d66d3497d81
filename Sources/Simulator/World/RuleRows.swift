/// Rows of bits, a bit for each rule, cut into blocks that rows share: most rows differ from their neighbours in a few
/// rules only, so that many thousand rows take little more memory than one.
struct RuleRows: Sendable {
  /// 512 rules; one line of a processor's cache.
  typealias Block = SIMD8<UInt64>

  static let rulesPerBlock = 512

  let blocksPerRow: Int
  private let blocks: FixedTable<Block>
  /// Where in `blocks` those of a row stand, row after row.
  private let places: FixedTable<UInt32>

  fileprivate init(blocksPerRow: Int, blocks: [Block], places: [UInt32]) {
    self.blocksPerRow = blocksPerRow
    self.blocks = FixedTable(blocks)
    self.places = FixedTable(places)
  }

  /// The block at `number` of the row that begins at `row`.
  @inline(__always)
  func block(_ number: Int, at row: Int32) -> Block { blocks[Int(places[Int(row) &+ number])] }

  /// Does the row that begins at `row` hold the rule?
  func contains(_ rule: Int, at row: Int32) -> Bool {
    let block = block(rule / Self.rulesPerBlock, at: row)
    return block[rule >> 6 & 7] >> UInt64(rule & 63) & 1 != 0
  }
}

/// Writes rows one after the other, each as the one before with a few rules changed.
struct RuleRowsWriter {
  let blocksPerRow: Int
  private var blocks: [RuleRows.Block] = []
  private var rowPlaces: [UInt32] = []
  private var known: [RuleRows.Block: UInt32] = [:]
  /// The row that is being written: its bits, and the places of its blocks as of the last row.
  private var bits: [RuleRows.Block]
  private var places: [UInt32]
  /// The blocks that differ from the last row, in no order and each once.
  private var changed: [Int]
  private var isChanged: [Bool]

  init(rules: Int) {
    blocksPerRow = (rules + RuleRows.rulesPerBlock - 1) / RuleRows.rulesPerBlock
    bits = Array(repeating: .zero, count: blocksPerRow)
    places = Array(repeating: 0, count: blocksPerRow)
    changed = Array(bits.indices)
    isChanged = Array(repeating: true, count: blocksPerRow)
  }

  mutating func set(_ rule: Int, _ isIn: Bool) {
    let block = rule / RuleRows.rulesPerBlock
    let bit: UInt64 = 1 << UInt64(rule & 63)
    if isIn { bits[block][rule >> 6 & 7] |= bit } else { bits[block][rule >> 6 & 7] &= ~bit }
    if isChanged[block] { return }
    isChanged[block] = true
    changed.append(block)
  }

  /// Ends the row.
  ///
  /// - Returns: where it begins.
  mutating func finishRow() -> Int32 {
    for block in changed {
      isChanged[block] = false
      if let place = known[bits[block]] {
        places[block] = place
      } else {
        places[block] = UInt32(blocks.count)
        blocks.append(bits[block])
        known[bits[block]] = places[block]
      }
    }
    changed.removeAll(keepingCapacity: true)
    rowPlaces += places
    return Int32(rowPlaces.count - blocksPerRow)
  }

  /// Bytes that the rows take.
  var size: Int { blocks.count * MemoryLayout<RuleRows.Block>.stride + rowPlaces.count * MemoryLayout<UInt32>.stride }

  /// All rows that were finished.
  var rows: RuleRows { RuleRows(blocksPerRow: blocksPerRow, blocks: blocks, places: rowPlaces) }
}
