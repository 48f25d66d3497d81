import Selector
import Simulator

/// Values of one line: names, addresses, networks, ports, protocols, selectors.
extension ResourceReader {
  // MARK: Names

  /// A name that must have a shape; `nil` without a problem where it is absent or empty.
  mutating func name(_ id: NodeID?, _ pattern: NamePattern, what: String) -> ByteString? {
    guard let id, let text = text(id, expected: "a name"), !text.isEmpty else { return nil }
    guard pattern.matches(text.bytes) else {
      note(.value(.invalidName(text.shown, pattern, what: what)), at: id)
      return nil
    }
    return text
  }

  /// A name without which the resource has no identity. Empty where it is missing or wrong, and then noted.
  mutating func identifier<Name>(
    _ field: Name,
    of metadata: Fields<Name>,
    _ pattern: NamePattern,
    _ parts: ResourceParts
  ) -> ByteString {
    let before = errorCount
    if let name = name(metadata[field], pattern, what: field.rawValue) { return name }
    if errorCount == before {
      note(.field(.identifierMissing(field.rawValue)), at: metadata.key(field) ?? parts.metadataKey ?? parts.node)
    }
    return ""
  }

  /// A list of names; an empty one among them is wrong.
  mutating func names(_ id: NodeID?, _ pattern: NamePattern, what: String) -> [ByteString] {
    list(id, of: "names") { reader, node in
      guard let text = reader.text(node, expected: "a name") else { return nil }
      guard pattern.matches(text.bytes) else {
        reader.note(.value(.invalidName(text.shown, pattern, what: what)), at: node)
        return nil
      }
      return text
    }
  }

  mutating func labels(_ id: NodeID?) -> LabelSet {
    textMap(id, what: "labels") { reader, entry, key, value in
      if !NamePattern.labelKey.matches(key.bytes) { reader.note(.value(.invalidLabelKey(key.shown)), at: entry.key) }
      if !NamePattern.labelValue.matches(value.bytes) {
        reader.note(.value(.invalidLabelValue(value.shown)), at: entry.value)
      }
    }
  }

  /// One of a few words; `nil` without a problem where it is absent or empty.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ id: NodeID?,
    _: Word.Type = Word.self,
    what: String
  ) -> Word? where Word.RawValue == String {
    guard let id, let text = text(id, expected: "a word"), !text.isEmpty else { return nil }
    if let word = Word(rawValue: text.text) { return word }
    note(.value(.oneOf(text.shown, what: what, allowed: Word.allCases.map(\.rawValue))), at: id)
    return nil
  }

  // MARK: Addresses

  /// Text that calicoctl does not make of numbers, even in a mapping document: addresses and the like read themselves.
  mutating func plainText(_ id: NodeID, expected: String) -> ByteString? {
    guard let value = scalar(id, expected: expected) else { return nil }
    guard case .string(let text) = value else {
      note(.field(.wrongType(expected: expected, found: describe(id))), at: id)
      return nil
    }
    return text
  }

  mutating func address(_ id: NodeID) -> IPAddress? {
    guard let text = plainText(id, expected: "an IP address") else { return nil }
    guard let address = IPAddress(utf8: text.bytes[...]) else {
      note(.value(.invalidAddress(text.shown)), at: id)
      return nil
    }
    return address
  }

  mutating func optionalAddress(_ id: NodeID?) -> IPAddress? {
    guard let id, !isNull(id) else { return nil }
    return address(id)
  }

  /// A network, or a bare address as the network of that one.
  mutating func network(_ id: NodeID) -> IPNetwork? {
    guard let text = plainText(id, expected: "a network in CIDR form") else { return nil }
    guard let network = Self.network(text.bytes) else {
      note(.value(.invalidNetwork(text.shown)), at: id)
      return nil
    }
    return network
  }

  mutating func optionalNetwork(_ id: NodeID?) -> IPNetwork? {
    guard let id, !isNull(id) else { return nil }
    return network(id)
  }

  /// As `IPNetwork(_:)`, and with leading zeros in the prefix length, which Go reads too.
  private static func network(_ bytes: [UInt8]) -> IPNetwork? {
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else {
      return IPAddress(utf8: bytes[...]).map(IPNetwork.init(single:))
    }
    let digits = bytes[(slash + 1)...].drop { $0 == UInt8(ascii: "0") }
    let zero: [UInt8] = digits.isEmpty && slash + 1 < bytes.count ? [UInt8(ascii: "0")] : []
    return IPNetwork(String(decoding: bytes[...slash] + digits + zero, as: UTF8.self))
  }

  /// A MAC address in one of the forms that Go reads, as lower case with colons.
  mutating func mac(_ id: NodeID?) -> ByteString? {
    guard let id, !isNull(id), let text = plainText(id, expected: "a MAC address") else { return nil }
    guard let octets = MACText.octets(text.bytes) else {
      note(.value(.invalidMAC(text.shown)), at: id)
      return nil
    }
    return MACText.text(octets)
  }

  // MARK: Ports and protocols

  /// A port number, digits in quotes, or `"min:max"`.
  mutating func ports(_ id: NodeID) -> PortRange? {
    guard let value = scalar(id, expected: "a port or a range of ports") else { return nil }
    if case .string(let text) = value {
      switch PortText.range(text.shown) {
      case .success(let range): return range
      case .failure(let problem):
        note(.value(.invalidPort(problem)), at: id)
        return nil
      }
    }
    if case .null = value {
      note(.field(.wrongType(expected: "a port or a range of ports", found: describe(id))), at: id)
      return nil
    }
    return port(id).map { PortRange($0) }
  }

  /// One port number.
  mutating func port(_ id: NodeID) -> UInt16? {
    integer(id, what: "port", in: 1...65535).map { UInt16($0) }
  }

  /// A protocol by name or number; digits in quotes are a number.
  mutating func protocolMatch(_ id: NodeID?) -> ProtocolMatch? {
    guard let id, !isNull(id), let value = scalar(id, expected: "a protocol") else { return nil }
    guard case .string(let text) = value else {
      return integer(id, what: "protocol", in: 1...255).map {
        ProtocolMatch(IPProtocol(rawValue: UInt8($0)), isName: false)
      }
    }
    if let named = IPProtocol(name: text.text) { return ProtocolMatch(named, isName: true) }
    if let number = PortText.digits(text.text, max: 255), number > 0 {
      return ProtocolMatch(IPProtocol(rawValue: UInt8(number)), isName: false)
    }
    note(.value(.invalidProtocol(text.shown)), at: id)
    return nil
  }

  // MARK: Selectors

  /// A selector; `nil` without a problem where it is absent or empty.
  mutating func selector(_ id: NodeID?) -> Selector? {
    guard let id, let text = text(id, expected: "a selector"), !text.isEmpty else { return nil }
    do {
      return try Selector(text, generation: .v2)
    } catch {
      note(.value(.selector(error)), at: place(of: error.range, in: id))
      return nil
    }
  }

  /// Where bytes of a scalar's value stand in the file. For a block scalar, or one with escapes that cannot be followed,
  /// where the scalar begins.
  func place(of value: Range<Int>, in id: NodeID) -> Range<Int> {
    let target = document.resolved(id)
    let whole = document.range(target)
    let offsets = ScalarOffsets(
      value: document.scalarBytes(target),
      source: source.bytes[whole],
      style: document.node(target).style
    )
    guard let start = offsets.source(of: value.lowerBound), let end = offsets.source(of: value.upperBound) else {
      return whole.lowerBound..<whole.lowerBound + 1
    }
    return start..<max(end, start + 1)
  }
}
