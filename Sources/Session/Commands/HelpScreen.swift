/// What `help` shows: related commands share a line, so that all of them fit on one screen.
enum HelpScreen {
  struct Row: Sendable {
    var usage: String
    var summary: String
    /// The commands that the line speaks of.
    var commands: [String]

    init(_ usage: String, _ summary: String, _ commands: String...) {
      self.usage = usage
      self.summary = summary
      self.commands = commands
    }
  }

  static let rows: [Row] = [
    Row("FLOW", "verdict, rule, reply: tcp 10.0.0.2 -> 10.0.0.1:80 in eth0", "flow"),
    Row("why, diagram [FLOW]", "every stage, and why rules did not match; drawn", "why", "diagram"),
    Row("why not [FLOW]", "the smallest change that lets it pass, or stops it", "why not"),
    Row("fix", "make the change that why not found", "fix"),
    Row("show [WHAT | NAME]", "endpoints, policies, profiles, hosts, failsafes; a thing", "show"),
    Row("policies on ENDPOINT", "what governs it, and why each selector matches", "policies"),
    Row("select SELECTOR", "endpoints that match, and those that nearly do", "select"),
    Row("explain FLOW|SELECTOR", "in sentences; as a tree, \"for ENDPOINT\" with truths", "explain"),
    Row("semantics [NAME]", "documented, or calico-2.4 as Felix does it", "semantics"),
    Row("apply, add [FILE]", "take YAML; it may also be pasted by itself", "apply", "add"),
    Row("set NAME FIELD VALUE", "change a field: set policy web order 50", "set"),
    Row("label, unlabel NAME …", "labels of an endpoint: label web tier=front", "label", "unlabel"),
    Row("disable, enable NAME", "a policy, or one rule of it: disable web ingress[0]", "disable", "enable"),
    Row("failsafe in|out LIST", "none, default, or tcp:22,udp:68", "failsafe"),
    Row("edit, delete NAME", "in your editor; for good (but for undo)", "edit", "delete"),
    Row("undo, redo, reset", "a step back, forth; back to what the files say", "undo", "redo", "reset"),
    Row("changes", "what differs from the files, as a diff", "changes"),
    Row("checkpoint, back NAME", "name the present state; return to it", "checkpoint", "back"),
    Row("watch, unwatch FLOW", "be told when a change alters a flow's fate", "watch", "unwatch"),
    Row("diff [FROM] [TO]", "the watched flows at two checkpoints", "diff"),
    Row("save [scenario] FILE", "manifests; with the watched flows and their verdicts", "save"),
    Row("source FILE", "run a script of all this", "source"),
    Row("help COMMAND", "more, with an example; quit leaves, discard forgets", "help", "quit", "discard"),
  ]
}
