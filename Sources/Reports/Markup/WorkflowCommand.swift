import Simulator

/// A line that GitHub's runner makes an annotation of: `::error file=web.yaml,line=3,title=GW103::message`.
struct WorkflowCommand {
  enum Level: String {
    case error, warning, notice
  }

  var level: Level
  var file: String?
  var line: Int?
  /// Characters from 1.
  var column: Int?
  var endColumn: Int?
  var title: String
  var message: String

  init(_ level: Level, at location: SourceLocation?, title: String, _ message: String) {
    self.level = level
    // Standard input is no file that an annotation could stand in.
    if let location, location.file != "-" { (file, line) = (location.file, location.line) }
    self.title = title
    self.message = message
  }

  var text: String {
    let properties: [(name: String, value: String?)] = [
      ("file", file), ("line", line.map(String.init)), ("col", column.map(String.init)),
      ("endColumn", endColumn.map(String.init)), ("title", title),
    ]
    let given = properties.compactMap { property in property.value.map { "\(property.name)=\(Self.property($0))" } }
    return "::\(level.rawValue) \(given.joined(separator: ","))::\(Self.data(message))"
  }

  /// The runner ends a command with its line and undoes these escapes; it knows no others.
  private static func data(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      default: result.unicodeScalars.append(scalar)
      }
    }
    // A log is looked at in a terminal too.
    return Style.visible(result)
  }

  private static func property(_ text: String) -> String {
    var result = ""
    for scalar in data(text).unicodeScalars {
      switch scalar {
      case ":": result += "%3A"
      case ",": result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
