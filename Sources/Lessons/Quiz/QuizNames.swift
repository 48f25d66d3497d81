import Selector
import Simulator

/// The people, places and policies that questions are about.
enum QuizNames {
  static let outside = "203.0.113.9"
  static let office = "198.51.100.7"
  static let neighbour = "10.0.0.7"
  static let hostAddress = "10.0.0.1"
  static let innerAddress = "192.168.7.1"
  static let innerClient = "192.168.7.20"
  static let shopAddress = "10.65.0.2"
  static let jobsAddress = "10.65.0.3"

  // MARK: Rules

  static func rule(
    _ action: Action, _ protocol: IPProtocol? = nil, from sources: [String] = [], notFrom: [String] = [],
    sourcePorts: [UInt16] = [], to ports: [UInt16] = [], fromLabels selector: String? = nil
  ) -> Rule {
    var rule = Rule(action, protocol: `protocol`.map { ProtocolMatch($0, isName: true) })
    rule.source.nets = sources.compactMap { IPNetwork($0) }
    rule.source.notNets = notFrom.compactMap { IPNetwork($0) }
    rule.source.ports = sourcePorts.map { PortRange($0) }
    rule.source.selector = selector.flatMap { try? Selector(ByteString($0)) }
    rule.destination.ports = ports.map { PortRange($0) }
    return rule
  }

  static func policy(
    _ name: String, _ selector: String, order: Double?, doNotTrack: Bool = false, preDNAT: Bool = false,
    ingress: [Rule] = [], egress: [Rule] = []
  ) -> Policy? {
    guard let selector = try? Selector(ByteString(selector)) else { return nil }
    return Policy(
      name: ByteString(name), selector: selector, order: order, doNotTrack: doNotTrack, preDNAT: preDNAT, ingress: ingress,
      egress: egress)
  }

  static func labels(_ pairs: KeyValuePairs<String, String>) -> LabelSet {
    var labels = LabelSet()
    for (key, value) in pairs { labels[ByteString(key)] = ByteString(value) }
    return labels
  }
}
