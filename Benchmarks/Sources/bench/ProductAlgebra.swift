import Simulator

/// Sets as unions of products, one list of ranges for each field. A union is a list; a difference splits products.
struct ProductAlgebra: SetAlgebra {
  static let name = "products"

  typealias Packets = [SampleRule.Box]

  mutating func make(_ rule: SampleRule) -> Packets { rule.boxes }
  var nothing: Packets { [] }
  var everything: Packets { SampleRule(nil, source: nil, destination: nil, ports: nil).boxes }

  /// Products that lie within others are left out.
  mutating func union(_ left: Packets, _ right: Packets) -> Packets {
    let added = right.filter { one in !left.contains { one.isWithin($0) } }
    return left.filter { one in !added.contains { one.isWithin($0) } } + added
  }

  mutating func subtract(_ left: Packets, _ right: Packets) -> Packets {
    var rest = left
    for hole in right where rest.contains(where: { !$0.isDisjoint(hole) }) {
      rest = rest.flatMap { $0.isDisjoint(hole) ? [$0] : $0.minus(hole) }
    }
    return rest
  }

  func isEmpty(_ packets: Packets) -> Bool { packets.isEmpty }
  func size(_ packets: Packets) -> Int { packets.count }
}

extension SampleRule.Box {
  func isDisjoint(_ other: Self) -> Bool {
    !headers.meets(other.headers) || !second.meets(other.second) || !first.meets(other.first)
      || !source.meets(other.source) || !destination.meets(other.destination)
  }

  func isWithin(_ other: Self) -> Bool {
    headers.subtracting(other.headers).isEmpty && second.subtracting(other.second).isEmpty
      && first.subtracting(other.first).isEmpty && source.subtracting(other.source).isEmpty
      && destination.subtracting(other.destination).isEmpty
  }

  /// What is left of a product that the other meets: for each field the part beyond it, the fields before being within.
  func minus(_ other: Self) -> [Self] {
    var pieces: [Self] = []
    var within = self
    func split(_ field: WritableKeyPath<Self, Intervals>) {
      let beyond = within[keyPath: field].subtracting(other[keyPath: field])
      if !beyond.isEmpty {
        var piece = within
        piece[keyPath: field] = beyond
        pieces.append(piece)
      }
      within[keyPath: field] = within[keyPath: field].intersection(other[keyPath: field])
    }
    split(\.headers)
    split(\.second)
    split(\.first)
    split(\.source)
    split(\.destination)
    return pieces
  }
}

extension Intervals {
  /// Have they a value in common? Makes nothing.
  fileprivate func meets(_ other: Intervals) -> Bool {
    var (left, right) = (0, 0)
    while left < ranges.count, right < other.ranges.count {
      let (one, two) = (ranges[left], other.ranges[right])
      if one.upperBound < two.lowerBound {
        left += 1
      } else if two.upperBound < one.lowerBound {
        right += 1
      } else {
        return true
      }
    }
    return false
  }
}
