/// A packet and where it enters: what the walk judges.
package struct Flow: Hashable, Sendable {
  package enum Entry: Hashable, Sendable {
    /// Sent by a process in the host namespace.
    case host
    /// Arrives by an interface, by its index in the topology; a workload's interface if the workload sent it.
    case interface(Int)
  }

  package var packet: Packet
  package var entry: Entry
  /// The interface that the packet is made to leave by, whatever the routes say; index in the topology.
  package var out: Int?

  package init(_ packet: Packet, entry: Entry, out: Int? = nil) {
    self.packet = packet
    self.entry = entry
    self.out = out
  }
}

/// Where a delivered packet ended up.
package enum Exit: Hashable, Sendable {
  case host
  /// Index of the interface in the topology.
  case interface(Int)
}

/// Why a flow cannot be judged.
package enum FlowError: Error, Hashable, Sendable {
  /// No route leads to the address.
  case noRoute(IPAddress)
  /// Source and destination are of different families.
  case mixedFamilies
  /// A host endpoint governs the loopback interface; traffic from the host to itself is not modelled then.
  case governedLoopback(endpoint: Int)
}

/// What a packet is to its flow.
enum FlowRole: Hashable, Sendable {
  /// The packet that begins it; of TCP the SYN.
  case first
  /// What comes back; of TCP the SYN-ACK. Tracked, if the packet it answers made a connection.
  case answer(isTracked: Bool)
}

/// How connection tracking sees a packet (SEMANTICS section 6).
package enum ConntrackState: String, Hashable, Sendable {
  case new, established, invalid
  /// Untracked policy allowed the packet: no connection, no DNAT.
  case untracked
}

/// One packet judged: the way it took and what settled it.
package struct Judgement: Hashable, Sendable {
  package var path: Path
  package var isAllowed: Bool
  package var decidedBy: Decision
  /// Where it left; `nil` if it was denied.
  package var exit: Exit?
  /// The packet as it arrived at its end, after DNAT.
  package var delivered: Packet
  package var state: ConntrackState
}
