import Manifests
import Reports
import Selector
import Simulator

extension Command {
  static let show = Command(
    "show", forms: ["show [endpoints|policies|profiles|hosts|failsafes|warnings]", "show [KIND] NAME"],
    summary: "tables of what there is; one thing in full as YAML",
    details: """
      show alone counts what there is. show NAME prints a resource as YAML and says where it came from. Long tables are cut; a word
      after the table's name keeps the rows that contain it: show endpoints web.
      """,
    slots: { before in
      switch before.count {
      case 0: [.words(Session.tables), .resource, .kind]
      case 1: [.named(kind: before[0])]
      default: []
      }
    },
    example: { session in
      session.firstName(of: .policy).map { "show policy \($0)" } ?? "show endpoints"
    },
    run: { (session, arguments, answer) throws(CommandFailure) in
      guard let word = arguments.peek else { return answer.say(session.overview) }
      if Session.tables.contains(word.text), session.resources(named: ByteString(word.text)).isEmpty {
        _ = arguments.take()
        let filter = arguments.take()
        try arguments.expectEnd()
        return answer.say(session.table(word.text, containing: filter?.text))
      }
      if session.resources(named: ByteString(word.text)).isEmpty, Session.kind(word.text) == nil,
        let table = closestName(to: word.text, among: Session.tables)
      {
        throw .at(word.range, "there is no resource \"\(word.text)\"", help: "did you mean \"show \(table)\"?")
      }
      // Of a name that several things have, all are shown.
      let all = arguments.words.last == word ? session.resources(named: ByteString(word.text)) : []
      if all.count > 1 { _ = arguments.take() }
      let ids = all.count > 1 ? all : [try session.takeResource(&arguments)]
      try arguments.expectEnd("show takes one name")
      for resource in ids.prefix(Session.longestTable).compactMap({ session.now.catalog[$0] }) {
        answer.say(session.inFull(resource))
      }
    })
}

extension Session {
  static let tables = ["endpoints", "policies", "profiles", "hosts", "failsafes", "warnings"]
  /// Longer tables are cut.
  fileprivate static let longestTable = 60

  /// How many there are of each kind.
  var overview: [String] {
    let counts = ResourceKind.allCases.compactMap { kind -> String? in
      let count = now.catalog.count(of: kind)
      return count == 0 ? nil : "\(count) \(kind.rawValue)"
    }
    return [counts.isEmpty ? "the world is empty; \"apply FILE\" or pasted YAML fills it" : counts.joined(separator: ", ")]
      + ["semantics \(semantics.name), \(semantics.summary)"]
      + ["show \(Self.tables.joined(separator: ", ")), or the name of a resource"]
  }

  func table(_ name: String, containing filter: String?) -> [String] {
    let rows: [[String]]
    switch name {
    case "endpoints": rows = endpointRows
    case "policies": rows = policyRows
    case "profiles": rows = profileRows
    case "hosts": rows = hostRows
    case "failsafes": rows = failsafeRows
    default: return warningLines
    }
    let bytes = filter.map { Array($0.utf8) } ?? []
    let kept = rows.dropFirst().filter { row in bytes.isEmpty || row.contains { $0.utf8.contains(bytes) } }
    guard !kept.isEmpty else {
      return [filter.map { "no \(name) with \"\(Style.visible($0))\"" } ?? "no \(name)"]
    }
    var table = TextTable()
    if let head = rows.first { table.add(head.map { TextTable.Cell($0, style.dim) }) }
    for row in kept.prefix(Self.longestTable) { table.add(row.map { TextTable.Cell(Style.visible($0)) }) }
    let rest = kept.count - Self.longestTable
    return table.lines(indent: 2)
      + (rest > 0 ? ["  … and \(rest) more; \"show \(name) TEXT\" keeps those that contain TEXT"] : [])
  }

  private var endpointRows: [[String]] {
    let endpoints = now.world.endpoints.sorted { $0.name < $1.name }
    return [["endpoint", "kind", "interface", "addresses", "labels", "profiles"]]
      + endpoints.map { endpoint in
        [
          endpoint.name.text, endpoint.isHost ? "host" : "workload", endpoint.interfaceName?.text ?? "(by address)",
          endpoint.addresses.isEmpty ? "none" : Self.list(endpoint.addresses.map(\.description)),
          Self.list(endpoint.labels.sorted.map { "\($0.key)=\($0.value)" }), Self.list(endpoint.profiles.map(\.text)),
        ]
      }
  }

