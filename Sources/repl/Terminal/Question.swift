import Glibc

/// Asks something that a key or a word answers, while no line is edited.
struct Question: Sendable {
  let input: TerminalInput
  let output: Output

  /// - Returns: what was typed, without blanks around it; `nil` for Ctrl-C, Ctrl-D and a terminal that is gone.
  func ask(_ question: String) -> String? {
    output.write(question + " ")
    let mode = TerminalMode.current
    defer { TerminalMode.set(mode) }
    TerminalMode.restore()
    var bytes: [UInt8] = []
    while true {
      switch input.next() {
      case .byte(0x0a), .byte(0x0d):
        return String(decoding: bytes, as: UTF8.self).trimmed
      case .byte(0x04), .byte(0x03), .end:
        output.write("\n")
        return nil
      case .byte(let byte):
        bytes.append(byte)
      case .signals(let signals):
        guard signals.isDisjoint(with: [.interrupt, .terminate, .hangUp]) else {
          // The line editor is to hear of the end, too.
          TerminalSignals.raiseAgain(signals.intersection([.terminate, .hangUp]))
          output.write("\n")
          return nil
        }
      }
    }
  }

  /// - Parameter assumesYes: what Enter alone means.
  /// - Returns: `false` where there is no answer.
  func confirm(_ question: String, assumesYes: Bool = false) -> Bool {
    while true {
      guard let answer = ask("\(question) \(assumesYes ? "[Y/n]" : "[y/N]")") else { return false }
      switch answer.lowercased() {
      case "": return assumesYes
      case "y", "yes": return true
      case "n", "no": return false
      default: output.write("please answer y or n\n")
      }
    }
  }
}

extension String {
  /// Without blanks at its ends.
  fileprivate var trimmed: String {
    let bytes = Array(utf8)
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    let start = bytes.firstIndex { !isBlank($0) } ?? bytes.count
    let end = bytes.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
