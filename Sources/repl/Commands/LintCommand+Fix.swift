import Lint
import Manifests
import Reports
import Session
import Simulator

extension LintCommand {
  /// Mends the files, and says on standard error what was mended and what was not.
  ///
  /// - Returns: what is left.
  /// - Throws: `ExitStatus.failed` if a file could not be written, which has been said; the others are.
  func mend(_ loaded: LoadedManifests, _ look: (LoadedManifests) -> LintReport) throws -> LintReport {
    let run = FixRun(loaded, look: look)
    var hasFailed = false
    for change in run.changed {
      do throws(FileFailure) {
        try Self.write(change)
      } catch {
        hasFailed = true
        let help = error.help.map { "; \($0)" } ?? ""
        Console.error.say("error: \(Style.visible(change.after.name)) \(error.message)\(help)")
      }
    }
    if hasFailed { throw ExitStatus.failed }
    Self.say(run, "mended")
    return run.report
  }

  /// Prints what would be changed, for `patch` to take.
  ///
  /// - Throws: `ExitStatus.badNews` if something is found that makes lint fail as the files are.
  func showFixes(_ loaded: LoadedManifests, _ look: (LoadedManifests) -> LintReport, _ failOn: Severity?) throws {
    let run = FixRun(loaded, look: look)
    let console = Console.standard
    for change in run.changed {
      let diff = UnifiedDiff(
        from: String(decoding: change.before.bytes, as: UTF8.self), to: String(decoding: change.after.bytes, as: UTF8.self))
      let name = Style.visible(change.after.name)
      console.say(diff.lines(old: name, new: name, style: console.style))
    }
    Self.say(run, "would mend")
    if let failOn, look(loaded).hasFindings(from: failOn) { throw ExitStatus.badNews }
  }

  /// Writes a text, unless somebody else has changed the file since it was read.
  private static func write(_ change: FixRun.Changed) throws(FileFailure) {
    let name = change.after.name
    guard let now = try? loadText(path: name), now.bytes == change.before.bytes else {
      throw FileFailure(message: "has changed since it was read, and is left as it is", help: "run lint again")
    }
    _ = try FileWriter.write(change.after.bytes, to: name, mayOverwrite: true)
  }

  private static func say(_ run: FixRun, _ verb: String) {
    let console = Console.error
    for refused in run.refused {
      let place = refused.finding.location.map { Style.visible("\($0): ") } ?? ""
      console.say("\(place)\(refused.finding.id) is not mended: \(Style.visible(refused.message))")
    }
    let count = run.fixed.count
    guard count > 0 else {
      if run.refused.isEmpty { console.say("nothing can be mended automatically") }
      return
    }
    let files = run.changed.count
    console.say("\(verb) \(count) finding\(count == 1 ? "" : "s") in \(files) file\(files == 1 ? "" : "s")")
  }
}
