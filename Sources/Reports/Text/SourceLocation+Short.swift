package import Simulator

extension SourceLocation {
  /// `cluster.yaml:31` for a file in whatever folder: for tables, whose lines have to stay short.
  ///
  /// Without control characters: the name of a file may hold any.
  package var shortFileAndLine: String {
    let name = file.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) }
    return Style.visible("\(name ?? file):\(line)")
  }
}
