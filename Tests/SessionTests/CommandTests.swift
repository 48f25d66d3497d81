import Foundation
import Session
import Testing

/// Inputs and what has to be said to the last of them.
@Suite struct CommandTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var inputs: [String]
    /// Each has to stand in the answer.
    var says: [String]
    var fails = false
    var never: [String] = []

    var testDescription: String { inputs.joined(separator: " ⏎ ") }
  }

  static let cases: [Case] = [
    // Flows
    Case(
      inputs: [ShopWorld.web], says: ["ALLOW  tcp 203.0.113.9:49152 -> 10.0.0.1:80", "policy web ingress[1]", "reply  ALLOW"]),
    Case(inputs: [ShopWorld.other], says: ["DENY", "no policy matched"], never: ["reply"]),
    Case(inputs: ["  \t" + ShopWorld.web + "  "], says: ["ALLOW"]),
    Case(inputs: ["tcp 203.0.113.9 -> 10.0.0.1 in eth0"], says: ["needs a destination port", "^"], fails: true),
    Case(inputs: ["tpc 203.0.113.9 -> 10.0.0.1:80 in eth0"], says: ["did you mean \"tcp\"", "^~~"], fails: true),
    Case(inputs: ["tcp 203.0.113.9 -> shp:80"], says: ["did you mean \"shop\""], fails: true),
    Case(inputs: ["why"], says: ["none was asked about yet"], fails: true),
    Case(
      inputs: [ShopWorld.other, "why"], says: ["no match: ingress[0]", "source.nets: 203.0.113.9 is not in 198.51.100.0/24"]),
    Case(
      inputs: [ShopWorld.web, "diagram"],
      says: ["╔═══╪═ eth0 (eth0-hep) ═", "✓ ALLOW, decided here: policy web ingress[1] (shop.yaml:", "▼ a process on the host"]),
    Case(inputs: ["diagram " + ShopWorld.nodePort], says: ["◆ DNAT: 10.0.0.1:30080 becomes 10.65.0.1:8080"]),
    Case(
      inputs: ["diagram --ascii " + ShopWorld.other, "diagram --ascii"],
      says: ["+===|= eth0 (eth0-hep) =", "x DENY, decided here"],
      never: ["║"]),
    Case(inputs: ["diagram"], says: ["none was asked about yet"], fails: true),
    Case(inputs: ["trace " + ShopWorld.web], says: ["matched: ingress[1]"]),
    Case(inputs: ["why not " + ShopWorld.other], says: ["stands in the way", "smallest change", "\"fix\" makes this change"]),
    Case(inputs: [ShopWorld.other, "why not", "fix", ShopWorld.other], says: ["ALLOW"]),
    Case(inputs: [ShopWorld.web, "why not", "fix", ShopWorld.web], says: ["DENY"]),
    Case(inputs: ["fix"], says: ["no suggestion"], fails: true),
    Case(inputs: ["why not " + ShopWorld.other, "undo"], says: ["nothing to undo"], fails: true),
    Case(inputs: ["why not " + ShopWorld.other, "disable web", "fix"], says: ["no suggestion"], fails: true),
    // Questions
    Case(inputs: ["show"], says: ["2 policy", "1 hostEndpoint", "1 workloadEndpoint", "1 node", "documented"]),
    Case(inputs: ["show endpoints"], says: ["gw/eth0-hep", "gw/k8s/shop/eth0", "role=gateway", "10.65.0.1"]),
    Case(inputs: ["show endpoints k8s"], says: ["gw/k8s/shop/eth0"], never: ["eth0-hep"]),
    Case(inputs: ["show policies"], says: ["web", "100", "2 in, 1 out", "shop.yaml:"]),
    Case(inputs: ["show profiles"], says: ["base", "known", "tier=front"]),
    Case(inputs: ["show hosts"], says: ["gw", "eth0 10.0.0.1/24"]),
    Case(inputs: ["show failsafes"], says: ["tcp:22 (default)"]),
    Case(inputs: ["show web"], says: ["# policy web, from shop.yaml:", "order: 100", "ports: [80]"]),
    Case(inputs: ["show hostEndpoint eth0-hep"], says: ["interfaceName: eth0"]),
    Case(inputs: ["show shop"], says: ["# policy shop", "8080", "# workloadEndpoint gw/k8s/shop/eth0", "orchestrator: k8s"]),
    Case(
      inputs: ["delete shop"], says: ["could be any of several", "policy shop", "workloadEndpoint gw/k8s/shop/eth0"],
      fails: true),
    Case(inputs: ["show workloadEndpoint shop"], says: ["orchestrator: k8s"]),
    Case(inputs: ["show wbe"], says: ["did you mean \"web\""], fails: true),
    Case(inputs: ["show gw"], says: ["# node gw", "# Host gw"]),
    Case(inputs: ["policies on eth0-hep"], says: ["web", "because role = \"gateway\"", "untracked", "no policy", "profiles"]),
    Case(inputs: ["policies on shop"], says: ["app = \"shop\"", "base"]),
    Case(inputs: ["policies on nowhere"], says: ["there is no endpoint \"nowhere\""], fails: true),
    Case(inputs: ["select role == \"gateway\""], says: ["1 of 2 endpoints", "gw/eth0-hep"]),
    Case(inputs: ["select 'role == \"gateway\"'"], says: ["1 of 2 endpoints"]),
    Case(inputs: ["select tier == \"front\" && app == \"cart\""], says: ["0 of 2", "app = \"shop\""]),
    Case(inputs: ["select role = \"x\""], says: ["expected ==", "^"], fails: true),
    Case(inputs: ["explain role == \"gateway\" && !has(known) for shop"], says: ["has(known)", "profile base"]),
    Case(
      inputs: ["explain " + ShopWorld.web],
      says: ["A TCP packet from 203.0.113.9", "policy web allows it", "The rule behind this:"],
      never: ["canonical", "nearly"]),
    Case(inputs: [ShopWorld.other, "explain"], says: ["DENY", "So the packet is dropped."]),
    Case(inputs: [ShopWorld.other, "explain --why-not"], says: ["What nearly allowed the packet:", "Policy web ingress[1]"]),
    Case(inputs: ["explain"], says: ["none was asked about yet"], fails: true),
    Case(inputs: ["explain tcp 203.0.113.9 10.0.0.1:80"], says: ["^"], fails: true, never: ["selector"]),
    Case(inputs: ["explain tcp == 'x'"], says: ["canonical tcp == \"x\""]),
    Case(inputs: ["explain all()"], says: ["canonical all()", "s:"]),
    Case(inputs: ["explain all() for nobody"], says: ["no endpoint \"nobody\""], fails: true),
    Case(inputs: ["semantics"], says: ["documented"]),
    Case(inputs: ["semantics calico-2.4"], says: ["Felix 2.4"]),
    Case(inputs: ["semantics calico"], says: ["no semantics \"calico\""], fails: true),
    // Changes
    Case(inputs: ["set policy web order 50"], says: ["changed policy web", "-  order: 100", "+  order: 50"]),
    Case(inputs: ["set web order none", "show web"], says: ["policy web", "changed in this session"], never: ["order"]),
    Case(inputs: ["set policy web order fifty"], says: ["\"fifty\" is no number", "^"], fails: true),
    Case(inputs: ["set policy web selector app == \"shop\"", "policies on shop"], says: ["web"]),
    Case(inputs: ["set policy web selector app == shop"], says: ["expected a quoted value", "^"], fails: true),
    Case(
      inputs: ["set policy web egress []"],
      says: ["no field of a policy", "rules: paste the whole policy as YAML, or edit web"],
      fails: true),
    Case(inputs: ["set policy web preDNAT true"], says: ["egress"], fails: true),
    Case(inputs: ["set policy web ordr 5"], says: ["did you mean \"order\""], fails: true),
    Case(inputs: ["set policy web order"], says: ["a value for order is missing"], fails: true),
    Case(inputs: ["set hostEndpoint eth0-hep expectedIPs 10.0.0.1, 10.0.0.2", "show eth0-hep"], says: ["10.0.0.2"]),
    Case(inputs: ["set hostEndpoint eth0-hep expectedIPs 10.0.0.300"], says: ["cannot stand here"], fails: true),
    Case(inputs: ["set Host gw defaultEndpointToHostAction accept", "show Host gw"], says: ["Accept"]),
    Case(
      inputs: ["label shop app=cart tier='front-end'", "show workloadEndpoint shop"], says: ["app: cart", "tier: front-end"]),
    Case(inputs: ["label shop tier='front end'"], says: ["\"front end\" is no valid label value", "^"], fails: true),
    Case(inputs: ["label shop app"], says: ["KEY=VALUE"], fails: true),
    Case(inputs: ["label shop 'bad key'=x"], says: ["error"], fails: true),
    Case(inputs: ["unlabel shop app", ShopWorld.nodePort], says: ["DENY"]),
    Case(inputs: ["unlabel shop tier"], says: ["no label \"tier\" of its own"], fails: true),
    Case(inputs: ["disable web", ShopWorld.other], says: ["DENY", "no profile matched"]),
    Case(inputs: ["disable web", "enable web", ShopWorld.web], says: ["ALLOW"]),
    Case(inputs: ["disable policy web ingress[1]", ShopWorld.web], says: ["DENY", "no policy matched"]),
    Case(inputs: ["disable policy web ingress[0]", ShopWorld.web], says: ["policy web ingress[1]"]),
    Case(inputs: ["disable web ingress[7]"], says: ["its last one is ingress[1]"], fails: true),
    Case(inputs: ["disable web ingress"], says: ["no place of a rule"], fails: true),
    Case(inputs: ["disable profile base"], says: ["cannot be disabled as a whole"], fails: true),
    Case(inputs: ["disable eth0-hep"], says: ["has no rules"], fails: true),
    Case(inputs: ["enable web"], says: ["is enabled already"]),
    Case(inputs: ["failsafe in none", "tcp 203.0.113.9 -> 10.0.0.1:22 in eth0"], says: ["DENY"]),
    Case(inputs: ["failsafe in tcp:8443,udp:68", ShopWorld.other], says: ["ALLOW", "failsafe inbound tcp 8443"]),
    Case(inputs: ["failsafe sideways none"], says: ["neither in nor out"], fails: true),
    Case(inputs: ["failsafe in tcp"], says: ["no protocol and port"], fails: true),
    Case(inputs: ["failsafe in none on gv"], says: ["did you mean \"gw\""], fails: true),
    Case(inputs: ["delete web", ShopWorld.web], says: ["DENY"]),
    Case(inputs: ["delete policy wbe"], says: ["did you mean \"web\""], fails: true),
    Case(inputs: ["apply\n" + late], says: ["added policy late"]),
    Case(inputs: [late, ShopWorld.other], says: ["ALLOW", "policy late ingress[0] (typed1:"]),
    Case(inputs: ["apply <<END\n" + late + "\nEND", "show late"], says: ["from typed1:"]),
    Case(inputs: [late, "add\n" + late], says: ["policy late is there already"], fails: true),
    Case(inputs: [late, late], says: ["unchanged: policy late"]),
    Case(
      inputs: ["apply\napiVersion: v1\nkind: policy\nmetadata: {nme: x}\n"], says: ["nme", "^", "did you mean"], fails: true),
    Case(inputs: ["apply nowhere.yaml"], says: ["nowhere.yaml", "cannot be read"], fails: true),
    Case(inputs: ["apply"], says: ["error"], fails: true),
    Case(inputs: ["edit web"], says: ["nobody to edit"], fails: true),
    // Time
    Case(inputs: ["delete web", "undo", ShopWorld.web], says: ["ALLOW"]),
    Case(inputs: ["delete web", "undo", "redo", ShopWorld.web], says: ["DENY"]),
    Case(inputs: ["undo"], says: ["nothing to undo"], fails: true),
    Case(inputs: ["delete web", "undo", "delete policy shop", "redo"], says: ["nothing to redo"], fails: true),
    Case(inputs: ["changes"], says: ["nothing differs"]),
    Case(
      inputs: ["set policy web order 7", "changes"], says: ["--- policy web (shop.yaml:", "@@", "-  order: 100", "+  order: 7"]),
    Case(inputs: ["delete web", "changes"], says: ["+++ /dev/null"]),
    Case(inputs: ["delete web", "changes steps"], says: ["1: delete policy web"]),
    Case(inputs: ["checkpoint one", "delete web", "back one", ShopWorld.web], says: ["ALLOW"]),
    Case(inputs: ["delete web", "delete policy shop", "reset", "changes"], says: ["nothing differs"]),
    Case(inputs: ["delete web", "reset", "undo", ShopWorld.web], says: ["DENY"]),
    Case(inputs: ["back there"], says: ["no checkpoint \"there\""], fails: true),
    Case(inputs: ["checkpoint now"], says: ["always is"], fails: true),
    // Watching
    Case(
      inputs: ["watch \(ShopWorld.web); \(ShopWorld.other)", "watch"],
      says: ["1: tcp", "2: tcp", "ALLOW by policy web", "DENY by"]),
    Case(
      inputs: ["watch \(ShopWorld.web)", "delete web"], says: ["changed 1", "was  ALLOW by policy web ingress[1]", "now  DENY"]),
    Case(inputs: ["watch \(ShopWorld.web)", "delete policy shop"], says: ["no change for the watched flow"]),
    Case(inputs: ["watch \(ShopWorld.web); nonsense"], says: ["error", "^"], fails: true),
    Case(inputs: ["watch \(ShopWorld.web)", "unwatch 1", "watch"], says: ["no watched flows"]),
    Case(inputs: ["unwatch 3"], says: ["no watched flow \"3\""], fails: true),
    Case(
      inputs: ["watch \(ShopWorld.web)", "checkpoint a", "delete web", "diff a now"],
      says: ["1 of 1 watched flow differs from a to now"]),
    Case(inputs: ["diff"], says: ["no flows are watched"], fails: true),
    // What newcomers met
    Case(inputs: ["disable web", "set policy web egress"], says: ["no field"], fails: true),
    Case(inputs: ["disable web", "set policy web preDNAT true"], says: ["error", "egress"], fails: true),
    Case(inputs: [ShopWorld.web + " # as it should be"], says: ["ALLOW"]),
    Case(inputs: ["watch # nothing yet"], says: ["no watched flows"]),
    Case(
      inputs: ["delete web", "policies on eth0-hep"],
      says: ["then deny in both directions: no profile matched", "failsafes", "tcp:22"]),
    Case(
      inputs: ["disable web", "policies on eth0-hep"], says: ["web  order 100 (shop.yaml:", "disabled", "no profile matched"]),
    Case(
      inputs: ["semantics calico-2.4", ping, "delete web", "policies on eth0-hep"],
      says: ["counts as missing", "D16", "no profile matched"]),
    Case(inputs: ["failsafe in none", "undo"], says: ["undone: failsafe in none"]),
    Case(inputs: ["checkpoint a", "delete web", "checkpoint b", "back a", "back b"], says: ["policy web removed"]),
    Case(
      inputs: ["watch tcp 203.0.113.9 -> 10.0.0.1:999 in eth0", untracked, "set policy fast doNotTrack false"],
      says: [
        "was  ALLOW by policy fast ingress[0] (typed1:8), untracked stage; reply ALLOW by policy fast egress[0]",
        "normal stage; reply ALLOW by established",
      ]),
    Case(inputs: [scenario, "watch"], says: ["1: tcp 203.0.113.9 -> 10.0.0.1:80 in eth0"]),
    // Others
    Case(inputs: ["help"], says: ["why not", "undo", "watch", "save"]),
    Case(inputs: ["help why not"], says: ["smallest change", "example:"]),
    Case(inputs: ["help wht"], says: ["no command \"wht\""], fails: true),
    Case(inputs: ["hlep"], says: ["did you mean \"help\""], fails: true),
    Case(inputs: ["undo twice"], says: ["unexpected \"twice\"", "^"], fails: true),
    Case(inputs: [""], says: []), Case(inputs: ["# a comment"], says: []),
    Case(inputs: ["source nowhere.gw"], says: ["cannot be read"], fails: true),
    Case(inputs: ["save /nowhere/at/all.yaml"], says: ["cannot be written"], fails: true),
    Case(inputs: ["save scenario x.yaml"], says: ["no flows are watched"], fails: true),
  ]

  static let ping = """
    apiVersion: v1
    kind: policy
    metadata: {name: ping}
    spec:
      selector: role == "gateway"
      ingress: [{action: allow, protocol: icmp, icmp: {type: 0}}]
    """
  static let untracked = """
    apiVersion: v1
    kind: policy
    metadata: {name: fast}
    spec:
      doNotTrack: true
      selector: role == "gateway"
      ingress:
      - {action: allow, protocol: tcp, destination: {ports: [999]}}
      egress:
      - {action: allow, protocol: tcp, source: {ports: [999]}}
    """
  static let scenario = """
    scenario: s
    flows:
    - {flow: "tcp 203.0.113.9 -> 10.0.0.1:80 in eth0", expect: allow}
    """
  static let late = """
    apiVersion: v1
    kind: policy
    metadata: {name: late}
    spec:
      order: 150
      selector: role == "gateway"
      ingress:
      - {action: allow, protocol: tcp, destination: {ports: [8443]}}
    """

  @Test(arguments: cases)
  func command(_ test: Case) throws {
    var session = ShopWorld.session()
    var answer = session.perform("")
    for (number, input) in test.inputs.enumerated() {
      answer = session.perform(input)
      if number < test.inputs.count - 1 { #expect(!answer.hasFailed, "\(input): \(answer.lines)") }
    }
    let text = answer.lines.joined(separator: "\n")
    #expect(answer.hasFailed == test.fails, "\(text)")
    for fragment in test.says { #expect(text.contains(fragment), "\(fragment)\n\(text)") }
    for fragment in test.never { #expect(!text.contains(fragment), "\(fragment)\n\(text)") }
    #expect(!text.contains("\u{1b}"), "plain style has no colour")
  }

  /// A command that fails leaves nothing behind.
  @Test(arguments: cases.filter(\.fails))
  func failureChangesNothing(_ test: Case) throws {
    var session = ShopWorld.session()
    for input in test.inputs.dropLast() { _ = session.perform(input) }
    let before = session.perform("changes").lines + session.perform("changes steps").lines + session.perform("watch").lines
    let answer = session.perform(test.inputs.last ?? "")
    #expect(answer.hasFailed && answer.journal.isEmpty)
    let after = session.perform("changes").lines + session.perform("changes steps").lines + session.perform("watch").lines
    #expect(before == after)
  }

  /// Every command is in the overview, which fits on a screen.
  @Test func theOverviewFitsOnAScreen() throws {
    var session = ShopWorld.session()
    let lines = session.perform("help").lines
    #expect(lines.count <= 23 && lines.allSatisfy { $0.unicodeScalars.count <= 80 })
    #expect(Set(Session.commandNames) == Session.commandsInOverview)
  }

  /// `help COMMAND` promises that its example works here and now.
  @Test func examplesWork() throws {
    for command in Session.commandNames {
      for prepared in [[], ["delete web"], ["checkpoint one"], ["watch \(ShopWorld.web)", "delete web", "undo"]] {
        var session = ShopWorld.session()
        for input in prepared { _ = try session.succeed(input) }
        guard let example = session.example(of: command) else { continue }
        let answer = session.perform(example)
        let needsMore = ["undo", "redo", "diff", "edit"].contains(command)
        #expect(!answer.hasFailed || needsMore, "\(example): \(answer.lines)")
      }
    }
  }
}
