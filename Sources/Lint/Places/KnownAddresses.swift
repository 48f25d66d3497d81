import Selector
import Simulator

/// Every address that an endpoint or a host has, numbered, so that what nets and selectors pick of them are sets of numbers.
struct KnownAddresses {
  /// Sorted, each once.
  private let addresses: [IPAddress]
  /// The numbers of what selectors in rules stand for, by endpoint (SEMANTICS section 7).
  private let ofEndpoint: [[Int]]
  private let context: LintContext
  private var inNetwork: [IPNetwork: Bitset] = [:]
  private var ofSelector: [Selector: Bitset] = [:]

  /// - Complexity: O(*n* log *n*) in the addresses.
  init(_ context: LintContext) {
    self.context = context
    let ofHosts = context.topologies.flatMap { topology in
      topology.ownAddresses + topology.broadcastAddresses + topology.dnatRules.flatMap { [$0.address, $0.toAddress] }
    }
    let addresses = Set(context.world.endpoints.flatMap(\.addresses) + ofHosts).sorted()
    self.addresses = addresses
    let numbers = Dictionary(uniqueKeysWithValues: zip(addresses, addresses.indices))
    ofEndpoint = context.world.endpoints.map { $0.addresses.compactMap { numbers[$0] } }
  }

  func numbers(of some: some Sequence<IPAddress>) -> Bitset {
    Bitset(
      some.lazy.compactMap { address in
        let place = addresses.partitionIndex { $0 < address }
        return place < addresses.count && addresses[place] == address ? place : nil
      })
  }

  /// The numbers of an endpoint's own addresses.
  func numbers(ofEndpoint endpoint: Int) -> [Int] { ofEndpoint[endpoint] }

  /// The known addresses that satisfy one end of a rule, ports left out.
  ///
  /// - Complexity: a few set operations; what a network or a selector picks counts once.
  mutating func satisfying(_ entity: EntityRule) -> Bitset {
    var found = entity.nets.isEmpty ? Bitset(below: addresses.count) : union(of: entity.nets)
    if !entity.notNets.isEmpty { found.subtract(union(of: entity.notNets)) }
    for use in entity.selectorUses {
      let matching = numbers(matching: use.selector)
      if use.isNegated { found.subtract(matching) } else { found.formIntersection(matching) }
    }
    return found
  }

  private mutating func union(of networks: [IPNetwork]) -> Bitset {
    networks.reduce(into: Bitset()) { $0.formUnion(numbers(in: $1)) }
  }

  private mutating func numbers(in network: IPNetwork) -> Bitset {
    if let known = inNetwork[network] { return known }
    let first = addresses.partitionIndex { $0 < network.masked.address }
    let numbers = Bitset(addresses[first...].indices.prefix { network.contains(addresses[$0]) })
    inNetwork[network] = numbers
    return numbers
  }

  private mutating func numbers(matching selector: Selector) -> Bitset {
    if let known = ofSelector[selector] { return known }
    let numbers = Bitset(context.endpoints(matching: selector).flatMap { ofEndpoint[$0] })
    ofSelector[selector] = numbers
    return numbers
  }
}

extension Topology {
  /// Those of the connected networks: what is sent there is for the host.
  var broadcastAddresses: [IPAddress] {
    interfaces.flatMap(\.addresses).filter { $0.family == .v4 && $0.prefixLength < 31 }.map {
      IPAddress(.v4, value: $0.values.upperBound)
    }
  }
}
