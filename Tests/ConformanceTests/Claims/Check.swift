import Simulator

/// One packet with the answer that the documents give, and what Felix 2.4 does where that is something else.
struct Check: Sendable {
  /// A verdict and the decision that settled it, written as `ClaimRunner.text` writes it:
  /// `normal in(eth0): policy webserver[0]`, or without its place: `conntrack-established`.
  struct Answer: Sendable {
    var isAllowed: Bool
    var by: String

    static func allow(_ by: String) -> Answer { Answer(isAllowed: true, by: by) }
    static func deny(_ by: String) -> Answer { Answer(isAllowed: false, by: by) }

    static let established = allow("conntrack-established")
    static let notPoliced = allow("not-policed")
    static let invalid = deny("conntrack-invalid")
  }

  /// What becomes of the packet and of its answer; `reply` is `nil` where there is none.
  struct Outcome: Sendable {
    var forward: Answer
    var reply: Answer?

    static func allow(_ by: String, reply: Answer? = .established) -> Outcome {
      Outcome(forward: .allow(by), reply: reply)
    }

    static func deny(_ by: String) -> Outcome { Outcome(forward: .deny(by), reply: nil) }
  }

  var flow: String
  var path: Path
  var documented: Outcome
  /// What holds under `calico-2.4`; `nil` where it is the same.
  var calico: Outcome?
  /// Where a delivered packet leaves; not looked at if `nil`.
  var out: String?
  /// Steps that the trace must hold, under `documented`: `normal in(eth0): never`.
  var gates: [String]
  /// The trace's notes under `documented`, all of them, but for those about other semantics and inferred networks.
  var notes: [String]

  static func allow(
    _ flow: String,
    _ path: Path,
    by: String,
    reply: Answer? = .established,
    out: String? = nil,
    gates: [String] = [],
    notes: [String] = [],
    calico: Outcome? = nil
  ) -> Check {
    Check(
      flow: flow,
      path: path,
      documented: .allow(by, reply: reply),
      calico: calico,
      out: out,
      gates: gates,
      notes: notes
    )
  }

  static func deny(
    _ flow: String,
    _ path: Path,
    by: String,
    gates: [String] = [],
    notes: [String] = [],
    calico: Outcome? = nil
  ) -> Check {
    Check(flow: flow, path: path, documented: .deny(by), calico: calico, gates: gates, notes: notes)
  }

  func outcome(under semantics: Semantics) -> Outcome {
    semantics == .documented ? documented : calico ?? documented
  }

  /// Do the two sets of semantics part over the packet or its answer? A trace has to say so then.
  var isDisputed: Bool {
    guard let calico else { return false }
    return calico.forward.isAllowed != documented.forward.isAllowed
      || calico.reply?.isAllowed != documented.reply?.isAllowed
  }
}
