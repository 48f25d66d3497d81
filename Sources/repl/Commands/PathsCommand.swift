import ArgumentParser
import Pictures
import Reports
import Simulator

struct PathsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paths",
    abstract: "Which policies stand in the way of which packets: the map of all eight paths.",
    discussion: """
      Without --semantics both sets of rules stand side by side, and a mark says where they differ.

      Examples:
        gatewalk paths
        gatewalk paths --semantics documented --output markdown
        gatewalk paths --output svg > paths.svg
      """)

  enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, svg
  }

  @Option(
    help: ArgumentHelp("Only these rules of the road: documented or calico-2.4.", valueName: "semantics"),
    completion: .list(Semantics.all.map(\.name)))
  var semantics: String?

  @Option(help: "How to print the map: text, markdown or svg.")
  var output = OutputFormat.text

  @Flag(help: "Write text with signs of ASCII alone.")
  var ascii = false

  func validate() throws {
    if ascii, output != .text { throw ValidationError("'--ascii' is for '--output text'.") }
  }

  func run() throws {
    let map = PathMap(try semantics.map { [try SemanticsOption.resolve($0)] } ?? Semantics.all)
    switch output {
    case .text:
      let canvas = Canvas.of(.standard, isASCII: ascii)
      Console.standard.say(PathMapText(map, on: canvas, style: Console.standard.style).lines)
    case .markdown: Output.standard.write(PathMapMarkdown(map).text)
    case .svg: Output.standard.write(PathMapSVG(map).text)
    }
  }
}
