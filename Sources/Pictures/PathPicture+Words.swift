import Reports
import Simulator

// What every picture says, in whatever way it is drawn: words carry all that colour and strokes carry.

extension PathPicture.Ruling {
  /// `policy web ingress[0] (cluster.yaml:31)`, the file without its folders.
  package var labelWithPlace: String { label + (location.map { " (\($0.shortFileAndLine))" } ?? "") }
}

extension PathPicture.State {
  /// What became of the packet here, in a word or two.
  package var word: String {
    switch self {
    case .accepts: "allow"
    case .drops: "deny"
    case .noVerdict: "goes on"
    case .skipped: "skipped"
    case .never: "never asked"
    case .unreached: "not reached"
    }
  }

  /// Who decided, or why nobody did; `nil` where the word says it all.
  package var because: String? {
    switch self {
    case .accepts(let ruling), .drops(let ruling): ruling.labelWithPlace
    case .noVerdict: "no rule decides here"
    case .skipped(let reason), .never(let reason): reason
    case .unreached: nil
    }
  }

  /// The rule, or what the built-in decision means.
  package var why: String? {
    switch self {
    case .accepts(let ruling), .drops(let ruling): ruling.why
    case .noVerdict, .skipped, .never, .unreached: nil
    }
  }

  /// Were the gate's rules asked?
  package var isAsked: Bool {
    switch self {
    case .accepts, .drops, .noVerdict: true
    case .skipped, .never, .unreached: false
    }
  }
}

extension PathPicture.Station {
  /// What the station is: `pre-dnat ingress`, `conntrack`.
  package var title: String {
    switch self {
    case .gate(let gate): gate.title
    case .conntrack: "conntrack"
    case .dnat: "DNAT"
    case .route: "route"
    }
  }

  /// Where it stands; empty for what belongs to the host as a whole.
  package var place: String {
    if case .gate(let gate) = self { gate.place } else { "" }
  }
}

extension PathPicture {
  /// What happens at a station, in a word or two.
  package func word(_ station: Station) -> String {
    switch station {
    case .gate(let gate): gate.state.word
    case .conntrack(let state): state.rawValue
    case .dnat: "rewritten"
    case .route(let place): place == .process ? "to the host" : "to \(interfaceName(place))"
    }
  }

  /// By what, or why; empty where there is nothing to add.
  package func because(_ station: Station) -> String {
    switch station {
    case .gate(let gate): gate.state.because ?? ""
    case .conntrack(let state): state.meaning
    case .dnat(let before, let after): "\(before) becomes \(after)"
    case .route: ""
    }
  }

  /// A station as a sentence without its stop: `pre-dnat ingress, node3-eth0 (eth0): allow, policy web ingress[0] (a.yaml:3)`.
  package func sentence(_ station: Station) -> String {
    let what = [station.title, station.place].filter { !$0.isEmpty }.joined(separator: ", ")
    var decides = ""
    if case .gate(let gate) = station, gate.decides { decides = " and this decides" }
    let reason = because(station)
    return "\(what): \(word(station))\(decides)" + (reason.isEmpty ? "" : ", \(reason)")
  }

  /// `outside, by eth0`, `a process on the host`, `workload guestbook (cali33)`.
  package func words(_ place: Place) -> String {
    switch place {
    case .process: return "a process on the host"
    case .outside(let index): return "outside, by \(interfaces[index].name)"
    case .workload(let index):
      let interface = interfaces[index]
      return interface.endpoint.map { "workload \($0) (\(interface.name))" } ?? "unknown workload behind \(interface.name)"
    }
  }

  /// The interface by which a place is reached; empty for a process.
  package func interfaceName(_ place: Place) -> String { interface(place)?.name ?? "" }

  /// The interface by which a place is reached; `nil` for a process.
  package func interface(_ place: Place) -> Interface? {
    switch place {
    case .process: nil
    case .outside(let index), .workload(let index): interfaces[index]
    }
  }

  /// `ALLOW by policy web ingress[0] (cluster.yaml:31)`.
  package func verdict(_ way: Way) -> String {
    "\(way.isAllowed ? "ALLOW" : "DENY") by \(way.ruling.labelWithPlace)"
  }

  /// `to-workload (K1) on node3, semantics documented`.
  package var context: String {
    "path \(packet.path.rawValue) (\(packet.path.number)) on host \(host), semantics \(semantics)"
  }

  /// Where a way ends: `dropped`, `delivered to a process on the host`, `sent outside, by eth1`.
  package func end(_ way: Way) -> String {
    switch way.exit {
    case nil: "the packet is dropped"
    case .outside(let index): "sent outside, by \(interfaces[index].name)"
    case .process: "delivered to a process on the host"
    case .workload(let index): "delivered to \(words(.workload(interface: index)))"
    }
  }

  /// The interfaces that no way of the picture passes.
  package var bystanders: [Interface] {
    let met = Set(ways.flatMap { [$0.entry, $0.exit].compactMap { $0.flatMap(interface) } }.map(\.name))
    return interfaces.filter { !met.contains($0.name) }
  }
}

extension PathPicture.Interface {
  /// `eth0 (node3-eth0)`.
  package var nameWithEndpoint: String { endpoint.map { "\(name) (\($0))" } ?? name }
}

extension PathPicture {
  /// The whole picture in sentences, for who cannot see it.
  package var description: String {
    var sentences = ["\(packet.packet): \(verdict(packet))", context]
    for way in ways {
      sentences.append(
        way.role == .packet ? "The packet begins at \(words(way.entry))" : "The reply, \(way.packet): \(verdict(way))")
      sentences += way.stations.map(sentence)
      if let restored = way.restored { sentences.append("The source, \(restored)") }
      sentences.append("At the end: \(end(way))")
    }
    if let replyAbsence { sentences.append("No reply: \(replyAbsence)") }
    return sentences.joined(separator: ". ") + "."
  }
}
