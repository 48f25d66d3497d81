import Selector
import Simulator

/// Why no change of policy helps, and what a person can do instead.
struct LimitText {
  let limit: RemedyLimit
  let goal: RemedyGoal
  let walker: Walker

  var reason: String {
    switch limit {
    case .cannotBeJudged(let error): error.message(walker)
    case .replyCannotBeJudged(let error): "the reply finds no way back, \(error.message(walker))"
    case .beginsNoConnection: "connection tracking drops the packet, which begins no connection"
    case .unknownWorkload(let interface): "\(interface) is a workload interface without an endpoint"
    case .needsHostDocument(let setting): "\(name(setting)) decides, and \(walker.topology.node) has no Host document"
    case .notPoliced(let path, _): "nothing polices this packet, \(path.rawValue) (\(path.number))"
    case .neverPoliced(let path): "Calico does not police this packet, \(path.rawValue) (\(path.number))"
    case .noneFound: "no small change was found"
    }
  }

  var advice: [String] {
    switch limit {
    case .cannotBeJudged(let error), .replyCannotBeJudged(let error): [error.help(walker)]
    case .beginsNoConnection:
      ["ask about the packet that begins the connection, from the other end; its reply then needs no rule (S71)"]
    case .unknownWorkload(let interface):
      ["create a workloadEndpoint with interfaceName \(interface); until then all its traffic is dropped (S8)"]
    case .needsHostDocument(let setting): [document(setting)]
    case .notPoliced(_, let interfaces) where interfaces.isEmpty:
      ["keep it off outside Calico: a host endpoint here would let it through as well"]
    case .notPoliced(_, let interfaces):
      [
        "create a hostEndpoint for \(interfaces.map(\.text).joined(separator: " or ")) on \(walker.topology.node); it then "
          + "drops everything there that no policy or profile allows, failsafes apart (S20)"
      ]
    case .neverPoliced: ["stop it outside Calico, or police the other end of the flow"]
    case .noneFound: ["trace the flow, and change what its steps name"]
    }
  }

  private func name(_ setting: HostSetting) -> String {
    switch setting {
    case .endpointToHostAction: "defaultEndpointToHostAction"
    case .failsafe(let direction, let port):
      "the failsafe \(direction == .ingress ? "inbound" : "outbound") \(port.protocol) \(port.port)"
    }
  }

  private func document(_ setting: HostSetting) -> String {
    let what =
      switch setting {
      case .endpointToHostAction: "felix.defaultEndpointToHostAction: Accept"
      case .failsafe(.ingress, _): "felix.failsafeInboundHostPorts without the port"
      case .failsafe(.egress, _): "felix.failsafeOutboundHostPorts without the port"
      }
    return "write a Host document for \(walker.topology.node) with its interfaces and \(what)"
  }
}
