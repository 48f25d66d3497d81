import Selector
import Simulator

extension LintContext {
  /// An endpoint in words: `host endpoint "my-host/eth0"`.
  func words(_ endpoint: Int) -> String {
    let endpoint = world.endpoints[endpoint]
    return "\(endpoint.isHost ? "host" : "workload") endpoint \"\(endpoint.name)\""
  }

  /// How many endpoints, of which kind, and one of them: `3 host endpoints such as "my-host/eth0"`. Of one its name alone.
  ///
  /// - Precondition: there is at least one.
  func words(_ endpoints: Bitset) -> String {
    guard let first = endpoints.first(where: { _ in true }) else { return "no endpoint" }
    let count = endpoints.count
    if count == 1 { return words(first) }
    let example = world.endpoints[first]
    let kind = endpoints.isSubset(of: hostEndpoints) ? "host " : endpoints.isDisjoint(with: hostEndpoints) ? "workload " : ""
    return "\(count) \(kind)endpoints such as " + (kind.isEmpty ? words(first) : "\"\(example.name)\"")
  }
}

extension Direction {
  /// The traffic of one direction as the sentence about it names it.
  var traffic: String { self == .ingress ? "inbound" : "outbound" }
}

extension Policy {
  /// The rules of one direction that can match, each with its place in the list.
  func enabledRules(_ direction: Direction) -> [(index: Int, rule: Rule)] {
    rules(direction).enumerated().filter { !$0.element.isDisabled }.map { (index: $0.offset, rule: $0.element) }
  }
}

extension Rule {
  /// Does the rule match every packet?
  var isUnconditional: Bool {
    ipVersion == nil && `protocol` == nil && notProtocol == nil && icmp == nil && notICMP == nil && source.isEmpty
      && destination.isEmpty && !isDisabled
  }
}
