import ArgumentParser
import Reports
import Session
import Simulator

/// The formats in which a command can report; one of them is text for people.
protocol ReportFormat: RawRepresentable<String>, CaseIterable, Equatable, Sendable {
  static var text: Self { get }
}

extension ReportFormat {
  static var names: [String] { allCases.map(\.rawValue) }

  /// - Throws: `ValidationError` with the name that was probably meant.
  static func named(_ name: String) throws -> Self {
    if let format = Self(rawValue: name) { return format }
    let close = closestName(to: name, among: names).map { " Did you mean '\($0)'?" } ?? ""
    throw ValidationError("There is no format '\(name)'.\(close) They are: \(names.joined(separator: ", ")).")
  }
}

/// Where a report goes, and how it looks there: standard output, and any number of files besides.
struct ReportOptions<Format: ReportFormat>: ParsableArguments {
  @Option(
    help: ArgumentHelp("How to print the report: \(Format.names.joined(separator: ", ")).", valueName: "format"),
    completion: .list(Format.names))
  var format: String?

  @Option(
    help: ArgumentHelp("Write the report to a file, too, such as junit=report.xml. May be repeated.", valueName: "format=file"))
  var output: [String] = []

  /// - Throws: `ValidationError` for what names no format or no file, and where two reports would go to one file.
  func resolve() throws -> ReportTargets<Format> {
    var files: [(format: Format, path: String)] = []
    for text in output {
      guard let sign = text.firstIndex(of: "=") else {
        throw ValidationError("'--output \(text)' names no file. Write it as FORMAT=FILE, such as \(Format.names[1])=\(text).")
      }
      let (format, path) = (try Format.named(String(text[..<sign])), String(text[text.index(after: sign)...]))
      guard !path.isEmpty else { throw ValidationError("'--output \(text)' names no file. Write it as FORMAT=FILE.") }
      guard path != "-" else {
        throw ValidationError("'--output \(text)' names no file. '--format \(format.rawValue)' prints to standard output.")
      }
      guard !files.contains(where: { $0.path == path }) else {
        throw ValidationError("Two reports cannot go to one file, '\(path)'.")
      }
      files.append((format, path))
    }
    return ReportTargets(standard: try format.map(Format.named) ?? .text, files: files)
  }
}

/// Reports that are to be written.
struct ReportTargets<Format: ReportFormat> {
  /// The format of standard output.
  let standard: Format
  let files: [(format: Format, path: String)]

  /// - Throws: `ExitStatus.failed`, once it has said so, if a report would take the place of a file that was read.
  func spare(_ sources: [SourceText]) throws {
    let read = Set(sources.compactMap { FileIdentity(path: $0.name) })
    guard let file = files.first(where: { FileIdentity(path: $0.path).map(read.contains) ?? false }) else { return }
    Console.error.say(
      "error: the \(file.format.rawValue) report would overwrite \(Style.visible(file.path)), which was read; name another file"
    )
    throw ExitStatus.failed
  }

  /// Writes every report, the files first: each is there as a whole or as it was before.
  ///
  /// - Parameter render: makes a report in a format; text for people in a style, with the source lines or without.
  /// - Throws: `ExitStatus.failed` if a file could not be written, which has been said; everything else is written all the same.
  func write(_ render: (_ format: Format, _ style: Style, _ showsSource: Bool) -> [UInt8]) throws {
    var hasFailed = false
    for (format, path) in files {
      do throws(FileFailure) {
        _ = try FileWriter.write(render(format, .plain, false), to: path, mayOverwrite: true)
      } catch {
        hasFailed = true
        let help = error.help.map { "; \($0)" } ?? ""
        Console.error.say("error: the \(format.rawValue) report: \(Style.visible(path)) \(error.message)\(help)")
      }
    }
    let console = Console.standard
    console.output.write(render(standard, console.style, console.output.isTerminal))
    if hasFailed { throw ExitStatus.failed }
  }
}
