import Selector

extension FlowText {
  /// Reads a flow.
  ///
  ///     tcp 203.0.113.9:40000 -> 10.0.0.1:30080 in eth0
  ///     icmp [fd00::2] -> fd00::1 type 128 from w1
  ///
  /// - Throws: everything that is wrong with it.
  package init(_ text: String) throws(FlowTextErrors) {
    var parser = FlowTextParser(text)
    guard let flow = parser.parse(), parser.errors.isEmpty else {
      throw FlowTextErrors(text: text, errors: parser.errors)
    }
    self = flow
  }
}

/// Reads the words of a flow one after the other, and goes on after an error where the next word can be told.
private struct FlowTextParser {
  static let form = "a flow reads PROTOCOL SOURCE[:PORT] -> DESTINATION[:PORT] [in INTERFACE | from host | from WORKLOAD]"
  static let example = "for example: tcp 203.0.113.9 -> 10.0.0.1:80 in eth0"

  private let bytes: [UInt8]
  private let words: [FlowText.Word]
  private var next = 0
  private(set) var errors: [FlowTextError] = []

  init(_ text: String) {
    bytes = Array(text.utf8)
    words = Self.split(bytes)
  }

  /// Words are parted by blanks; `->` parts them too.
  private static func split(_ bytes: [UInt8]) -> [FlowText.Word] {
    var words: [FlowText.Word] = []
    var start = 0
    func add(_ range: Range<Int>) {
      guard !range.isEmpty else { return }
      words.append(FlowText.Word(text: String(decoding: bytes[range], as: UTF8.self), range: range))
    }
    var index = 0
    while index < bytes.count {
      let isArrow = bytes[index...].starts(with: "->".utf8)
      if isArrow || bytes[index] == 0x20 || bytes[index] == 0x09 || bytes[index] == 0x0a || bytes[index] == 0x0d {
        add(start..<index)
        if isArrow { add(index..<(index + 2)) }
        index += isArrow ? 2 : 1
        start = index
      } else {
        index += 1
      }
    }
    add(start..<bytes.count)
    return words
  }

  mutating func parse() -> FlowText? {
    guard !words.isEmpty else {
      fail(0..<bytes.count, "the flow is empty", help: "\(Self.form); \(Self.example)")
      return nil
    }
    let proto = parseProtocol()
    let source = parseEnd("a source address or name")
    if let word = take() {
      if word.text != "->" {
        fail(word.range, "unexpected \"\(word.text)\" where \"->\" should be", help: "\(Self.form); \(Self.example)")
        return nil
      }
    } else {
      fail(bytes.count..<bytes.count, "the flow ends before \"->\"", help: "\(Self.form); \(Self.example)")
      return nil
    }
    let destination = parseEnd("a destination address or name")
    // What follows is read even if an end is missing, so that everything that is wrong is said at once.
    let nowhere = FlowText.End(host: FlowText.Word(text: "", range: 0..<0))
    var flow = FlowText(
      protocol: proto?.value ?? .icmp, protocolIsName: proto?.isName ?? false, source: source ?? nowhere,
      destination: destination ?? nowhere)
    parseOptions(&flow)
    guard proto != nil, source != nil, destination != nil else { return nil }
    checkPorts(flow)
    return flow
  }

  private mutating func take() -> FlowText.Word? {
    guard next < words.count else { return nil }
    next += 1
    return words[next - 1]
  }

  private mutating func fail(_ range: Range<Int>, _ message: String, help: String) {
    errors.append(FlowTextError(range, message, help: help))
  }

  private mutating func parseProtocol() -> (value: IPProtocol, isName: Bool)? {
    guard let word = take() else { return nil }
    let lower = word.text.lowercased()
    if let named = IPProtocol(name: lower) { return (named, true) }
    if let number = UInt8(lower), number > 0 { return (IPProtocol(rawValue: number), false) }
    let names = IPProtocol.named.map(\.name)
    let close = closestName(to: lower, among: names).map { "did you mean \"\($0)\"? " } ?? ""
    fail(
      word.range, "unknown protocol \"\(word.text)\"",
      help: close + "protocols are \(names.joined(separator: ", ")), or a number from 1 to 255")
    return nil
  }

