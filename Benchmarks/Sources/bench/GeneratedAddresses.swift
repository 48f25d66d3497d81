/// The numbering plan of generated worlds: workload *i* is on node *i* modulo the number of nodes.
enum GeneratedAddresses {
  static func workload(_ index: Int) -> String {
    "10.\(64 + index >> 16).\(index >> 8 & 255).\(index & 255)"
  }

  static func host(_ node: Int) -> String { "172.16.\(node >> 8).\(node & 255)" }

  static func interface(_ workload: Int) -> String { "cali\(workload)" }

  /// An address of the world outside; one of 65,536, as the clients of a service come again.
  static func outside(_ random: inout SeededGenerator) -> String {
    let number = random.below(65_536)
    return "203.0.\(number >> 8).\(number & 255)"
  }

  static let ports = [22, 53, 80, 443, 3306, 5432, 6379, 8080, 8443, 9090, 9200, 27017]
}
