import Glibc

/// Where what outlives a session is kept, for its owner's eyes alone: `$XDG_STATE_HOME/gatewalk`, usually
/// `~/.local/state/gatewalk`.
package struct StateFolder: Hashable, Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// - Returns: `nil` if there is no home directory.
  package init?(environment: (String) -> String?) {
    // As the XDG specification has it, a relative path there is as good as none.
    if let state = environment("XDG_STATE_HOME"), state.utf8.first == UInt8(ascii: "/") {
      path = state + "/gatewalk"
    } else if let home = environment("HOME"), home.utf8.first == UInt8(ascii: "/") {
      path = home + "/.local/state/gatewalk"
    } else {
      return nil
    }
  }

  package var journal: String { path + "/journal" }

  /// Makes a directory, and those that it stands in, unless they are there.
  ///
  /// - Throws: why not, in the system's words.
  package static func make(_ directory: String) throws(SystemFailure) {
    if mkdir(directory, 0o700) == 0 { return }
    switch errno {
    case EEXIST: break
    case ENOENT:
      let parent = String(decoding: directory.utf8.prefix(upTo: lastSlash(directory)), as: UTF8.self)
      guard !parent.isEmpty else { throw SystemFailure(path: directory) }
      try make(parent)
      guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw SystemFailure(path: directory) }
    default: throw SystemFailure(path: directory)
    }
  }

  private static func lastSlash(_ path: String) -> String.Index {
    path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
  }
}

/// A call of the system failed on a file.
package struct SystemFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package let path: String
  package let reason: String

  /// - Parameter code: the system's error; what `errno` says.
  package init(path: String, code: Int32 = errno) {
    self.path = path
    reason = String(cString: strerror(code)).lowercased()
  }

  package var description: String { "\(path): \(reason)" }
}
