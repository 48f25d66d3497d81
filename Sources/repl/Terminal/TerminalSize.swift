import Glibc

/// Columns and rows of the terminal.
struct TerminalSize {
  var width = 80
  var height = 24

  /// What the terminal that is typed at says, or the usual where it says nothing.
  static var current: TerminalSize { of(STDIN_FILENO) }

  /// The same of the terminal that standard output is.
  static var ofOutput: TerminalSize { of(STDOUT_FILENO) }

  /// What a descriptor's terminal says, or the usual.
  static func of(_ descriptor: Int32) -> TerminalSize {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return TerminalSize() }
    return TerminalSize(width: Int(size.ws_col), height: Int(size.ws_row))
  }
}
