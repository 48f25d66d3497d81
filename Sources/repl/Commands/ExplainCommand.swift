import ArgumentParser
import Reports
import Selector
import Simulator

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "What happens to one packet and its reply, and why, in plain sentences.",
    discussion: """
      The same as trace, told: what the packet meets on its way, which rule matches and why, which policies are not asked, and the \
      sentence of Calico's documentation that rules. A flow is written as for trace.

      Examples:
        gatewalk explain 'tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0' -f cluster/
        gatewalk explain 'icmp w1 -> 10.0.0.2' -f cluster.yaml --why-not --output markdown
      """)

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
  }

  @Argument(help: "The flow, in quotes.")
  var flow: String?

  @OptionGroup var input: InputOptions
  @OptionGroup var semantics: SemanticsOption

  @Option(help: "How to print the answer: text, json or markdown.")
  var output = OutputFormat.text

  @Flag(help: "Tell also what nearly matched: rules that fail by one thing alone.")
  var whyNot = false

  mutating func validate() throws {
    flow = try FlowQuestion.text(flow, orLastOf: &input.files)
  }

  func run() throws {
    guard let text = flow else { return }
    let chosen = try semantics.resolve()
    let (trace, walker) = try FlowQuestion(text: text, world: try input.loadWorld(), semantics: chosen).trace()
    let explanation = Explanation(trace, on: walker)
    let nearMisses = whyNot ? NearMisses(trace, on: walker) : nil
    switch output {
    case .text:
      let console = Console.standard
      let text = ExplanationText(
        explanation, nearMisses: nearMisses, on: walker, style: console.style, width: TerminalSize.ofOutput.width)
      console.say(text.lines)
    case .markdown:
      Output.standard.write(ExplanationMarkdown(explanation, nearMisses: nearMisses, on: walker).text)
    case .json:
      var json = JSONWriter()
      ExplanationJSON(explanation, nearMisses: nearMisses, on: walker).write(to: &json)
      Output.standard.write(json.bytes)
    }
  }
}
