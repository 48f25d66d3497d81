@testable import Selector

/// A generator with a fixed seed (SplitMix64), so that a failure comes again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// A selector as its writer means it, with a meaning of its own: the tests' oracle, which shares nothing with the parser.
indirect enum Meant {
  case all
  case has(String)
  case compare(String, String, String)
  case member(String, Bool, [String])
  case not(Meant)
  case and([Meant])
  case or([Meant])

  static let keys = ["a", "b", "role", "x/y.z", "in_", "-k"]
  static let values = ["", "a", "b", "ab", "aba", "é", "e\u{301}", "prod", "\n", "it's"]

  static func random(_ depth: Int, _ generation: SelectorGeneration, _ random: inout SeededGenerator) -> Meant {
    let key = keys.randomElement(using: &random)!
    let value = values.randomElement(using: &random)!
    switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &random) {
    case 0: return Int.random(in: 0..<4, using: &random) == 0 ? .all : .has(key)
    case 1: return .compare(key, "==", value)
    case 2: return .compare(key, "!=", value)
    case 3, 4:
      let count = Int.random(in: 0..<4, using: &random)
      return .member(
        key,
        Bool.random(using: &random),
        (0..<count).map { _ in values.randomElement(using: &random)! }
      )
    case 5:
      let operation = ["contains", "starts with", "ends with"].randomElement(using: &random)!
      return .compare(key, generation == .v3 ? operation : "==", value)
    case 6: return .not(Meant.random(depth - 1, generation, &random))
    default:
      let parts = (0..<Int.random(in: 2...3, using: &random)).map { _ in
        Meant.random(depth - 1, generation, &random)
      }
      return Bool.random(using: &random) ? .and(parts) : .or(parts)
    }
  }

  /// A way to write it, with blanks, needless parentheses and doubled negations at random.
  func text(_ random: inout SeededGenerator) -> String {
    let blank = ["", " ", "\t "].randomElement(using: &random)!
    switch self {
    case .all: return "all()"
    case .has(let key): return "has(\(blank)\(key))"
    case .compare(let key, let operation, let value): return "\(key) \(operation)\(blank)\(Self.quoted(value))"
    case .member(let key, let negated, let values):
      return "\(key) \(negated ? "not " : "")in\(blank){\(values.map(Self.quoted).joined(separator: "," + blank))}"
    case .not(let part):
      let bangs = Bool.random(using: &random) ? "!" : "! !!"
      return "\(bangs)\(blank)(\(part.text(&random)))"
    case .and(let parts): return parts.map { "(\($0.text(&random))\(blank))" }.joined(separator: blank + "&&")
    case .or(let parts): return parts.map { "(\($0.text(&random))\(blank))" }.joined(separator: "||" + blank)
    }
  }

  private static func quoted(_ value: String) -> String {
    value.contains("'") ? "\"\(value)\"" : "'\(value)'"
  }

  /// Whether labels satisfy it, told with bytes in dictionaries.
  func matches(_ labels: [[UInt8]: [UInt8]]) -> Bool {
    switch self {
    case .all: return true
    case .has(let key): return labels[Array(key.utf8)] != nil
    case .compare(let key, let operation, let value):
      let bytes = Array(value.utf8)
      guard let actual = labels[Array(key.utf8)] else { return operation == "!=" }
      switch operation {
      case "==": return actual == bytes
      case "!=": return actual != bytes
      case "starts with": return actual.starts(with: bytes)
      case "ends with": return actual.reversed().starts(with: bytes.reversed())
      default: return actual.indices.contains { actual[$0...].starts(with: bytes) } || bytes.isEmpty
      }
    case .member(let key, let negated, let values):
      guard let actual = labels[Array(key.utf8)] else { return negated }
      return values.contains { Array($0.utf8) == actual } != negated
    case .not(let part): return !part.matches(labels)
    case .and(let parts): return parts.allSatisfy { $0.matches(labels) }
    case .or(let parts): return parts.contains { $0.matches(labels) }
    }
  }
}

extension LabelSet {
  static func random(_ random: inout SeededGenerator) -> LabelSet {
    var labels = LabelSet()
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      labels[ByteString(Meant.keys.randomElement(using: &random)!)] = ByteString(
        Meant.values.randomElement(using: &random)!
      )
    }
    return labels
  }

  var dictionary: [[UInt8]: [UInt8]] {
    Dictionary(uniqueKeysWithValues: sorted.map { ($0.key.bytes, $0.value.bytes) })
  }
}
