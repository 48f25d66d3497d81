import Simulator

/// A word of Calico's or of networking that a newcomer may not know: its meaning is said where it is used first.
enum Term: Hashable, CaseIterable {
  case hostEndpoint, workload, untracked, preDNAT, normal, workloadPolicy, profile, failsafe, conntrack, dnat

  /// What it means, in few words that may stand in brackets behind it.
  var meaning: String {
    switch self {
    case .hostEndpoint: "an interface of the host that Calico was told to police"
    case .workload: "a container or virtual machine on this host"
    case .untracked: "asked first, before connections are tracked"
    case .preDNAT: "asked before the destination is rewritten"
    case .normal: "asked once it is known where the packet goes"
    case .workloadPolicy: "a normal policy that selects the workload"
    case .profile: "rules that an endpoint names itself, asked where no policy applies or one passes the packet on"
    case .failsafe: "kept open so that nobody is locked out"
    case .conntrack: "the kernel's memory of connections"
    case .dnat: "the rewriting of the destination, as for a service's port"
    }
  }

  /// The meaning as the beginning of a sentence about policies or profiles, before a colon.
  var sentence: Prose {
    switch self {
    case .untracked: "untracked policies are \(meaning)"
    case .preDNAT: "pre-DNAT policies are \(meaning)"
    case .normal: "normal policies are \(meaning)"
    case .workloadPolicy: "a workload is policed by the normal policies that select it"
    case .profile: "profiles are \(meaning)"
    default: "\(meaning)"
    }
  }

  /// The term for the policies that a stage asks.
  init(_ stage: Stage) {
    switch stage {
    case .untracked: self = .untracked
    case .preDNAT: self = .preDNAT
    case .normal: self = .normal
    case .workload: self = .workloadPolicy
    }
  }
}

/// The terms that were used already.
struct Glossary {
  private var known: Set<Term> = []

  /// The meaning in brackets, with a blank before it, the first time; later nothing.
  mutating func meaning(of term: Term) -> Prose {
    known.insert(term).inserted ? " (\(term.meaning))" : ""
  }

  /// Is it used for the first time? It is not from now on.
  mutating func isNew(_ term: Term) -> Bool { known.insert(term).inserted }
}
