import ArgumentParser
import Manifests
import Pictures
import Reports
import Selector
import Simulator

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "What happens to one packet and its reply, step by step.",
    discussion: """
      A flow reads PROTOCOL SOURCE[:PORT] -> DESTINATION[:PORT], then where it enters if the source does not tell: \
      'in INTERFACE', 'from host' or 'from WORKLOAD'; and, if wanted, 'out INTERFACE', 'on HOST', 'type N', 'code N'. \
      Names of endpoints stand for their addresses.

      Examples:
        gatewalk trace 'tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0' -f cluster/
        gatewalk trace 'icmp w1 -> 10.0.0.2' -f cluster.yaml --semantics calico-2.4 --all
        gatewalk trace 'icmp w1 -> 10.0.0.2' -f cluster.yaml --output diagram
      """)

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, diagram, svg, html, markdown, mermaid
  }

  @Argument(help: "The flow, in quotes.")
  var flow: String?

  @OptionGroup var input: InputOptions
  @OptionGroup var semantics: SemanticsOption

  @Option(
    help: ArgumentHelp(
      "How to print the answer: text; json for programs; or drawn: diagram in the terminal, svg, html, markdown, mermaid."))
  var output = OutputFormat.text

  @Flag(help: "Draw the diagram with signs of ASCII alone.")
  var ascii = false

  @Flag(help: "Show also the rules that did not match, and why.")
  var all = false

  mutating func validate() throws {
    flow = try FlowQuestion.text(flow, orLastOf: &input.files)
    if ascii, output != .diagram { throw ValidationError("'--ascii' is for '--output diagram'.") }
  }

  func run() throws {
    guard let text = flow else { return }
    let chosen = try semantics.resolve()
    let loaded = try input.load()
    let (trace, walker) = try FlowQuestion(text: text, world: World(loaded.resources), semantics: chosen).trace()
    print(trace, on: walker, sources: loaded.sources)
  }

  private func print(_ trace: Trace, on walker: Walker, sources: [SourceText]) {
    func picture() -> PathPicture { PathPicture(trace, on: walker) }
    switch output {
    case .text:
      Console.standard.say(TraceText(trace, on: walker, style: Console.standard.style, showsAll: all).lines)
    case .json:
      var json = JSONWriter()
      TraceJSON(trace, on: walker).write(to: &json)
      Output.standard.write(json.bytes)
    case .diagram:
      let canvas = Canvas.of(.standard, isASCII: ascii)
      Console.standard.say(DiagramText(picture(), on: canvas, style: Console.standard.style).lines)
    case .svg: Output.standard.write(PathSVG(picture()).text)
    case .html: Output.standard.write(PathHTML(picture(), sources: sources).text)
    case .markdown: Output.standard.write(PathMarkdown(picture()).text)
    case .mermaid: Output.standard.write(PathMermaid(picture()).text)
    }
  }
}