  private var policyRows: [[String]] {
    [["policy", "order", "kind", "selects", "rules", "selector", "from"]]
      + now.world.policies.map { policy in
        [
          policy.name.text, policy.order.map(Self.number) ?? "none",
          policy.isDisabled ? "disabled" : policy.kind.rawValue,
          "\(now.world.labels.endpoints(matching: policy.selector).count)",
          "\(policy.ingress.count) in, \(policy.egress.count) out", policy.selector.text.text,
          policy.location?.shortFileAndLine ?? "",
        ]
      }
  }

  private var profileRows: [[String]] {
    [["profile", "rules", "tags", "labels", "from"]]
      + now.world.profiles.sorted { $0.name < $1.name }.map { profile in
        [
          profile.name.text, "\(profile.ingress.count) in, \(profile.egress.count) out", Self.list(profile.tags.map(\.text)),
          Self.list(profile.labels.sorted.map { "\($0.key)=\($0.value)" }), profile.location?.shortFileAndLine ?? "",
        ]
      }
  }

  private var hostRows: [[String]] {
    var byNode: [ByteString: Int] = [:]
    for endpoint in now.world.endpoints { byNode[endpoint.node, default: 0] += 1 }
    return [["host", "endpoints", "interfaces", "document"]]
      + now.world.nodes.map { node in
        let host = now.world.host(named: node)
        let interfaces = host?.interfaces.map { interface in
          ([interface.name.text] + interface.addresses.map(\.description)).joined(separator: " ")
        }
        return [
          node.text, "\(byNode[node] ?? 0)", interfaces.map(Self.list) ?? "inferred from its endpoints",
          host?.location?.shortFileAndLine ?? (host == nil ? "none" : ""),
        ]
      }
  }

  private var failsafeRows: [[String]] {
    func text(_ ports: [Host.FailsafePort]?, _ standard: [Host.FailsafePort]) -> String {
      let list = ports ?? standard
      let shown = list.isEmpty ? "none" : list.map { "\($0.protocol):\($0.port)" }.joined(separator: ",")
      return ports == nil ? shown + " (default)" : shown
    }
    return [["host", "inbound", "outbound"]]
      + now.world.nodes.map { node in
        let felix = now.world.host(named: node)?.felix
        return [
          node.text, text(felix?.failsafeInbound, semantics.failsafeInbound),
          text(felix?.failsafeOutbound, semantics.failsafeOutbound),
        ]
      }
  }

  private var warningLines: [String] {
    let text = DiagnosticText(sources: [], style: style, showsSource: false)
    let all = warnings
    return all.isEmpty ? ["no warnings"] : all.flatMap(text.lines)
  }

  /// A resource as YAML, with where it came from.
  func inFull(_ resource: Resource) -> [String] {
    let place = resource.location.map { "from \(Style.visible($0.fileAndLine))" } ?? "made in this session"
    let original = files.catalog[resource.id]
    let change =
      original == nil
      ? ", new in this session" : original?.withoutLocations == resource.withoutLocations ? "" : ", changed in this session"
    return [style.dim("# \(Style.visible(resource.id.description)), \(place)\(change)")]
      + encodeManifests([resource]).split(separator: "\n", omittingEmptySubsequences: false).map(String.init).droppingLastEmpty
      .map(Style.visible)
  }

  static func list(_ items: [String]) -> String {
    let shown = items.prefix(4).joined(separator: ", ")
    return items.count > 4 ? "\(shown), … (\(items.count))" : shown
  }

  /// `100`, `1.5`.
  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}

extension [String] {
  var droppingLastEmpty: [String] { last?.isEmpty == true ? dropLast() : self }
}

extension String.UTF8View {
  /// Does the text hold these bytes somewhere?
  func contains(_ part: [UInt8]) -> Bool {
    let bytes = Array(self)
    guard part.count <= bytes.count else { return false }
    return (0...(bytes.count - part.count)).contains { bytes[$0...].starts(with: part) }
  }
}
