/// A flow as a person types it, read but not yet looked up in a world:
/// `tcp client -> webserver:80 in eth0 on my-host`.
package struct FlowText: Hashable, Sendable {
  /// A piece of the text with its place, in bytes from 0.
  package struct Word: Hashable, Sendable {
    package var text: String
    package var range: Range<Int>
  }

  /// One end: an address or a name, and perhaps a port.
  package struct End: Hashable, Sendable {
    package var host: Word
    package var port: UInt16?
  }

  /// Where the packet enters, as far as the text says.
  package enum Entry: Hashable, Sendable {
    case interface(Word)
    case host
    case workload(Word)
  }

  package var `protocol`: IPProtocol
  /// Was the protocol given by name? `icmp` then means the ICMP of the addresses' family.
  package var protocolIsName: Bool
  package var source: End
  package var destination: End
  package var icmpType: UInt8?
  package var icmpCode: UInt8?
  package var entry: Entry?
  package var out: Word?
  package var node: Word?
}

/// What is wrong with a flow, and where.
package struct FlowTextError: Error, Hashable, Sendable {
  /// Bytes of the text, from 0; may be empty at its end.
  package var range: Range<Int>
  package var message: String
  package var help: String

  package init(_ range: Range<Int>, _ message: String, help: String) {
    self.range = range
    self.message = message
    self.help = help
  }
}

/// All that is wrong with a flow.
package struct FlowTextErrors: Error, Hashable, Sendable {
  package var text: String
  package var errors: [FlowTextError]

  package init(text: String, errors: [FlowTextError]) {
    self.text = text
    self.errors = errors
  }
}
