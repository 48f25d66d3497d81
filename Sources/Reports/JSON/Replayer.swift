import Selector
package import Simulator

/// Answers flow lines with result lines, one for one and in order.
package struct Replayer {
  private var simulation: Simulation
  private var verdicts = VerdictJSON()
  private var verdict = Verdict()
  private let defaultPlace: Int?
  /// The places of the hosts that flows have named.
  private var hosts = NameTable()
  private var lastWalker: (place: Int, walker: Walker)?

  package init(_ simulation: Simulation) {
    var simulation = simulation
    defaultPlace = simulation.world.defaultNode.flatMap { simulation.place(ofNode: $0) }
    self.simulation = simulation
  }

  /// Answers the line in `range` of `bytes`, newline included.
  ///
  /// - Returns: could the flow be judged? If not the answer's verdict is `error`, with a message.
  package mutating func answer(_ bytes: [UInt8], _ range: Range<Int>, into json: inout JSONWriter) -> Bool {
    var line = FlowLine()
    var failure: String?
    var isJudged = false
    do throws(JSONError) {
      try line.read(bytes, range)
    } catch {
      failure = "byte \(error.offset + 1): \(error.message)"
    }
    json.object { json in
      if let id = line.id {
        json.key("id")
        bytes.withUnsafeBufferPointer { json.raw(UnsafeBufferPointer(rebasing: $0[id])) }
      }
      if failure == nil { failure = judge(line, bytes, into: &json) }
      guard let failure else {
        isJudged = true
        return
      }
      json.field("verdict", "error")
      json.field("message", failure)
    }
    json.newline()
    return isJudged
  }

  /// Answers a line that could not even be read.
  package func refuse(_ message: String, into json: inout JSONWriter) {
    json.object { json in
      json.field("verdict", "error")
      json.field("message", message)
    }
    json.newline()
  }

  /// Writes the verdict, or returns why there is none.
  private mutating func judge(_ line: FlowLine, _ bytes: [UInt8], into json: inout JSONWriter) -> String? {
    guard let place = place(of: line, bytes) else { return unknownHost(line, bytes) }
    if lastWalker?.place != place { lastWalker = (place, simulation.walker(at: place)) }
    guard let walker = lastWalker?.walker else { return unknownHost(line, bytes) }
    switch line.flow(on: walker.topology, bytes) {
    case .failure(let problem): return problem.message
    case .success(let flow):
      do throws(FlowError) {
        try walker.judge(flow, into: &verdict)
        verdicts.write(verdict, on: walker, to: &json)
        return nil
      } catch {
        return "\(error.message(walker)); \(error.help(walker))"
      }
    }
  }

  private mutating func place(of line: FlowLine, _ bytes: [UInt8]) -> Int? {
    guard let host = line.host else { return defaultPlace }
    let known = host.look(up: hosts, bytes)
    if known >= 0 { return Int(known) }
    guard let name = line.host(in: bytes), let place = simulation.place(ofNode: name) else { return nil }
    hosts.insert(name, Int32(place))
    return place
  }

  private func unknownHost(_ line: FlowLine, _ bytes: [UInt8]) -> String {
    let names = simulation.world.nodes.map(\.text)
    guard let host = line.host(in: bytes) else {
      return names.isEmpty
        ? "the input has no host and no endpoint" : "which host? add \"host\", one of \(names.joined(separator: ", "))"
    }
    let close = closestName(to: host.text, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
    return "there is no host \"\(host)\"" + close
  }
}

extension FlowLine {
  /// What a flow line lacks, or names wrongly.
  package struct Problem: Error, Hashable, Sendable {
    package var message: String
  }

  /// The flow on a host; defaults as DESIGN has them.
  ///
  /// - Parameter bytes: those that the line was read from.
  package func flow(on topology: Topology, _ bytes: [UInt8]) -> Result<Flow, Problem> {
    guard var proto = `protocol` else { return .failure(Problem(message: "\"protocol\" is missing")) }
    guard let source else { return .failure(Problem(message: "\"source\" is missing")) }
    guard let destination else { return .failure(Problem(message: "\"destination\" is missing")) }
    if protocolIsName, proto.isICMP { proto = destination.family == .v4 ? .icmp : .icmpv6 }
    if proto.hasPorts, destinationPort == nil {
      return .failure(Problem(message: "\"destinationPort\" is missing"))
    }
    var entry = Flow.Entry.host
    if let interface {
      let place = interface.look(up: topology.places, bytes)
      guard place >= 0 else { return .failure(unknownInterface(topology, bytes)) }
      entry = .interface(Int(place))
    }
    let echo: UInt8 = proto == .icmp ? 8 : 128
    let packet = Packet(
      proto, from: source, port: proto.hasPorts ? sourcePort ?? FlowResolver.ephemeralPort : 0, to: destination,
      port: proto.hasPorts ? destinationPort ?? 0 : 0, icmpType: proto.isICMP ? icmpType ?? echo : 0,
      icmpCode: proto.isICMP ? icmpCode ?? 0 : 0)
    return .success(Flow(packet, entry: entry))
  }

  private func unknownInterface(_ topology: Topology, _ bytes: [UInt8]) -> Problem {
    let name = interface(in: bytes) ?? ""
    let close = closestName(to: name.text, among: topology.interfaces.map(\.name.text))
    return Problem(
      message: "\(topology.node) has no interface \"\(name)\"" + (close.map { "; did you mean \"\($0)\"?" } ?? ""))
  }
}

extension FlowLine.Name {
  /// The number that a table has for the name; -1 if it has none.
  @inline(__always)
  func look(up table: NameTable, _ bytes: [UInt8]) -> Int32 {
    if let resolved { return table[resolved.bytes.span] }
    return table[bytes.span.extracting(range)]
  }
}
