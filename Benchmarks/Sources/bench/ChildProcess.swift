import Glibc

/// A program run to its end, and what it took.
struct ChildProcess {
  /// Milliseconds from its start to its end.
  var wall: Double
  /// Milliseconds of processor time, in user mode and in all.
  var userTime: Double
  var processorTime: Double
  /// The most memory that was resident, in MB (10⁶ bytes).
  var peakMegabytes: Double

  /// Runs a program, and throws unless it ends with status 0 or the one that is expected.
  ///
  /// - Parameters:
  ///   - input: the file that it reads as standard input.
  ///   - output: the file that its standard output goes to.
  init(
    _ path: String,
    _ arguments: [String],
    input: String = "/dev/null",
    output: String = "/dev/null"
  ) throws {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }

    var child: pid_t = 0
    var status: Int32 = 0
    var usage = rusage()
    let clock = ContinuousClock()
    let start = clock.now
    let failure = posix_spawn(&child, path, &files, nil, &words, environ)
    guard failure == 0 else { throw BenchError.system("run \(path)", failure) }
    while wait4(child, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw BenchError.system("wait for \(path)", errno) }
    }
    wall = start.duration(to: clock.now) / .milliseconds(1)
    guard status == 0 else {
      throw BenchError.childFailed(command: ([path] + arguments).joined(separator: " "), status: status)
    }
    userTime = Self.milliseconds(usage.ru_utime)
    processorTime = userTime + Self.milliseconds(usage.ru_stime)
    peakMegabytes = Double(usage.ru_maxrss) * 1024 / 1e6
  }

  private static func milliseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1e3 + Double(time.tv_usec) / 1e3
  }
}
