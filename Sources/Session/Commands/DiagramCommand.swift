import Pictures
import Reports
import Simulator

extension Command {
  static let diagram = Command(
    "diagram", forms: ["diagram [FLOW]", "diagram --ascii [FLOW]"],
    summary: "the way of the last or given flow through the host, drawn",
    details: """
      Draws the host as a frame and the gates in the packet's way as boxes, with what became of the packet at each; the box that
      decided is drawn heavily, gates that were not asked say why, and the reply is a second drawing. --ascii draws with plain
      signs, as is done by itself where the terminal knows no others. Without a flow it speaks of the last one.
      """,
    slots: { $0.isEmpty ? [.words(["--ascii"]), .flow] : [.flow] }, example: { $0.exampleFlow.map { "diagram \($0)" } },
    run: { (session, arguments, answer) throws(CommandFailure) in
      var canvas = session.environment.canvas()
      if arguments.peek?.text == "--ascii" {
        _ = arguments.take()
        canvas.isASCII = true
      }
      let flow = try session.flowOrLast(&arguments)
      let (trace, walker) = try session.trace(flow.text, at: flow.range.lowerBound)
      session.lastFlow = flow.text
      answer.say(DiagramText(PathPicture(trace, on: walker), on: canvas, style: session.style).lines)
    })
}
