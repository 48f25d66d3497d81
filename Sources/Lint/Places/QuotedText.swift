import Selector
import Simulator

extension ByteString {
  /// The user's text as messages have it: in quotes, and not too long to read.
  var quoted: String { "\"\(shortened(to: 100))\"" }

  func shortened(to most: Int) -> String {
    let text = text
    return text.count > most ? text.prefix(most - 1) + "…" : text
  }
}

extension LintContext {
  /// The first few of some endpoints.
  func related(_ endpoints: some Sequence<Int>, most: Int = 3) -> [Finding.Related] {
    endpoints.prefix(most).map { related($0) }
  }

  func related(_ endpoint: Int) -> Finding.Related {
    Finding.Related(words(endpoint), at: world.endpoints[endpoint].location)
  }
}
