import ArgumentParser
import Reports
import Selector
import Simulator

struct SelectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "select",
    abstract: "Which endpoints a selector matches, or whether given labels do.",
    discussion: """
      With --batch, lines of JSON on standard input are answered one by one: {"id", "selector", "labels": [{...}]} gives \
      {"id", "valid", "canonical", "uid", "matches"}, or {"id", "valid": false, "error", "column"}.

      Examples:
        gatewalk select 'role == "web" && !has(legacy)' -f cluster/
        gatewalk select 'env in {"prod"}' --labels env=prod,role=db
      """)

  @Argument(help: "The selector, in quotes; it comes before -f and --labels.")
  var selector: String?

  @OptionGroup var input: InputOptions

  @Option(
    help: ArgumentHelp("Labels to test, such as env=prod,role=db; a key alone has an empty value.", valueName: "k=v,…"))
  var labels: String?

  @Flag(help: "Answer lines of JSON on standard input.")
  var batch = false

  @Option(help: "Generation of the language: v2 (Calico v2, the default) or v3.")
  var generation = Generation.v2

  enum Generation: String, ExpressibleByArgument, CaseIterable {
    case v2, v3

    var value: SelectorGeneration { self == .v2 ? .v2 : .v3 }
  }

  func validate() throws {
    if batch {
      if selector != nil || labels != nil || !input.files.isEmpty {
        throw ValidationError("'--batch' takes selectors and labels from standard input, and nothing else.")
      }
    } else if selector == nil {
      throw ValidationError("Which selector? Write it in quotes after 'select', before other options.")
    }
  }

  func run() throws {
    if batch { return try runBatch() }
    guard let selector else { return }
    let parsed = try parse(selector)
    let console = Console.standard
    console.say("canonical  \(Style.visible(parsed.canonical.text))")
    console.say("id         \(parsed.id)")
    if let labels {
      let matches = parsed.matches(try Self.labelSet(labels))
      console.say("labels     \(matches ? console.style.good("match") : console.style.bad("do not match"))")
    }
    if !input.files.isEmpty { listEndpoints(parsed, in: try input.loadWorld()) }
  }

  private func parse(_ text: String) throws -> Selector {
    do {
      return try Selector(ByteString(text), generation: generation.value)
    } catch {
      Console.error.report("selector", text, [(error.range, error.message, error.help)])
      throw ExitStatus.failed
    }
  }

  static func labelSet(_ text: String) throws -> LabelSet {
    var labels = LabelSet()
    for pair in text.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard !parts[0].isEmpty else {
        throw ValidationError("'\(pair)' in --labels has no key. Write key=value,key=value.")
      }
      labels[ByteString(parts[0])] = parts.count == 2 ? ByteString(parts[1]) : ""
    }
    return labels
  }

  private func listEndpoints(_ selector: Selector, in world: World) {
    let console = Console.standard
    let matching = world.labels.endpoints(matching: selector).map { $0 }
    console.say("matches    \(matching.count) of \(world.endpoints.count) endpoints")
    var table = TextTable()
    for index in matching {
      let endpoint = world.endpoints[index]
      let labels = world.labels.labels(of: index).sorted.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
      table.add([
        .init(endpoint.isHost ? "host" : "workload"), .init(Style.visible(endpoint.name.text), console.style.bold),
        .init(Style.visible(labels), console.style.dim),
      ])
    }
    console.say(table.lines(indent: 2))
  }

  private func runBatch() throws {
    let answerer = SelectBatch(generation: generation.value)
    let failures = try LineAnswers.run { line, json in
      switch line {
      case .bytes(let bytes, let range): return answerer.answer(bytes, range, into: &json)
      case .tooLong:
        answerer.refuse(LineAnswers.tooLong, into: &json)
        return false
      }
    }
    if failures > 0 { throw ExitStatus.badNews }
  }
}
