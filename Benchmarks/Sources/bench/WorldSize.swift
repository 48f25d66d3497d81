import Glibc

/// How large a generated world is, and which file of it this is about.
struct WorldSize {
  var policies = 1_000
  /// Rules of each policy, half of them ingress.
  var rules = 10
  /// Workload endpoints; each node has a host endpoint besides.
  var endpoints = 10_000
  var nodes = 100
  var flows = 1_000_000

  /// Takes the options of `generate`: `--policies 1000` and so on.
  init(options: [String]) throws {
    var rest = options[...]
    while let name = rest.popFirst() {
      guard let field = Self.fields[name] else { throw BenchError.usage("unknown option \"\(name)\"") }
      guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else {
        throw BenchError.usage("\(name) takes a number above 0")
      }
      self[keyPath: field] = value
    }
  }

  init(policies: Int = 1_000, rules: Int = 10, endpoints: Int = 10_000, nodes: Int = 100, flows: Int = 1_000_000) {
    self.policies = policies
    self.rules = rules
    self.endpoints = endpoints
    self.nodes = nodes
    self.flows = flows
  }

  private static var fields: [String: WritableKeyPath<WorldSize, Int>] {
    [
      "--policies": \.policies, "--rules": \.rules, "--endpoints": \.endpoints, "--nodes": \.nodes, "--flows": \.flows,
    ]
  }
}
