package import Selector
package import Simulator

/// Which endpoints a selector matches, and which it all but matches and why not.
package struct SelectText: Sendable {
  private static let textWidth = 60

  private let selector: Selector
  private let world: World
  private let style: Style
  private let mostRows: Int
  private let mostNearMisses: Int

  /// - Parameters:
  ///   - mostRows: matching endpoints that are listed; the rest is counted.
  ///   - mostNearMisses: endpoints that are listed of those that do not match, the nearest first.
  package init(_ selector: Selector, in world: World, style: Style, mostRows: Int = 20, mostNearMisses: Int = 10) {
    self.selector = selector
    self.world = world
    self.style = style
    self.mostRows = mostRows
    self.mostNearMisses = mostNearMisses
  }

  /// - Complexity: a set operation per term, and a bounded look at endpoints that do not match.
  package var lines: [String] {
    let total = world.endpoints.count
    guard total > 0 else { return ["there are no endpoints"] }
    let matching = world.labels.endpoints(matching: selector)
    let count = matching.count
    let head = "\(count.grouped) of \(total.grouped) \(total == 1 ? "endpoint matches" : "endpoints match")"
    var lines = [style.bold(head)]
    var table = TextTable()
    for endpoint in matching.prefix(mostRows) { table.add(row(endpoint)) }
    if count > mostRows { table.add(line: style.dim("… and \((count - mostRows).grouped) more")) }
    lines += table.lines(indent: 2)
    let near = NearMissScan(selector, in: world, matching: matching, most: mostNearMisses)
    if !near.findings.isEmpty { lines += ["", style.bold("near misses")] + nearMisses(near.findings) }
    switch near.end {
    case .whole: break
    case .outOfBudget:
      lines.append(style.dim("near misses were looked for among the first \(near.looked.grouped) endpoints only"))
    case .selectorTooLarge:
      lines.append(style.dim("near misses are not looked for: the selector is too large"))
    }
    return lines
  }

  // MARK: Rows

  private func row(_ index: Int) -> [TextTable.Cell] {
    let endpoint = world.endpoints[index]
    return [
      TextTable.Cell(kind(of: endpoint)), TextTable.Cell(Style.visible(endpoint.name.text), style.bold),
      TextTable.Cell(Style.visible(endpoint.interfaceName?.text ?? "-")),
      TextTable.Cell(addresses(endpoint.addresses)), TextTable.Cell(labels(world.labels.labels(of: index)), style.dim),
    ]
  }

  private func kind(of endpoint: Endpoint) -> String { endpoint.isHost ? "host" : "workload" }

  private func addresses(_ addresses: [IPAddress]) -> String {
    guard !addresses.isEmpty else { return "-" }
    let shown = addresses.prefix(2).map(\.description).joined(separator: ",")
    return addresses.count > 2 ? "\(shown),… (\(addresses.count))" : shown
  }

  private func labels(_ labels: LabelSet) -> String {
    let shown = labels.sorted.prefix(8).map { label in
      label.value.isEmpty
        ? label.key.shortened(to: Self.textWidth)
        : "\(label.key.shortened(to: Self.textWidth))=\(label.value.shortened(to: Self.textWidth))"
    }
    return shown.joined(separator: ",") + (labels.count > 8 ? ",… (\(labels.count))" : "")
  }

  // MARK: Near misses

  private func nearMisses(_ findings: [NearMissScan.Finding]) -> [String] {
    var table = TextTable()
    for finding in findings {
      let endpoint = world.endpoints[finding.endpoint]
      let fact = TermFact(
        expression: selector.expression, origins: LabelOrigins(of: finding.endpoint, in: world))
      for (place, term) in finding.terms.enumerated() {
        let isFirst = place == 0
        table.add([
          TextTable.Cell(isFirst ? kind(of: endpoint) : ""),
          TextTable.Cell(isFirst ? Style.visible(endpoint.name.text) : "", style.bold),
          TextTable.Cell("\(wanted(term, fact)): \(fact.phrase(term, .brief))"),
        ])
      }
    }
    return table.lines(indent: 2)
  }

  /// The term as it would have to hold: one that holds, and must not, with `!` before it.
  private func wanted(_ term: Int, _ fact: TermFact) -> String {
    let expression = selector.expression
    let text = ByteString(selector.text.bytes[expression.range(of: term)]).shortened(to: Self.textWidth)
    guard expression.truths(for: fact.origins.labels)[term] else { return text }
    return expression.operation(of: term) == .has ? "!\(text)" : "!(\(text))"
  }
}
