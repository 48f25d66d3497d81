import Glibc

/// How the terminal is set: a program that changes it gives it back as it was.
enum TerminalMode {
  private static let original = current

  /// Call before anything changes the terminal. However the process ends from then on, by `exit` or by a caught signal, the
  /// terminal is as before.
  static func remember() {
    _ = original
    atexit { TerminalMode.restore() }
  }

  static var current: termios? {
    var mode = termios()
    return tcgetattr(STDIN_FILENO, &mode) == 0 ? mode : nil
  }

  static func set(_ mode: termios?) {
    guard var mode, isOurs else { return }
    tcsetattr(STDIN_FILENO, TCSANOW, &mode)
  }

  static func restore() { set(original) }

  /// In the background the terminal is another's.
  private static var isOurs: Bool { tcgetpgrp(STDIN_FILENO) == getpgrp() }
}
