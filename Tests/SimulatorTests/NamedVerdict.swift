import Selector
import Simulator

/// A verdict with names instead of numbers, so that those of different worlds can be compared.
struct NamedVerdict: Equatable {
  /// `nil` where the flow could not be judged.
  private(set) var isAllowed: Bool?
  private(set) var parts: [String]

  init(_ flow: RandomCluster.NamedFlow, on walker: Walker) {
    let places = [flow.entry, flow.out].map { name in name.map { walker.topology.interface(named: $0) } }
    guard !places.contains(.some(.none)) else {
      parts = ["no such interface"]
      return
    }
    let entry = places[0].flatMap { $0 }.map { Flow.Entry.interface($0) } ?? .host
    do throws(FlowError) {
      let verdict = try walker.judge(Flow(flow.packet, entry: entry, out: places[1].flatMap { $0 }))
      isAllowed = verdict.forward.isAllowed
      parts = Self.parts(verdict, on: walker)
    } catch {
      parts = [Self.text(error, on: walker)]
    }
  }

  private static func parts(_ verdict: Verdict, on walker: Walker) -> [String] {
    [text(verdict.forward, on: walker), verdict.reply.map { text($0, on: walker) } ?? "no reply"]
      + verdict.matched.map { text($0, on: walker) } + ["reply"] + verdict.replyMatched.map { text($0, on: walker) }
      + (verdict.replyError.map { [text($0, on: walker)] } ?? [])
  }

  private static func text(_ judgement: Judgement, on walker: Walker) -> String {
    let exit =
      switch judgement.exit {
      case nil: "-"
      case .host: "host"
      case .interface(let place): walker.topology.interfaces[place].name.text
      }
    return "\(judgement.path) \(judgement.isAllowed) \(exit) \(judgement.delivered) \(judgement.state) by "
      + text(judgement.decidedBy, on: walker)
  }

  private static func text(_ decision: Decision, on walker: Walker) -> String {
    let subject =
      switch decision.kind {
      case .policy: walker.world.policies[Int(decision.subject)].name.text
      case .profile: walker.world.profiles[Int(decision.subject)].name.text
      default: "\(decision.subject)"
      }
    let endpoint = decision.endpoint < 0 ? "-" : walker.world.endpoints[Int(decision.endpoint)].name.text
    let interface = decision.interface < 0 ? "-" : walker.topology.interfaces[Int(decision.interface)].name.text
    return "\(decision.kind.name) \(subject)[\(decision.rule)] \(decision.action) at \(decision.stage?.rawValue ?? "-") "
      + "\(decision.direction) of \(endpoint) \(interface)"
  }

  private static func text(_ error: FlowError, on walker: Walker) -> String {
    if case .governedLoopback(let endpoint) = error { return "governed loopback: \(walker.world.endpoints[endpoint].name)" }
    return "\(error)"
  }
}
