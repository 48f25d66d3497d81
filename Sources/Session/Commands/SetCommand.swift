import Manifests
import Reports
import Selector
import Simulator

extension Command {
  static let set = Command(
    "set", forms: ["set [KIND] NAME FIELD VALUE"],
    summary: "change one field of a resource",
    details: Property.all.map { "\($0.kind.rawValue) \($0.name): \($0.form)." }.joined(separator: " "),
    isJournalled: true, slots: Session.slotsOfSet,
    example: { session in session.firstName(of: .policy).map { "set policy \($0) order 50" } },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let id = try session.takeResource(&arguments)
      let properties = Property.of(id.kind)
      let names = properties.map(\.name)
      let field = try arguments.take("a field", help: "fields of a \(id.kind.rawValue) are \(names.joined(separator: ", "))")
      guard let property = Property.named(field.text, of: id.kind) else {
        let close = closestName(to: field.text, among: names).map { "did you mean \"\($0)\"? " } ?? ""
        throw .at(
          field.range, "\"\(field.text)\" is no field of a \(id.kind.rawValue) that set can change",
          help: close + fieldHelp(field.text, id, names))
      }
      guard let value = arguments.takeRest(), let before = session.now.catalog[id] else {
        throw .at(arguments.end, "a value for \(property.name) is missing", help: property.form)
      }
      let after = try property.setting(before, value)
      try session.change(id, from: before, to: after, "set \(id) \(property.name) \(value.text)", &answer)
    })

  /// - Parameter names: of the fields that set can change.
  private static func fieldHelp(_ field: String, _ id: ResourceID, _ names: [String]) -> String {
    if id.kind == .policy || id.kind == .profile, Direction(rawValue: field) != nil {
      return "rules: paste the whole \(id.kind.rawValue) as YAML, or edit \(id.name)"
    }
    return names.isEmpty ? "edit \(id.name) changes anything" : "fields are \(names.joined(separator: ", "))"
  }

  static let label = Command(
    "label", forms: ["label ENDPOINT KEY=VALUE…"],
    summary: "set labels of an endpoint or profile",
    details:
      "Several labels may be set at once: label web tier=front app=shop. Profiles have labels, too, and their endpoints inherit them.",
    isJournalled: true,
    slots: { $0.isEmpty ? [.endpoint, .profile] : [.label] },
    example: { session in
      session.now.world.endpoints.map(\.name).min().map { "label \($0) tier=front" }
    },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let id = try session.takeLabelled(&arguments)
      guard let before = session.now.catalog[id] else { return }
      guard !arguments.isEmpty else {
        throw .at(arguments.end, "a label is missing", help: "write KEY=VALUE")
      }
      var after = before
      while let word = arguments.take() {
        let bytes = Array(word.text.utf8)
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 else {
          throw .at(word.range, "\"\(word.text)\" is no KEY=VALUE", help: "such as role=web; unlabel takes a label away")
        }
        after.labels[ByteString(bytes[..<equals])] = ByteString(bytes[(equals + 1)...])
      }
      try session.change(id, from: before, to: after, "label \(id)", &answer)
    })

  static let unlabel = Command(
    "unlabel", forms: ["unlabel ENDPOINT KEY…"],
    summary: "take labels away from an endpoint or profile",
    details: "What an endpoint inherits from a profile stays; it is the profile's to lose.",
    isJournalled: true,
    slots: { $0.isEmpty ? [.endpoint, .profile] : [.labelKey(of: $0[0])] },
    example: { session in
      session.now.world.endpoints.filter { !$0.labels.isEmpty }.map { ($0.name, $0.labels.sorted[0].key) }
        .min { $0.0 < $1.0 }.map { "unlabel \($0.0) \($0.1)" }
    },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let id = try session.takeLabelled(&arguments)
      guard let before = session.now.catalog[id] else { return }
      guard !arguments.isEmpty else { throw .at(arguments.end, "a label's key is missing") }
      var after = before
      while let word = arguments.take() {
        guard before.labels[ByteString(word.text)] != nil else {
          let keys = before.labels.sorted.map(\.key.text)
          let close = closestName(to: word.text, among: keys).map { "did you mean \"\($0)\"? " } ?? ""
          throw .at(
            word.range, "\(id) has no label \"\(word.text)\" of its own",
            help: close + (keys.isEmpty ? "it has none" : "its labels are \(Session.list(keys))"))
        }
        after.labels[ByteString(word.text)] = nil
      }
      try session.change(id, from: before, to: after, "unlabel \(id)", &answer)
    })
}

