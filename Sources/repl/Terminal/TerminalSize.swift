import Glibc

/// Columns and rows of the terminal.
struct TerminalSize {
  var width = 80
  var height = 24

  /// What the terminal says, or the usual where it says nothing.
  static var current: TerminalSize {
    var size = winsize()
    guard ioctl(STDIN_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return TerminalSize() }
    return TerminalSize(width: Int(size.ws_col), height: Int(size.ws_row))
  }
}
