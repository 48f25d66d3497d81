package import Selector

/// The three kinds of policy that a host endpoint knows.
package enum PolicyKind: String, Hashable, Sendable, CaseIterable {
  case untracked
  case preDNAT = "pre-dnat"
  case normal
}

/// A policy: rules for all endpoints that its selector matches.
package struct Policy: Hashable, Sendable {
  package var name: ByteString
  /// Opaque to Calico; kept so that what is written back is what was read. Only policies have them.
  package var annotations: LabelSet
  package var selector: Selector
  /// Lower goes first; `nil` goes last. Ties are settled by name, byte-wise.
  package var order: Double?
  package var doNotTrack: Bool
  package var preDNAT: Bool
  package var ingress: [Rule]
  package var egress: [Rule]
  /// Counts as missing on every endpoint: it brings no rules and no default drop. No manifest can say so.
  package var isDisabled: Bool
  package var location: SourceLocation?

  package init(
    name: ByteString, annotations: LabelSet = LabelSet(), selector: Selector, order: Double? = nil,
    doNotTrack: Bool = false, preDNAT: Bool = false, ingress: [Rule] = [], egress: [Rule] = [],
    isDisabled: Bool = false, location: SourceLocation? = nil
  ) {
    self.name = name
    self.annotations = annotations
    self.selector = selector
    self.order = order
    self.doNotTrack = doNotTrack
    self.preDNAT = preDNAT
    self.ingress = ingress
    self.egress = egress
    self.isDisabled = isDisabled
    self.location = location
  }

  /// If both flags are set, `doNotTrack` wins (Felix 2.4 `calc/event_sequencer.go`).
  package var kind: PolicyKind {
    if doNotTrack { return .untracked }
    return preDNAT ? .preDNAT : .normal
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
