import Reports
import Selector
import Simulator

extension Session {
  /// Three lines: what was loaded, by which rules it is judged, what to type.
  package var greeting: [String] {
    [style.bold("Gatewalk") + "  " + loadedLine, judgedLine, typeLine]
  }

  private var loadedLine: String {
    guard files.catalog.count > 0 else { return "an empty world: paste YAML, or \"apply FILE\"" }
    let world = files.world
    func count(_ number: Int, _ noun: String) -> String? {
      number == 0 ? nil : "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    let policies = world.policies.count == 1 ? "1 policy" : world.policies.isEmpty ? nil : "\(world.policies.count) policies"
    let parts = [
      policies, count(world.profiles.count, "profile"), count(world.endpoints.count { $0.isHost }, "host endpoint"),
      count(world.endpoints.count { !$0.isHost }, "workload"), count(world.nodes.count, "host"),
    ].compactMap { $0 }
    return parts.joined(separator: ", ") + " from " + Style.visible(Self.list(paths))
  }

  private var judgedLine: String {
    let warnings = warnings.count
    let doubts = warnings == 0 ? "" : "; \(warnings) warning\(warnings == 1 ? "" : "s"): \"show warnings\""
    let count = watches.entries.count
    let flows = count == 0 ? "" : "; \(count) watched flow\(count == 1 ? "" : "s")"
    let unexpected =
      unexpected == 0 ? "" : ", \(style.bad("\(unexpected) not as the scenario expects")): \"watch\""
    return "judged by semantics \(semantics.name)\(flows)\(unexpected)\(doubts)"
  }

  private var typeLine: String {
    guard let example = exampleFlow else { return "type \"help\" for all that can be asked" }
    return "type a flow, such as \(style.bold(example)), then \"why\"; \"help\" for more"
  }
}
