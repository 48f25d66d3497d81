import Selector
import Simulator

extension Session {
  /// Takes `[KIND] NAME` and finds the resource.
  func takeResource(_ arguments: inout Arguments) throws(CommandFailure) -> ResourceID {
    var kind: ResourceKind?
    if let word = arguments.peek, arguments.words.last != word, let named = Self.kind(word.text) {
      kind = named
      _ = arguments.take()
    }
    let word = try arguments.take("a name", help: "write KIND NAME, such as policy web")
    return try resource(word, kind: kind)
  }

  /// A kind by name, in letters of either case.
  static func kind(_ text: String) -> ResourceKind? {
    let lower = text.lowercased()
    return ResourceKind.allCases.first { $0.rawValue.lowercased() == lower }
  }

  /// The resource with a name, of a kind if one is given.
  func resource(_ word: Arguments.Word, kind: ResourceKind? = nil) throws(CommandFailure) -> ResourceID {
    let found = resources(named: ByteString(word.text), among: kind.map { [$0] } ?? ResourceKind.allCases)
    if found.count == 1 { return found[0] }
    if found.isEmpty {
      let what = kind.map { "\($0.rawValue)" } ?? "resource"
      let close = closestName(to: word.text, among: names(kind)).map { "did you mean \"\($0)\"? " } ?? ""
      throw .at(word.range, "there is no \(what) \"\(word.text)\"", help: close + "\"show\" lists what there is")
    }
    throw .at(
      word.range, "\"\(word.text)\" could be any of several resources",
      help: "write one of: \(found.prefix(12).map(\.description).joined(separator: ", "))")
  }

  /// Resources of some kinds by full name, and endpoints also by the name that people use.
  func resources(named name: ByteString, among kinds: [ResourceKind] = ResourceKind.allCases) -> [ResourceID] {
    let exact = kinds.map { ResourceID($0, name) }.filter { now.catalog[$0] != nil }
    guard kinds.contains(.hostEndpoint) || kinds.contains(.workloadEndpoint) else { return exact }
    let short = now.world.endpoints(shortNamed: name).map { now.world.endpoints[$0].resource.id }
    return exact + short.filter { kinds.contains($0.kind) && !exact.contains($0) }.sorted { $0.name < $1.name }
  }

  private func names(_ kind: ResourceKind?) -> [String] {
    var names = now.catalog.ids.filter { kind == nil || $0.kind == kind }.map(\.name.text)
    names += now.world.endpoints.filter { kind == nil || $0.resource.id.kind == kind }.map(\.shortName.text)
    return names
  }

  /// The first name of a kind, for examples.
  func firstName(of kind: ResourceKind) -> String? {
    now.catalog.names(of: kind).first?.name.text
  }
}
