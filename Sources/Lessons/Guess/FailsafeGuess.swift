package import Simulator

/// What somebody says of a failsafe port besides that it is one: `inbound tcp 22`. What is left out may be anything.
package struct FailsafeGuess: Hashable, Sendable {
  package var direction: Direction?
  package var `protocol`: IPProtocol?
  package var port: UInt16?

  static let form = "write failsafe alone, or as a trace does: failsafe inbound tcp 22"

  /// Reads `inbound tcp 22`, `tcp 22` or `22`.
  ///
  /// - Throws: the first word that says nothing of a failsafe port.
  init(_ words: some Collection<String>) throws(Guess.Failure) {
    var rest = words.map { $0.lowercased() }[...]
    switch rest.first {
    case "inbound", "in": direction = .ingress
    case "outbound", "out": direction = .egress
    default: break
    }
    if direction != nil { rest = rest.dropFirst() }
    if let word = rest.first, let named = IPProtocol(name: word), named.hasPorts {
      `protocol` = named
      rest = rest.dropFirst()
    }
    if let word = rest.first, let number = UInt16(word) {
      port = number
      rest = rest.dropFirst()
    }
    if let word = rest.first {
      throw Guess.Failure(message: "unexpected \"\(word)\" after failsafe", help: Self.form)
    }
  }

  func fits(_ direction: Direction, _ port: Host.FailsafePort) -> Bool {
    (self.direction ?? direction) == direction && (self.protocol ?? port.protocol) == port.protocol
      && (self.port ?? port.port) == port.port
  }

  /// `inbound tcp 22`.
  var text: String {
    [direction.map { $0 == .ingress ? "inbound" : "outbound" }, self.protocol.map { "\($0)" }, port.map { "\($0)" }]
      .compactMap { $0 }.joined(separator: " ")
  }
}
