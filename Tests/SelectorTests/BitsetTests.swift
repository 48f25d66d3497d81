import Testing

@testable import Selector

@Suite struct BitsetTests {
  @Test func agreesWithSets() {
    var random = SeededGenerator(state: 50)
    for _ in 0..<400 {
      let limit = [1, 64, 65, 500].randomElement(using: &random)!
      func members() -> Set<Int> {
        Set((0..<Int.random(in: 0...60, using: &random)).map { _ in Int.random(in: 0..<limit, using: &random) })
      }
      let (left, right) = (members(), members())
      let (bits, others) = (Bitset(left), Bitset(right))
      #expect(Array(bits) == left.sorted() && bits.count == left.count && bits.isEmpty == left.isEmpty)
      #expect(bits.highest == left.max())
      #expect(Array(bits.union(others)) == left.union(right).sorted())
      #expect(Array(bits.intersection(others)) == left.intersection(right).sorted())
      #expect(Array(bits.subtracting(others)) == left.subtracting(right).sorted())
      #expect(bits.isDisjoint(with: others) == left.isDisjoint(with: right))
      #expect(bits.isSubset(of: others) == left.isSubset(of: right))
      #expect((bits == others) == (left == right))
      // Equal sets are equal however they came about.
      var back = bits.union(others)
      for member in right.subtracting(left) {
        let wasThere = back.remove(member)
        #expect(wasThere)
      }
      #expect(back == bits && back.hashValue == bits.hashValue)
      #expect(!back.contains(-1) && !back.contains(limit + 64))
      #expect(Bitset(below: limit).count == limit && Bitset(below: limit).highest == limit - 1)
    }
  }

  @Test func endpointSetsAgreeWithSets() {
    var random = SeededGenerator(state: 51)
    var dense = 0
    for round in 0..<60 {
      let limit = [UInt32(40), 3_000, 100_000][round % 3]
      var sets = (set: EndpointSet(), other: EndpointSet(), model: Set<UInt32>(), otherModel: Set<UInt32>())
      for _ in 0..<Int.random(in: 1...400, using: &random) {
        let id = UInt32.random(in: 0..<limit, using: &random)
        if Int.random(in: 0..<3, using: &random) == 0, let old = sets.model.randomElement(using: &random) {
          sets.set.remove(old)
          sets.model.remove(old)
        } else {
          sets.set.insert(id)
          sets.model.insert(id)
        }
        let other = UInt32.random(in: 0..<limit / 2, using: &random)
        sets.other.insert(other)
        sets.otherModel.insert(other)
      }
      dense += sets.set.isDense ? 1 : 0
      func list(_ set: EndpointSet) -> [UInt32] { set.bitset.map { UInt32($0) } }
      #expect(list(sets.set) == sets.model.sorted() && sets.set.count == sets.model.count)
      #expect(list(sets.set.intersection(sets.other)) == sets.model.intersection(sets.otherModel).sorted())
      #expect(list(sets.set.subtracting(sets.other)) == sets.model.subtracting(sets.otherModel).sorted())
      #expect(list(sets.other.subtracting(sets.set)) == sets.otherModel.subtracting(sets.model).sorted())
      var union = sets.set
      union.formUnion(sets.other)
      #expect(list(union) == sets.model.union(sets.otherModel).sorted() && union.count == union.bitset.count)
      for id in 0..<min(limit, 500) { #expect(sets.set.contains(id) == sets.model.contains(id)) }
    }
    #expect((10..<50).contains(dense), "one kind of set is hardly tried: \(dense) of 60 are dense")
  }
}
