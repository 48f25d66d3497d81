/// The hosts of a world, what they are connected to and what governs it: all that a picture shows, and nothing of how it looks.
///
/// Texts are ready to be shown, without control characters, but not escaped for any format. Of what is too much for a picture the
/// rest is told in a line.
package struct WorldPicture: Sendable {
  package var hosts: [Host]
  /// What of the world has no room: `and 3 more hosts with 40 endpoints`; `nil` if everything has.
  package var rest: String?

  /// A node.
  package struct Host: Sendable {
    package var name: String
    /// Were its interfaces and addresses made up from its endpoints, as no host document tells?
    package var isInferred: Bool
    package var interfaces: Cards
    package var workloads: Cards
    /// What else decides where packets go: DNAT, routes, what Felix is told.
    package var facts: [Fact]
  }

  /// Boxes of one kind, and what there is besides those that have room.
  package struct Cards: Sendable {
    package var shown: [Card]
    /// `and 12 more: 8 with app=shop, 4 with app=blog`; `nil` if all are shown.
    package var rest: String?
  }

  /// An interface of a host, or the workload behind one.
  package struct Card: Hashable, Sendable {
    /// `eth0 10.0.0.1/24`, `shop 10.65.1.5`.
    package var title: String
    /// Name of the endpoint, interface, labels, profiles.
    package var lines: [String]
    package var guarding: Guarding
  }

  /// What stands at an interface.
  package enum Guarding: Hashable, Sendable {
    /// An endpoint: policy applies.
    case endpoint
    /// A host interface that Calico was not told of (S9).
    case nothing
    /// An interface with a workload prefix and no endpoint: everything is dropped (S8).
    case unknownWorkload
  }

  package struct Fact: Hashable, Sendable {
    package var title: String
    package var lines: [String]
  }
}

extension WorldPicture {
  /// The whole picture in sentences, for who cannot see it.
  package var description: String {
    let sentences = hosts.flatMap { host -> [String] in
      let cards = { (what: String, cards: Cards) in
        cards.shown.map { "\(what) \(([$0.title] + $0.lines).joined(separator: ", "))" } + (cards.rest.map { [$0] } ?? [])
      }
      return ["Host \(host.name)"] + cards("Interface", host.interfaces) + cards("Workload", host.workloads)
        + host.facts.map { "\($0.title): \($0.lines.joined(separator: ", "))" }
    }
    return (sentences + (rest.map { [$0] } ?? [])).joined(separator: ". ") + "."
  }
}
