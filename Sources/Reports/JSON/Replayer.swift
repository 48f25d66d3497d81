import Selector
package import Simulator

/// Answers flow lines with result lines, one for one and in order.
package struct Replayer {
  private var simulation: Simulation
  private var verdicts = VerdictJSON()
  private let defaultPlace: Int?
  private var lastHost: (name: ByteString, place: Int)?
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
        json.raw(id)
      }
      if failure == nil { failure = judge(line, into: &json) }
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
  private mutating func judge(_ line: FlowLine, into json: inout JSONWriter) -> String? {
    guard let place = place(of: line) else { return unknownHost(line) }
    if lastWalker?.place != place { lastWalker = (place, simulation.walker(at: place)) }
    guard let walker = lastWalker?.walker else { return unknownHost(line) }
    switch line.flow(on: walker.topology) {
    case .failure(let problem): return problem.message
    case .success(let flow):
      do throws(FlowError) {
        verdicts.write(try walker.judge(flow), on: walker, to: &json)
        return nil
      } catch {
        return "\(error.message(walker)); \(error.help(walker))"
      }
    }
  }

  private mutating func place(of line: FlowLine) -> Int? {
    guard let host = line.host else { return defaultPlace }
    if let lastHost, lastHost.name == host { return lastHost.place }
    guard let place = simulation.place(ofNode: host) else { return nil }
    lastHost = (host, place)
    return place
  }

  private func unknownHost(_ line: FlowLine) -> String {
    let names = simulation.world.nodes.map(\.text)
    guard let host = line.host else {
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
  package func flow(on topology: Topology) -> Result<Flow, Problem> {
    guard var proto = `protocol` else { return .failure(Problem(message: "\"protocol\" is missing")) }
    guard let source else { return .failure(Problem(message: "\"source\" is missing")) }
    guard let destination else { return .failure(Problem(message: "\"destination\" is missing")) }
    if protocolIsName, proto.isICMP { proto = destination.family == .v4 ? .icmp : .icmpv6 }
    if proto.hasPorts, destinationPort == nil {
      return .failure(Problem(message: "\"destinationPort\" is missing"))
    }
    var entry = Flow.Entry.host
    if let interface {
      guard let place = topology.interface(named: interface) else {
        let names = topology.interfaces.map(\.name.text)
        let close = closestName(to: interface.text, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
        return .failure(Problem(message: "\(topology.node) has no interface \"\(interface)\"" + close))
      }
      entry = .interface(place)
    }
    let echo: UInt8 = proto == .icmp ? 8 : 128
    let packet = Packet(
      proto, from: source, port: proto.hasPorts ? sourcePort ?? FlowResolver.ephemeralPort : 0, to: destination,
      port: proto.hasPorts ? destinationPort ?? 0 : 0, icmpType: proto.isICMP ? icmpType ?? echo : 0,
      icmpCode: proto.isICMP ? icmpCode ?? 0 : 0)
    return .success(Flow(packet, entry: entry))
  }
}
