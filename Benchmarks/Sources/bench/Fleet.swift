import Selector

/// Endpoints with 10 labels each, and selectors of which an endpoint matches one in twenty.
struct Fleet {
  var endpoints: [LabelSet] = []
  var selectors: [Selector] = []

  init(endpoints endpointCount: Int, selectors selectorCount: Int) throws {
    var random = SeededGenerator(seed: 42)
    for id in 0..<endpointCount { endpoints.append(LabelSet(Self.labels(id, &random))) }
    for _ in 0..<selectorCount {
      selectors.append(try Selector(ByteString(Self.selector(&random))))
    }
  }

  /// Ten labels: some shared by many endpoints, some by few, one that no other endpoint has.
  static func labels(_ id: Int, _ random: inout SeededGenerator) -> [(key: ByteString, value: ByteString)] {
    func pick(_ key: String, _ count: Int) -> (key: ByteString, value: ByteString) {
      (ByteString(key), ByteString("\(key)-\(random.below(count))"))
    }
    let isLegacy = random.once(in: 5)
    return [
      pick("env", 4), pick("region", 8), pick("role", 20), pick("team", 50), pick("app", 200), pick("tier", 3),
      pick("version", 100), pick("cluster", 30), (ByteString("name"), ByteString("pod-\(id)")),
      (ByteString(isLegacy ? "legacy" : "modern"), ByteString("")),
    ]
  }

  static func selector(_ random: inout SeededGenerator) -> String {
    func pick(_ key: String, _ count: Int) -> String { "\"\(key)-\(random.below(count))\"" }
    switch random.below(20) {
    case 0...3: return "role == \(pick("role", 20)) && env in {\(pick("env", 4)), \(pick("env", 4))}"
    case 4...6: return "team == \(pick("team", 50)) && !has(legacy)"
    case 7...9: return "app == \(pick("app", 200))"
    case 10...12: return "role == \(pick("role", 20)) && env in {\(pick("env", 4)), \(pick("env", 4))} && !has(legacy)"
    case 13...16: return "region == \(pick("region", 8)) || cluster == \(pick("cluster", 30))"
    case 17: return "tier != \(pick("tier", 3)) && region == \(pick("region", 8))"
    case 18: return "has(legacy) && cluster not in {\(pick("cluster", 30))} && env == \(pick("env", 4))"
    default: return "name == \(pick("pod", 100_000))"
    }
  }
}