extension Session {
  /// Takes the name of an endpoint or profile.
  fileprivate func takeLabelled(_ arguments: inout Arguments) throws(CommandFailure) -> ResourceID {
    let kinds = [ResourceKind.hostEndpoint, .workloadEndpoint, .profile]
    var kind: ResourceKind?
    if let word = arguments.peek, let named = Self.kind(word.text), kinds.contains(named),
      resources(named: ByteString(word.text)).isEmpty
    {
      kind = named
      _ = arguments.take()
    }
    let word = try arguments.take("an endpoint", help: "\"show endpoints\" lists them")
    let found = resources(named: ByteString(word.text), among: kind.map { [$0] } ?? kinds)
    if found.count == 1 { return found[0] }
    if kind == nil { return try endpoint(word).id }
    return try resource(word, kind: kind)
  }

  /// One resource becomes another with its name: a step, if the new one is acceptable as a manifest.
  mutating func change(
    _ id: ResourceID, from before: Resource, to after: Resource, _ title: String, _ answer: inout Answer
  ) throws(CommandFailure) {
    guard before != after else {
      answer.say("it is so already")
      answer.changedNothing = true
      return
    }
    try check(after)
    answer.say("changed \(Style.visible(id.description))")
    answer.say(diffLines(ResourceChange(id, from: before, to: after)).dropFirst(2).map { "  \($0)" })
    commit([ResourceChange(id, from: before, to: after)], title, &answer)
  }

  /// What would be refused in a file is refused here, too, be it disabled or not.
  func check(_ resource: Resource) throws(CommandFailure) {
    let text = encodeManifest(resource.enabled)
    let loaded = decodeManifests(
      SourceText(name: Style.visible(resource.id.description), bytes: Array(text.utf8)), strictness: .lenient)
    guard !loaded.hasErrors else {
      throw .manifests(loaded.diagnostics.filter { $0.severity == .error }, sources: loaded.sources)
    }
  }

  static let slotsOfSet: @Sendable ([String]) -> [Slot] = { before in
    guard let first = before.first else { return [.kind, .resource] }
    guard let kind = Session.kind(first) else {
      return before.count == 1 ? [.words(Set(Property.all.map(\.name)).sorted())] : []
    }
    switch before.count {
    case 1: return [.named(kind: first)]
    case 2: return [.words(Property.of(kind).map(\.name))]
    default:
      guard let property = Property.named(before[2], of: kind) else { return [] }
      return property.name == "selector" ? [.selector] : before.count == 3 ? [.words(property.values)] : []
    }
  }
}

extension Resource {
  /// The same with everything in force.
  var enabled: Resource {
    switch self {
    case .policy(var policy):
      policy.isDisabled = false
      for index in policy.ingress.indices { policy.ingress[index].isDisabled = false }
      for index in policy.egress.indices { policy.egress[index].isDisabled = false }
      return .policy(policy)
    case .profile(var profile):
      for index in profile.ingress.indices { profile.ingress[index].isDisabled = false }
      for index in profile.egress.indices { profile.egress[index].isDisabled = false }
      return .profile(profile)
    default: return self
    }
  }

  /// The labels of an endpoint or profile; of anything else none, and setting them does nothing.
  var labels: LabelSet {
    get {
      switch self {
      case .hostEndpoint(let endpoint): endpoint.labels
      case .workloadEndpoint(let endpoint): endpoint.labels
      case .profile(let profile): profile.labels
      default: LabelSet()
      }
    }
    set {
      switch self {
      case .hostEndpoint(var endpoint):
        endpoint.labels = newValue
        self = .hostEndpoint(endpoint)
      case .workloadEndpoint(var endpoint):
        endpoint.labels = newValue
        self = .workloadEndpoint(endpoint)
      case .profile(var profile):
        profile.labels = newValue
        self = .profile(profile)
      default: break
      }
    }
  }
}
