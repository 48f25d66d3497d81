package import Simulator

/// What a packet and its reply met on their way through a host: all that a picture shows, and nothing of how it looks.
///
/// Made from a trace alone. Texts are ready to be shown, without control characters, but not escaped for any format.
package struct PathPicture: Sendable {
  /// The node.
  package var host: String
  package var semantics: String
  /// All interfaces of the host, in the order of its topology; places name them by index.
  package var interfaces: [Interface]
  package var packet: Way
  /// `nil` if the packet was denied, if nothing answers it, or if the answer cannot be judged.
  package var reply: Way?
  /// Why there is no reply to a packet that was delivered.
  package var replyAbsence: String?
  package var notes: [String]

  /// An interface of the host.
  package struct Interface: Hashable, Sendable {
    package var name: String
    package var isWorkload: Bool
    /// The endpoint that governs it, by the name that people use.
    package var endpoint: String?
    /// Of a host interface its own addresses, of a workload's those of the workload.
    package var addresses: [String]
  }

  /// Where a packet begins or ends.
  package enum Place: Hashable, Sendable {
    /// Beyond a host interface.
    case outside(interface: Int)
    /// A process in the host namespace.
    case process
    case workload(interface: Int)
  }

  /// The way of one packet.
  package struct Way: Sendable {
    package var role: Role
    /// The packet as it entered: `tcp 10.0.0.2:40000 -> 10.0.0.1:80`.
    package var packet: String
    package var entry: Place
    /// Where it ended; `nil` if it was dropped.
    package var exit: Place?
    package var path: Path
    package var isAllowed: Bool
    package var ruling: Ruling
    package var stations: [Station]
    /// What connection tracking makes of a reply's source at the end: `10.65.0.1:8080 becomes 10.0.0.1:30080 again`.
    package var restored: String?

    package enum Role: String, Hashable, Sendable {
      case packet, reply
    }
  }

  /// What settled something: a rule, or something built in.
  package struct Ruling: Hashable, Sendable {
    package var decision: Decision
    /// `policy web ingress[0]`.
    package var label: String
    /// Where the rule stands; `nil` for what is built in.
    package var location: SourceLocation?
    /// `allow tcp to port 80`; `nil` where the label says it all.
    package var why: String?
  }

  /// One thing in a packet's way.
  package enum Station: Sendable {
    case gate(GateView)
    case conntrack(ConntrackState)
    case dnat(before: String, after: String)
    case route(Place)
  }

  /// A gate, whether it was asked or not.
  package struct GateView: Sendable {
    /// `pre-dnat ingress`.
    package var title: String
    /// `node3-eth0 (eth0)`, or whose gate it would be where the packet did not get so far.
    package var place: String
    package var state: State
    /// Is this the gate whose decision is the verdict?
    package var decides: Bool
    /// The claim that puts the gate here, such as `S80`.
    package var claim: String
    package var tried: [Tried]
    /// The step of the trace; `nil` for a gate that the packet did not reach.
    package var step: GateStep?
  }

  package enum State: Hashable, Sendable {
    case accepts(Ruling)
    case drops(Ruling)
    /// Asked, and no rule of it said anything final.
    case noVerdict
    case skipped(reason: String)
    /// It never stands in this path: why.
    case never(reason: String)
    /// The packet was dropped before.
    case unreached
  }

  /// A policy or profile that was tried at a gate.
  package struct Tried: Hashable, Sendable {
    /// `policy web, order 100, selects role == "web"`.
    package var head: String
    package var rules: [TriedRule]
  }

  /// A rule that was tried.
  package struct TriedRule: Hashable, Sendable {
    /// `ingress[0]`.
    package var label: String
    /// `allow tcp to port 80`.
    package var text: String
    package var location: SourceLocation?
    package var matched: Bool
    package var criteria: [Criterion]

    /// Something that the rule asks: `destination.ports: 81 is not 80`.
    package struct Criterion: Hashable, Sendable {
      package var text: String
      package var holds: Bool
    }
  }
}

extension PathPicture.Way {
  /// The gates among the stations, in order.
  package var gates: [PathPicture.GateView] {
    stations.compactMap { station in if case .gate(let gate) = station { gate } else { nil } }
  }
}

extension PathPicture {
  /// The packet's way, and the reply's if there is one.
  package var ways: [Way] { [packet] + (reply.map { [$0] } ?? []) }
}