  /// `10.0.0.1`, `10.0.0.1:80`, `fd00::1`, `[fd00::1]:80`, `name`, `name:80`.
  private mutating func parseEnd(_ expected: String) -> FlowText.End? {
    guard let word = take() else {
      fail(bytes.count..<bytes.count, "the flow ends where \(expected) should be", help: Self.example)
      return nil
    }
    guard word.text != "->" else {
      fail(word.range, "unexpected \"->\" where \(expected) should be", help: Self.example)
      next -= 1
      return nil
    }
    let text = Array(word.text.utf8)
    if text.first == UInt8(ascii: "[") {
      guard let close = text.firstIndex(of: UInt8(ascii: "]")) else {
        fail(word.range, "\"\(word.text)\" has no closing \"]\"", help: "write an IPv6 address with port as [fd00::1]:80")
        return nil
      }
      let host = self.word(word, 1..<close)
      guard close + 1 < text.count else { return FlowText.End(host: host) }
      guard text[close + 1] == UInt8(ascii: ":") else {
        fail(word.range, "unexpected text after \"]\" in \"\(word.text)\"", help: "write [fd00::1]:80")
        return nil
      }
      return end(host, port: self.word(word, (close + 2)..<text.count))
    }
    // Several colons are an IPv6 address, right or wrong, and never a port.
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon == text.lastIndex(of: UInt8(ascii: ":")) else {
      return FlowText.End(host: word)
    }
    return end(self.word(word, 0..<colon), port: self.word(word, (colon + 1)..<text.count))
  }

  private func word(_ whole: FlowText.Word, _ part: Range<Int>) -> FlowText.Word {
    let range = (whole.range.lowerBound + part.lowerBound)..<(whole.range.lowerBound + part.upperBound)
    return FlowText.Word(text: String(decoding: bytes[range], as: UTF8.self), range: range)
  }

  private mutating func end(_ host: FlowText.Word, port: FlowText.Word) -> FlowText.End? {
    guard let number = UInt16(port.text), number > 0 else {
      let range = port.range.isEmpty ? host.range.upperBound..<port.range.upperBound : port.range
      fail(range, "\"\(port.text)\" is no port", help: "ports are numbers from 1 to 65535")
      return nil
    }
    guard !host.range.isEmpty else {
      fail(port.range, "an address or name is missing before the port", help: Self.example)
      return nil
    }
    return FlowText.End(host: host, port: number)
  }

  private mutating func parseOptions(_ flow: inout FlowText) {
    let keywords = ["in", "from", "out", "on", "type", "code"]
    while let word = take() {
      guard keywords.contains(word.text) else {
        let close = closestName(to: word.text, among: keywords).map { "did you mean \"\($0)\"? " } ?? ""
        fail(
          word.range, "unexpected \"\(word.text)\"",
          help: close + "after the destination come in INTERFACE, from host, from WORKLOAD, out INTERFACE, on HOST, "
            + "type N, code N")
        continue
      }
      guard let value = take() else {
        fail(word.range, "nothing follows \"\(word.text)\"", help: Self.form)
        return
      }
      set(word, value, &flow)
    }
  }

  private mutating func set(_ keyword: FlowText.Word, _ value: FlowText.Word, _ flow: inout FlowText) {
    func refuseSecond(_ isSet: Bool) {
      if isSet {
        fail(keyword.range, "\"\(keyword.text)\" says a second time what is said already", help: "leave one of them out")
      }
    }
    switch keyword.text {
    case "in":
      refuseSecond(flow.entry != nil)
      flow.entry = .interface(value)
    case "from":
      refuseSecond(flow.entry != nil)
      flow.entry = value.text == "host" ? .host : .workload(value)
    case "out":
      refuseSecond(flow.out != nil)
      flow.out = value
    case "on":
      refuseSecond(flow.node != nil)
      flow.node = value
    default:
      guard let number = UInt8(value.text) else {
        fail(value.range, "\"\(value.text)\" is no ICMP \(keyword.text)", help: "it is a number from 0 to 255")
        return
      }
      guard flow.protocol.isICMP else {
        fail(keyword.range, "\(flow.protocol) packets have no ICMP \(keyword.text)", help: "leave it out, or say icmp")
        return
      }
      if keyword.text == "type" { flow.icmpType = number } else { flow.icmpCode = number }
    }
  }

  private mutating func checkPorts(_ flow: FlowText) {
    guard !flow.protocol.hasPorts else {
      if flow.destination.port == nil {
        let end = flow.destination.host.range
        fail(end, "a \(flow.protocol) flow needs a destination port", help: "write ADDRESS:PORT, such as 10.0.0.1:80")
      }
      return
    }
    for end in [flow.source, flow.destination] where end.port != nil {
      fail(
        end.host.range, "\(flow.protocol) packets have no ports",
        help: flow.protocol.isICMP ? "write type N for the ICMP type" : "leave the port out")
    }
  }
}
