import Selector

/// What the walk asks of each interface of a host: a few numbers, nothing counted.
struct GatePlan: Sendable {
  /// One interface.
  struct Link: Sendable {
    var isWorkload: Bool
    /// The endpoint that governs the interface, by index in the world; -1 for none.
    var endpoint: Int32
    /// Its policies of each kind, as ranges of the book's assignment. Untracked and pre-DNAT policies never apply to
    /// workloads (D15).
    var untracked: Range<Int32>
    var preDNAT: Range<Int32>
    var normal: Range<Int32>
    /// Its profiles, as a range of the plan's.
    var profiles: Range<Int32>

    /// The policies that the endpoint has in a stage.
    @inline(__always)
    func policies(_ stage: Stage) -> Range<Int32> {
      switch stage {
      case .untracked: untracked
      case .preDNAT: preDNAT
      case .normal, .workload: normal
      }
    }
  }

  let links: [Link]
  /// Profiles of endpoints, in their order: indices in the world, or -1 for one that is missing.
  let profiles: [Int32]
  /// Failsafe ports as `failsafe(_:_:)` writes them, inbound ones first.
  private let failsafes: [UInt32]
  private let inboundFailsafes: Int

  init(world: World, topology: Topology, book: RuleBook) {
    var profiles: [Int32] = []
    links = topology.interfaces.map { interface in
      let first = Int32(profiles.count)
      if let endpoint = interface.endpoint {
        profiles += world.endpoints[endpoint].profiles.map { name in
          guard let index = world.profile(named: name), !book.profiles[index].isMissing else { return -1 }
          return Int32(index)
        }
      }
      func policies(_ kind: PolicyKind) -> Range<Int32> {
        guard let endpoint = interface.endpoint, kind == .normal || !interface.isWorkload else { return 0..<0 }
        return book.assignment.list(of: endpoint, kind)
      }
      return Link(
        isWorkload: interface.isWorkload, endpoint: interface.endpoint.map { Int32($0) } ?? -1,
        untracked: policies(.untracked), preDNAT: policies(.preDNAT), normal: policies(.normal),
        profiles: first..<Int32(profiles.count))
    }
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
