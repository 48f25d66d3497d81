import Foundation

/// A picture or a piece of text that a page shows and a command makes: `<!-- made by: gatewalk paths --output svg -->`, and below it
/// a picture, or lines up to `<!-- end -->`.
struct MadePart {
  enum Place {
    /// The picture's path from the repository's root.
    case picture(String)
    /// Lines of the page.
    case lines(Range<Int>)
  }

  var command: String
  var place: Place
}

extension DocumentationPage {
  /// Where the first line of a page that is made stands, or what is missing there.
  enum MadePartProblem: Error {
    case noEnd(line: Int)
  }

  var madeParts: [MadePart] {
    get throws {
      try lines.indices.compactMap { index in
        guard let command = lines[index].wholeMatch(of: /<!-- made by: (.+) -->/)?.1 else { return nil }
        if lines.indices.contains(index + 1), let picture = lines[index + 1].firstMatch(of: /^!\[.*\]\((.+)\)$/)?.1 {
          let folder = (name as NSString).deletingLastPathComponent
          let path = ((folder as NSString).appendingPathComponent(String(picture)) as NSString).standardizingPath
          return MadePart(command: String(command), place: .picture(path))
        }
        guard let end = lines[index...].firstIndex(of: "<!-- end -->") else { throw MadePartProblem.noEnd(line: index + 1) }
        return MadePart(command: String(command), place: .lines(index + 1..<end))
      }
    }
  }
}
