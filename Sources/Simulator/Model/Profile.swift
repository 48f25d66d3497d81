package import Selector

/// A profile: rules that endpoints name one by one, and labels and tags that those endpoints inherit.
package struct Profile: Hashable, Sendable {
  package var name: ByteString
  package var labels: LabelSet
  /// A tag is a label with an empty value.
  package var tags: [ByteString]
  package var ingress: [Rule]
  package var egress: [Rule]
  package var location: SourceLocation?

  package init(
    name: ByteString, labels: LabelSet = LabelSet(), tags: [ByteString] = [], ingress: [Rule] = [], egress: [Rule] = [],
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.labels = labels
    self.tags = tags
    self.ingress = ingress
    self.egress = egress
    self.location = location
  }

  package func rules(_ direction: Direction) -> [Rule] {
    direction == .ingress ? ingress : egress
  }

  /// The rules of one direction, to be changed.
  package subscript(direction: Direction) -> [Rule] {
    get { rules(direction) }
    set { if direction == .ingress { ingress = newValue } else { egress = newValue } }
  }
}
