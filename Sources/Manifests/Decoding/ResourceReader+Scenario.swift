import Selector
import Simulator

/// The smaller parts of a scenario.
extension ResourceReader {
  /// Text of any shape; `nil` where it is absent or empty.
  mutating func optionalText(_ id: NodeID?) -> ByteString? {
    guard let id, let text = text(id), !text.isEmpty else { return nil }
    return text
  }

  /// The items of a list, or the one value that stands alone.
  mutating func oneOrMore<Item>(
    _ id: NodeID?, of what: String, _ read: (inout ResourceReader, NodeID) -> Item?
  ) -> [Item] {
    guard let id, !isNull(id) else { return [] }
    guard document.node(id).kind == .scalar else { return list(id, of: what, read) }
    return read(&self, id).map { [$0] } ?? []
  }

  mutating func claim(_ id: NodeID) -> ByteString? {
    guard let text = optionalText(id) else { return nil }
    guard Claim.named(text) != nil else {
      note(.scenario(.unknownClaim(text.shown)), at: id)
      return nil
    }
    return text
  }

  mutating func semantics(_ id: NodeID) -> String? {
    guard let text = text(id, expected: "a word"), !text.isEmpty else { return nil }
    let names = Semantics.all.map(\.name)
    if let name = names.first(where: { ByteString($0) == text }) { return name }
    note(.value(.oneOf(text.shown, what: "semantics", allowed: names)), at: id)
    return nil
  }

  // MARK: Invariants

  mutating func invariant(_ id: NodeID) -> Invariant? {
    guard let fields = fields(id, InvariantField.self) else { return nil }
    let given = InvariantField.allCases.filter { fields.key($0) != nil }
    guard given.count == 1, let flows = self.fields(fields[given[0]], InvariantFlowField.self) else {
      if given.count != 1 { note(.scenario(.oneDemandEach), at: id) }
      return nil
    }
    let before = errorCount
    var invariant = Invariant(given[0] == .never ? .never : .always, from: [], to: [], location: location(id))
    invariant.from = ends(flows, .from, in: fields[given[0]] ?? id)
    invariant.to = ends(flows, .to, in: fields[given[0]] ?? id)
    invariant.protocols = oneOrMore(flows[.protocol], of: "protocols") { $0.protocolMatch($1)?.value }
    invariant.ports = oneOrMore(flows[.ports], of: "ports") { $0.ports($1) }
    invariant.interface = optionalText(flows[.in])
    invariant.node = optionalText(flows[.node])
    return errorCount == before ? invariant : nil
  }

  private mutating func ends(
    _ fields: Fields<InvariantFlowField>, _ name: InvariantFlowField, in item: NodeID
  ) -> [Invariant.End] {
    let before = errorCount
    let ends = oneOrMore(fields[name], of: "networks and names") { $0.end($1) }
    if ends.isEmpty, errorCount == before {
      note(.field(.missing(field: name.rawValue, in: .invariantFlows)), at: fields.key(name) ?? item)
    }
    return ends
  }

  /// What reads as an address or a network is one; anything else is a name.
  private mutating func end(_ id: NodeID) -> Invariant.End? {
    guard let text = optionalText(id) else { return nil }
    if text == "any" { return .any }
    if let address = IPAddress(utf8: text.bytes[...]) { return .network(IPNetwork(single: address)) }
    guard text.bytes.contains(UInt8(ascii: "/")), text.bytes.contains(where: { ".:".utf8.contains($0) }),
      text.bytes.first.map({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ":") || (0x61...0x66).contains($0) }) ?? false
    else { return .name(text) }
    return network(id).map { .network($0) }
  }
}
