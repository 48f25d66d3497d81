import Selector

/// What the walk asks of each interface of a host: a few numbers, nothing counted.
struct GatePlan: Sendable {
  /// One interface.
  struct Link: Sendable {
    var isWorkload: Bool
    /// The endpoint that governs the interface, by index in the world; -1 for none.
    var endpoint: Int32
    /// Where its policies of each kind begin in the book's assignment, and the end of the last. Untracked and pre-DNAT
    /// policies never apply to workloads (D15).
    var untracked: Int32
    var preDNAT: Int32
    var normal: Int32
    var policiesEnd: Int32
    /// Its profiles in the plan's.
    var profiles: Int32
    var profilesEnd: Int32

    /// The policies that the endpoint has in a stage, as a range of the book's assignment.
    @inline(__always)
    func policies(_ stage: Stage) -> Range<Int32> {
      switch stage {
      case .untracked: Range(uncheckedBounds: (untracked, preDNAT))
      case .preDNAT: Range(uncheckedBounds: (preDNAT, normal))
      case .normal, .workload: Range(uncheckedBounds: (normal, policiesEnd))
      }
    }
  }

  let links: FixedTable<Link>
  /// Profiles of endpoints, in their order: indices in the world, or -1 for one that is missing.
  let profiles: [Int32]
  /// Failsafe ports as `failsafe(_:_:)` writes them, inbound ones first.
  private let failsafes: [UInt32]
  private let inboundFailsafes: Int

  init(world: World, topology: Topology, book: RuleBook) {
    var profiles: [Int32] = []
    let links = topology.interfaces.map { interface in
      let first = Int32(profiles.count)
      if let endpoint = interface.endpoint {
        profiles += world.endpoints[endpoint].profiles.map { name in
          guard let index = world.profile(named: name), !book.profiles[index].isMissing else { return -1 }
          return Int32(index)
        }
      }
      let lists = interface.endpoint.map { book.assignment.lists(of: $0) } ?? [0, 0, 0, 0]
      return Link(
        isWorkload: interface.isWorkload, endpoint: interface.endpoint.map { Int32($0) } ?? -1,
        untracked: lists[interface.isWorkload ? 2 : 0], preDNAT: lists[interface.isWorkload ? 2 : 1], normal: lists[2],
        policiesEnd: lists[3], profiles: first, profilesEnd: Int32(profiles.count))
    }
    self.links = FixedTable(links)
    self.profiles = profiles
    failsafes = (topology.failsafeInbound + topology.failsafeOutbound).map { Self.failsafe($0.protocol, $0.port) }
    inboundFailsafes = topology.failsafeInbound.count
  }

  private static func failsafe(_ protocol: IPProtocol, _ port: UInt16) -> UInt32 {
    UInt32(`protocol`.rawValue) << 16 | UInt32(port)
  }

  /// The place in the failsafe list of the packet's destination port (S21, S22: any address); -1 if it is in none.
  @inline(__always)
  func failsafe(_ direction: Direction, _ packet: Packet) -> Int32 {
    guard packet.protocol.hasPorts else { return -1 }
    let wanted = Self.failsafe(packet.protocol, packet.destinationPort)
    let list = direction == .ingress ? 0..<inboundFailsafes : inboundFailsafes..<failsafes.count
    for index in list where failsafes[index] == wanted { return Int32(index - list.lowerBound) }
    return -1
  }
}
