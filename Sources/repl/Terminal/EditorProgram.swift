import CLibEdit
import Glibc
import Session

/// Has a text edited by the person's own editor: `$VISUAL`, `$EDITOR` or vi.
enum EditorProgram {
  /// - Parameter name: of the file, for the editor's title line; letters and digits.
  static func edit(_ name: String, _ text: String) -> SessionEnvironment.EditResult {
    var template = Array("\(temporaryFolder)/gatewalk-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { return failure("no temporary folder can be made in \(temporaryFolder)") }
    let folder = String(cString: made)
    let path = "\(folder)/\(name).yaml"
    do throws(SystemFailure) {
      try PrivateFile(path, O_WRONLY | O_CREAT | O_EXCL).write(Array(text.utf8))
      let status = run(command, on: path)
      guard status == 0 else { return ended(status, path, text, folder) }
      let edited = try PrivateFile(path, O_RDONLY).read()
      remove(folder)
      return .text(String(decoding: edited, as: UTF8.self))
    } catch {
      remove(folder)
      return .failed("the text cannot be handed to the editor: \(error)")
    }
  }

  private static func failure(_ what: String) -> SessionEnvironment.EditResult {
    .failed("\(what): \(String(cString: strerror(errno)).lowercased())")
  }

  static var temporaryFolder: String { variable("TMPDIR") ?? "/tmp" }

  private static var command: String { variable("VISUAL") ?? variable("EDITOR") ?? "vi" }

  private static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  // MARK: Running it

  /// - Parameter command: for the shell, so that `code -w` is a command.
  /// - Returns: the status as `waitpid` has it; -1 if it could not be started.
  private static func run(_ command: String, on path: String) -> Int32 {
    let mode = TerminalMode.current
    TerminalMode.restore()
    defer {
      TerminalMode.set(mode)
      // A Ctrl-C was for the editor.
      TerminalSignals.forget([.interrupt, .goOn])
    }
    guard let process = start(["/bin/sh", "-c", "\(command) \"$1\"", "sh", path]) else { return -1 }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    return status
  }

  private static func start(_ words: [String]) -> pid_t? {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // What this process ignores the editor is to meet as usual; what it catches is reset anyway.
    var ignored = sigset_t()
    sigemptyset(&ignored)
    sigaddset(&ignored, SIGQUIT)
    posix_spawnattr_setsigdefault(&attributes, &ignored)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    return posix_spawn(&process, words[0], nil, &attributes, &arguments, process_environment()) == 0 ? process : nil
  }

  /// Says how it ended. What was typed in an editor that died is kept.
  private static func ended(
    _ status: Int32, _ path: String, _ original: String, _ folder: String
  ) -> SessionEnvironment.EditResult {
    let signal = status & 0x7f
    let code = (status >> 8) & 0xff
    guard status >= 0, signal == 0 else {
      let edited = try? PrivateFile(path, O_RDONLY).read()
      guard let edited, edited != Array(original.utf8) else {
        remove(folder)
        return .failed("the editor \"\(command)\" \(status < 0 ? "cannot be started" : "was ended by signal \(signal)")")
      }
      return .failed("the editor \"\(command)\" was ended by signal \(signal); what it had written is in \(path)")
    }
    remove(folder)
    if code == 127 { return .failed("there is no editor \"\(command)\"") }
    return .failed("the editor \"\(command)\" ended with status \(code)")
  }

  /// The folder is ours, and what an editor left there is, too.
  private static func remove(_ folder: String) {
    if let stream = opendir(folder) {
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name != ".", name != ".." { unlink("\(folder)/\(name)") }
      }
      closedir(stream)
    }
    rmdir(folder)
  }
}
