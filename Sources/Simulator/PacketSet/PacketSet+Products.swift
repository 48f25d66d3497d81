extension PacketSet {
  /// The set as criteria, of which each packet meets one; the first `limit` of them. `isWhole` tells whether that is all.
  ///
  /// What belongs together for people is put together where it is exact: protocols that are treated alike, and families.
  package func criteria(limit: Int) -> (criteria: [PacketCriteria], isWhole: Bool) {
    guard let root else { return ([], true) }
    var list = ProductList(limit: max(64, limit))
    list.addProducts(of: root)
    let merged = PacketCriteria.mergingFamilies(PacketCriteria.mergingHeaders(list.products))
    return (Array(merged.prefix(limit)), list.isWhole && merged.count <= limit)
  }
}

/// The ways through a diagram, each a product of the labels on it.
private struct ProductList {
  let limit: Int
  private(set) var products: [PacketCriteria] = []
  private(set) var isWhole = true

  init(limit: Int) {
    self.limit = limit
  }

  mutating func addProducts(of root: PacketNode) {
    for (label, child) in zip(root.labels, root.children) {
      for family in [IPFamily.v4, .v6] {
        for protocolClass in ProtocolClass.allCases {
          var product = PacketCriteria.any
          product.headers = label.intersection(protocolClass.headers).intersection(PacketCriteria.headers(of: family))
          if !product.headers.isEmpty { addProducts(below: child, family, protocolClass, product) }
        }
      }
    }
  }

  private mutating func addProducts(
    below header: PacketNode, _ family: IPFamily, _ protocolClass: ProtocolClass, _ base: PacketCriteria
  ) {
    var product = base
    for (second, below) in zip(header.labels, header.children) {
      for (first, ends) in zip(below.labels, below.children) {
        switch protocolClass {
        case .withPorts: (product.sourcePorts, product.destinationPorts) = (first, second)
        case .icmp: (product.icmpTypes, product.icmpCodes) = (first, second)
        case .plain: break
        }
        for (source, sourceNode) in zip(ends.labels, ends.children) {
          for destination in sourceNode.labels {
            guard products.count < limit else {
              isWhole = false
              return
            }
            product.source = .none
            product.source[family] = source
            product.destination = .none
            product.destination[family] = destination
            products.append(product)
          }
        }
      }
    }
  }
}

extension PacketCriteria {
  /// Criteria that differ in family and protocol alone become one.
  fileprivate static func mergingHeaders(_ list: [PacketCriteria]) -> [PacketCriteria] {
    merging(list) { kept, next in
      var same = next
      same.headers = kept.headers
      guard same == kept else { return false }
      kept.headers = kept.headers.union(next.headers)
      return true
    }
  }

  /// Criteria of IPv4 and of IPv6 that ask the same of all but addresses become one, if they leave the same ends open. The
  /// ICMP of one family counts as that of the other.
  fileprivate static func mergingFamilies(_ list: [PacketCriteria]) -> [PacketCriteria] {
    merging(list) { kept, next in
      guard kept.isOnly(.v4), next.isOnly(.v6) else { return false }
      let isICMP = kept.headers == icmp && next.headers == icmpv6
      guard isICMP || kept.headers.plusFamily == next.headers else { return false }
      guard kept.leavesOpen(\.source, .v4) == next.leavesOpen(\.source, .v6) else { return false }
      guard kept.leavesOpen(\.destination, .v4) == next.leavesOpen(\.destination, .v6) else { return false }
      var same = next
      same.headers = kept.headers
      same.source = kept.source
      same.destination = kept.destination
      guard same == kept else { return false }
      kept.headers = kept.headers.union(next.headers)
      kept.source.v6 = next.source.v6
      kept.destination.v6 = next.destination.v6
      return true
    }
  }

  private static let icmp = Intervals(PacketNode.headers(.v4, IPProtocol.icmp.range))
  private static let icmpv6 = Intervals(PacketNode.headers(.v6, IPProtocol.icmpv6.range))

  private static func merging(
    _ list: [PacketCriteria], _ merge: (inout PacketCriteria, PacketCriteria) -> Bool
  ) -> [PacketCriteria] {
    var kept: [PacketCriteria] = []
    for next in list where !kept.indices.contains(where: { merge(&kept[$0], next) }) { kept.append(next) }
    return kept
  }

  private func isOnly(_ family: IPFamily) -> Bool {
    family == .v4 ? source.v6.isEmpty : source.v4.isEmpty
  }

  private func leavesOpen(_ end: KeyPath<PacketCriteria, AddressSet>, _ family: IPFamily) -> Bool {
    self[keyPath: end][family] == AddressSet.all[family]
  }
}

extension Intervals {
  /// Headers of IPv4 as those of IPv6.
  fileprivate var plusFamily: Intervals {
    Intervals(ranges.map { ($0.lowerBound + 256)...($0.upperBound + 256) })
  }
}
