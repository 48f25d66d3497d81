package import Selector
package import Simulator

/// What a repository asks of gatewalk, once for all who run it: the file `.gatewalk.yaml`.
///
/// ```yaml
/// lint:
///   fail-on: warning                    # error, warning, info or never: what makes the exit status 1
///   disable: [GW104, empty-selector]    # rules that are not asked, by id or name
///   semantics: calico-2.4               # which semantics judge
///   baseline: .gatewalk-baseline.json   # findings that are known
///   exclude: [vendor/, old.yaml]        # files and directories left out where a directory is searched
/// ```
///
/// Every key may be left out. Paths start at the directory of the file. What the command line says goes before what the file says.
package struct Configuration: Hashable, Sendable {
  /// A value and where it stands.
  package struct Placed<Value: Hashable & Sendable>: Hashable, Sendable {
    package var value: Value
    package var location: SourceLocation
    /// Bytes of the file.
    package var length: Int
  }

  /// What makes the exit status of `gatewalk lint` 1: a finding as bad as this.
  package enum FailOn: String, Hashable, Sendable, CaseIterable {
    case error, warning, info, never
  }

  package struct Lint: Hashable, Sendable {
    package var failOn: FailOn?
    /// Whether there are such rules is for lint to say.
    package var disable: [Placed<ByteString>] = []
    package var semantics: String?
    package var baseline: Placed<ByteString>?
    package var exclude: [Placed<ByteString>] = []
  }

  package static let fileName = ".gatewalk.yaml"

  package var lint = Lint()

  package init() {}
}
