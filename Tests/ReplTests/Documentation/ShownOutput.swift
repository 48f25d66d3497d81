/// Output as a page shows it, where a line `…` stands for lines that are left out.
struct ShownOutput {
  static let omission = "…"

  let lines: [String]

  /// The pieces between the omissions.
  private var pieces: [ArraySlice<String>] {
    lines.split(separator: Self.omission, omittingEmptySubsequences: false)
  }

  /// Is this what was put out, but for what is left out?
  func matches(_ output: [String]) -> Bool {
    let pieces = pieces
    guard pieces.count > 1, let first = pieces.first, let last = pieces.last else { return lines == output }
    guard output.count >= first.count + last.count, output.starts(with: first), output.suffix(last.count) == last else {
      return false
    }
    var rest = output[first.count..<output.count - last.count]
    for piece in pieces.dropFirst().dropLast() {
      guard let found = Self.place(of: piece, in: rest) else { return false }
      rest = rest[(found + piece.count)...]
    }
    return true
  }

  /// The same with what is put out now: as many lines of its beginning and end as before, and between them each piece that still
  /// begins as it did.
  func updated(_ output: [String]) -> [String] {
    let pieces = pieces
    guard pieces.count > 1, let first = pieces.first, let last = pieces.last,
      output.count > first.count + last.count
    else { return output }
    var shown = Array(output.prefix(first.count))
    var rest = output[first.count..<output.count - last.count]
    for piece in pieces.dropFirst().dropLast() {
      guard let begin = piece.first, let found = rest.firstIndex(of: begin) else { continue }
      let end = min(found + piece.count, rest.endIndex)
      shown += [Self.omission] + rest[found..<end]
      rest = rest[end...]
    }
    return shown + [Self.omission] + output.suffix(last.count)
  }

  private static func place(of piece: ArraySlice<String>, in lines: ArraySlice<String>) -> Int? {
    guard lines.count >= piece.count else { return nil }
    return (lines.startIndex...lines.endIndex - piece.count).first { lines[$0..<$0 + piece.count] == piece }
  }
}
