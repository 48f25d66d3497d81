import ArgumentParser
import Glibc
import Lint
import Manifests
import Reports
import Selector
import Simulator

/// Which configuration holds: the one that is named, or the nearest `.gatewalk.yaml` from the working directory up to the root of
/// the repository.
struct ConfigurationOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take this configuration rather than the nearest \(Configuration.fileName), up to the root of the repository.",
      valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var config: String?

  /// - Throws: `ExitStatus.failed` if it cannot be read or is wrong, which has been said.
  func resolve() throws -> LoadedConfiguration {
    guard let path = config ?? Self.nearest() else { return LoadedConfiguration() }
    let source: SourceText
    do throws(Diagnostic) {
      source = try loadText(path: path)
    } catch {
      Console.error.report([error], sources: [])
      throw ExitStatus.failed
    }
    let (configuration, errors) = decodeConfiguration(source)
    let loaded = LoadedConfiguration(configuration: configuration, source: source)
    guard errors.isEmpty else { throw loaded.refuse(errors) }
    return loaded
  }

  /// The path as it is shortest from here; `nil` if there is none.
  private static func nearest() -> String? {
    var folder = Substring(WorkingDirectory.path)
    while true {
      let base = folder == "/" ? "" : folder
      let path = "\(base)/\(Configuration.fileName)"
      if access(path, F_OK) == 0 { return WorkingDirectory.relative(path) }
      guard access("\(base)/.git", F_OK) != 0, let slash = folder.lastIndex(of: "/"), folder != "/" else { return nil }
      folder = slash == folder.startIndex ? "/" : folder[..<slash]
    }
  }
}

/// A configuration and the file that it stands in; without a file it asks nothing.
struct LoadedConfiguration {
  var configuration = Configuration()
  var source: SourceText?

  /// Says what is wrong with it.
  ///
  /// - Returns: the status to leave with.
  func refuse(_ errors: [Diagnostic]) -> ExitStatus {
    Console.error.report(errors, sources: source.map { [$0] } ?? [])
    return .failed
  }

  /// A path of the configuration as it reads from here.
  func path(_ placed: Configuration.Placed<ByteString>) -> String {
    let text = placed.value.text
    guard let name = source?.name, !text.hasPrefix("/"), let slash = name.lastIndex(of: "/") else { return text }
    return "\(name[...slash])\(text)"
  }

  /// The rules that it asks for.
  ///
  /// - Throws: `ExitStatus.failed` if it names one that is none, which has been said.
  func rules() throws -> [LintRule] {
    var unwanted: Set<String> = []
    var errors: [Diagnostic] = []
    for name in configuration.lint.disable {
      do throws(UnknownRule) {
        unwanted.insert(try LintRule.meant(by: name.value.text).id)
      } catch {
        errors.append(
          Diagnostic(
            .error, id: "unknown-rule", at: name.location, length: name.length, "there is no rule \"\(error.text)\"",
            help: error.closest.map { "did you mean \"\($0)\"?" } ?? "\"gatewalk lint --list\" lists them"))
      }
    }
    guard errors.isEmpty else { throw refuse(errors) }
    return LintRule.all.filter { !unwanted.contains($0.id) }
  }

  /// Is a path that was found in a directory left out?
  func excluding() -> (String) -> Bool {
    let excluded = Set(configuration.lint.exclude.map { WorkingDirectory.absolute(path($0)) })
    if excluded.isEmpty { return { _ in false } }
    return { excluded.contains(WorkingDirectory.absolute($0)) }
  }
}
