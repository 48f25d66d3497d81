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

extension Endpoint {
  /// `host endpoint "my-host/eth0"`.
  var phrase: String { "\(isHost ? "host endpoint" : "workload endpoint") \(name.quoted)" }
}

extension World {
  /// The first of some endpoints and how many there are besides: `host endpoint "a/b" and 3 more`.
  func phrase(of endpoints: Bitset) -> String {
    guard let first = endpoints.first(where: { _ in true }) else { return "no endpoint" }
    let others = endpoints.count - 1
    return self.endpoints[first].phrase + (others > 0 ? " and \(others) more" : "")
  }

  /// The first few of some endpoints.
  func related(_ endpoints: some Sequence<Int>, most: Int = 3) -> [Finding.Related] {
    endpoints.prefix(most).map { Finding.Related(self.endpoints[$0].phrase, at: self.endpoints[$0].location) }
  }
}
