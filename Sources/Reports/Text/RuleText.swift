import Selector
package import Simulator

/// A rule in a line: `allow tcp from 10.0.0.0/8 to port 80`, with `(disabled)` before one that is.
package struct RuleText {
  private let rule: Rule

  package init(rule: Rule) {
    self.rule = rule
  }

  package var text: String {
    var parts = [rule.action.rawValue]
    if let version = rule.ipVersion { parts.append("IPv\(version.rawValue)") }
    if let match = rule.protocol { parts.append(match.description) }
    if let match = rule.notProtocol { parts.append("not \(match)") }
    if let match = rule.icmp { parts.append(Self.icmp(match)) }
    if let match = rule.notICMP { parts.append("not \(Self.icmp(match))") }
    parts += Self.entity(rule.source, "from")
    parts += Self.entity(rule.destination, "to")
    if parts.count == 1 { parts.append("everything") }
    if rule.isDisabled { parts.insert("(disabled)", at: 0) }
    return Style.visible(parts.joined(separator: " "))
  }

  private static func icmp(_ match: ICMPMatch) -> String {
    "type \(match.type.map { "\($0)" } ?? "any")" + (match.code.map { " code \($0)" } ?? "")
  }

  private static func entity(_ entity: EntityRule, _ word: String) -> [String] {
    var parts: [String] = []
    if !entity.nets.isEmpty { parts.append(list(entity.nets)) }
    if !entity.notNets.isEmpty { parts.append("not \(list(entity.notNets))") }
    if let tag = entity.tag { parts.append("tag \(tag)") }
    if let tag = entity.notTag { parts.append("not tag \(tag)") }
    if let selector = entity.selector { parts.append("{\(selector.text)}") }
    if let selector = entity.notSelector { parts.append("not {\(selector.text)}") }
    if !entity.ports.isEmpty { parts.append("port \(list(entity.ports))") }
    if !entity.notPorts.isEmpty { parts.append("not port \(list(entity.notPorts))") }
    return parts.isEmpty ? [] : [word] + parts
  }

  private static func list(_ items: [some CustomStringConvertible]) -> String {
    let shown = items.prefix(3).map(\.description).joined(separator: ",")
    return items.count > 3 ? "\(shown),… (\(items.count))" : shown
  }
}
