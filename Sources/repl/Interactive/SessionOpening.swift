import Glibc
import Manifests
import Reports
import Session
import Simulator

/// What a session begins with.
struct SessionOpening {
  /// As the person named them.
  var files: [String] = []
  /// `nil` where the person did not say.
  var semantics: Semantics?
  /// Are invalid resources left out, and failing commands of a script passed over?
  var keepGoing = false
  var resumes = false

  /// The same, on what a session was about whose journal is there.
  func resuming(_ header: JournalHeader) -> SessionOpening {
    var opening = self
    if files.isEmpty { opening.files = header.files.map(WorkingDirectory.relative) }
    if semantics == nil { opening.semantics = Semantics.named(header.semantics) }
    opening.keepGoing = keepGoing || header.keepsGoing
    return opening
  }

  /// Loads the files.
  ///
  /// - Throws: `ExitStatus.failed`, once it has said what is wrong with them.
  func session(style: Style, environment: SessionEnvironment, showsWarnings: Bool) throws -> Session {
    let loaded = try LoadedManifests.load(files, keepGoing: keepGoing, showsWarnings: showsWarnings)
    return Session(loaded, paths: files, semantics: semantics, style: style, environment: environment)
  }

  private var chosen: Semantics { semantics ?? .documented }

  /// What the journal of the session says about it. Asked for before the files are read: what is written while they are is a change.
  var header: JournalHeader {
    let files = files.map(WorkingDirectory.absolute)
    return JournalHeader(
      files: files, stamps: FileStamp.now(files), semantics: chosen.name, keepsGoing: keepGoing, process: getpid(),
      began: time(nil))
  }

  static var stateFolder: StateFolder? {
    StateFolder { name in getenv(name).map { String(cString: $0) } }
  }
}
