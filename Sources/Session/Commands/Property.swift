import Selector
import Simulator

/// A field that `set` can change: a table that completion and help read too.
struct Property: Sendable {
  let kind: ResourceKind
  let name: String
  /// What a value looks like.
  let form: String
  /// Values to offer.
  let values: [String]
  /// The resource with the field set.
  let setting: @Sendable (Resource, Arguments.Word) throws(CommandFailure) -> Resource

  static func named(_ name: String, of kind: ResourceKind) -> Property? {
    all.first { $0.kind == kind && $0.name.lowercased() == name.lowercased() }
  }

  static func of(_ kind: ResourceKind) -> [Property] { all.filter { $0.kind == kind } }

  static let all: [Property] = [
    policy("order", "a number, or none", []) { (policy, word) throws(CommandFailure) in
      policy.order = try word.number()
    },
    policy("selector", "a selector", []) { (policy, word) throws(CommandFailure) in
      policy.selector = try word.selector()
    },
    policy("doNotTrack", "true or false", ["true", "false"]) { (policy, word) throws(CommandFailure) in
      policy.doNotTrack = try word.flag()
    },
    policy("preDNAT", "true or false", ["true", "false"]) { (policy, word) throws(CommandFailure) in
      policy.preDNAT = try word.flag()
    },
    hostEndpoint("interfaceName", "an interface, or none", ["none"]) { (endpoint, word) throws(CommandFailure) in
      endpoint.interfaceName = word.text == "none" ? nil : ByteString(word.text)
    },
    hostEndpoint("expectedIPs", "addresses with commas between, or none", ["none"]) { (endpoint, word) throws(CommandFailure) in
      endpoint.expectedIPs = try word.items { IPAddress($0) }
    },
    hostEndpoint("profiles", "names with commas between, or none", ["none"]) { (endpoint, word) throws(CommandFailure) in
      endpoint.profiles = try word.items { ByteString($0) }
    },
    workloadEndpoint("interfaceName", "an interface", []) { (endpoint, word) throws(CommandFailure) in
      endpoint.interfaceName = ByteString(word.text)
    },
    workloadEndpoint("ipNetworks", "addresses with commas between, or none", ["none"]) {
      (endpoint, word) throws(CommandFailure) in
      endpoint.ipNetworks = try word.items { IPNetwork($0) ?? IPAddress($0).map { IPNetwork(single: $0) } }
    },
    workloadEndpoint("profiles", "names with commas between, or none", ["none"]) { (endpoint, word) throws(CommandFailure) in
      endpoint.profiles = try word.items { ByteString($0) }
    },
    profile("tags", "names with commas between, or none", ["none"]) { (profile, word) throws(CommandFailure) in
      profile.tags = try word.items { ByteString($0) }
    },
    host("defaultEndpointToHostAction", "Drop, Accept or Return", Host.EndpointToHostAction.allCases.map(\.rawValue)) {
      (host, word) throws(CommandFailure) in
      host.felix.defaultEndpointToHostAction = try word.hostAction()
    },
    host("interfacePrefix", "prefixes with commas between, or none", ["none"]) { (host, word) throws(CommandFailure) in
      host.felix.interfacePrefixes = word.text == "none" ? nil : try word.items { ByteString($0) }
    },
  ]
}

extension Property {
  private typealias Setter<Value> = @Sendable (inout Value, Arguments.Word) throws(CommandFailure) -> Void

  private static func policy(_ name: String, _ form: String, _ values: [String], _ set: @escaping Setter<Policy>) -> Property {
    Property(kind: .policy, name: name, form: form, values: values) { (resource, word) throws(CommandFailure) in
      guard case .policy(var policy) = resource else { return resource }
      try set(&policy, word)
      return .policy(policy)
    }
  }

  private static func profile(_ name: String, _ form: String, _ values: [String], _ set: @escaping Setter<Profile>) -> Property
  {
    Property(kind: .profile, name: name, form: form, values: values) { (resource, word) throws(CommandFailure) in
      guard case .profile(var profile) = resource else { return resource }
      try set(&profile, word)
      return .profile(profile)
    }
  }

  private static func hostEndpoint(
    _ name: String, _ form: String, _ values: [String], _ set: @escaping Setter<HostEndpoint>
  ) -> Property {
    Property(kind: .hostEndpoint, name: name, form: form, values: values) { (resource, word) throws(CommandFailure) in
      guard case .hostEndpoint(var endpoint) = resource else { return resource }
      try set(&endpoint, word)
      return .hostEndpoint(endpoint)
    }
  }

  private static func workloadEndpoint(
    _ name: String, _ form: String, _ values: [String], _ set: @escaping Setter<WorkloadEndpoint>
  ) -> Property {
    Property(kind: .workloadEndpoint, name: name, form: form, values: values) { (resource, word) throws(CommandFailure) in
      guard case .workloadEndpoint(var endpoint) = resource else { return resource }
      try set(&endpoint, word)
      return .workloadEndpoint(endpoint)
    }
  }

  private static func host(_ name: String, _ form: String, _ values: [String], _ set: @escaping Setter<Host>) -> Property {
    Property(kind: .host, name: name, form: form, values: values) { (resource, word) throws(CommandFailure) in
      guard case .host(var host) = resource else { return resource }
      try set(&host, word)
      return .host(host)
    }
  }
}

// MARK: - Values

extension Arguments.Word {
  /// A number; `nil` for `none`.
  func number() throws(CommandFailure) -> Double? {
    if text == "none" { return nil }
    guard let number = Double(text), number.isFinite else {
      throw .at(range, "\"\(text)\" is no number", help: "write a number, or none")
    }
    return number
  }

  func flag() throws(CommandFailure) -> Bool {
    guard let flag = Bool(text) else { throw .at(range, "\"\(text)\" is neither true nor false") }
    return flag
  }

  func selector() throws(CommandFailure) -> Selector {
    do throws(SelectorError) {
      return try Selector(ByteString(text))
    } catch {
      throw .at(
        (range.lowerBound + error.range.lowerBound)..<(range.lowerBound + error.range.upperBound), error.message,
        help: error.help)
    }
  }

  func hostAction() throws(CommandFailure) -> Host.EndpointToHostAction? {
    if text == "none" { return nil }
    guard let action = Host.EndpointToHostAction.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) else {
      throw .at(range, "\"\(text)\" is no action", help: "Drop, Accept or Return")
    }
    return action
  }

  /// Items with commas between; none for `none`. Blanks around commas do not count.
  func items<Item>(_ read: (String) -> Item?) throws(CommandFailure) -> [Item] {
    if text == "none" { return [] }
    var items: [Item] = []
    for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let trimmed = part.drop { Arguments.isBlank($0) }.reversed().drop { Arguments.isBlank($0) }.reversed()
      let name = String(decoding: Array(trimmed), as: UTF8.self)
      guard !name.isEmpty, let item = read(name) else {
        throw .at(range, name.isEmpty ? "an item is empty" : "\"\(name)\" cannot stand here", help: "items have commas between")
      }
      items.append(item)
    }
    return items
  }
}
