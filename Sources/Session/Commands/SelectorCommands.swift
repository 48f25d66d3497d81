import Reports
import Selector
import Simulator

extension Command {
  static let select = Command(
    "select", forms: ["select SELECTOR"],
    summary: "endpoints that match, and those that nearly do with the term that failed",
    details: "Quotes around the whole selector may be left out: select role == \"web\" && !has(legacy).",
    slots: { _ in [.selector] }, example: { "select \($0.exampleSelector)" },
    run: { (session, arguments, answer) throws(CommandFailure) in
      let selector = try arguments.takeSelector()
      answer.say(SelectText(selector, in: session.now.world, style: session.style).lines)
    })
}

extension Arguments {
  /// What is left, but for `count` words, as a selector.
  mutating func takeSelector(leaving count: Int = 0) throws(CommandFailure) -> Selector {
    guard let word = takeRest(leaving: count) else {
      throw .at(end, "a selector is missing", help: "such as role == \"web\" && !has(legacy)")
    }
    return try word.selector()
  }
}

extension String {
  /// The text up to so many characters' scalars, with a mark where it was cut.
  func shortened(to count: Int) -> String {
    unicodeScalars.count <= count ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(count))) + "…"
  }
}

extension Session {
  /// The selector of a policy that is no `all()`, if there is one.
  var exampleSelector: String {
    let texts = now.world.policies.map(\.selector.text).filter { $0.count > 5 && $0.count < 60 && $0 != "all()" }
    return texts.first?.text ?? "all()"
  }
}
