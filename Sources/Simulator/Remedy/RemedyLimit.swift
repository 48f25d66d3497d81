package import Selector

/// Where changing policy ends, and something else has to be done.
package enum RemedyLimit: Hashable, Sendable {
  /// There is no route, or the ends do not go together.
  case cannotBeJudged(FlowError)
  /// The packet is delivered; its reply has no way back.
  case replyCannotBeJudged(FlowError)
  /// Connection tracking drops the packet, since it begins no connection and answers none (SEMANTICS section 6).
  case beginsNoConnection
  /// The interface has a workload prefix and no endpoint; without one all its traffic is dropped (S8).
  case unknownWorkload(interface: ByteString)
  /// The setting is the semantics' default, and there is no Host document to change it in.
  case needsHostDocument(HostSetting)
  /// Nothing that Calico controls stands in this path now. A host endpoint for one of these interfaces would stop the
  /// packet, and then everything else there that no policy allows, failsafes apart (S10, S17, S20); with none given,
  /// not even that would.
  case notPoliced(Path, stoppedByEndpointFor: [ByteString])
  /// Calico never polices this path (D9).
  case neverPoliced(Path)
  /// No small change was found.
  case noneFound
}

/// A setting of Felix in a node's Host document.
package enum HostSetting: Hashable, Sendable {
  case endpointToHostAction
  case failsafe(Direction, Host.FailsafePort)
}
