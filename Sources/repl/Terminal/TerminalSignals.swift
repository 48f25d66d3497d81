import Glibc
import Synchronization

/// Signals as something that a read can wait for and that an answer in progress does not die of.
enum TerminalSignals {
  struct Set: OptionSet, Sendable {
    let rawValue: UInt32

    static let interrupt = Set(rawValue: 1 << 0)
    static let resize = Set(rawValue: 1 << 1)
    static let terminate = Set(rawValue: 1 << 2)
    static let hangUp = Set(rawValue: 1 << 3)
    static let stop = Set(rawValue: 1 << 4)
    static let goOn = Set(rawValue: 1 << 5)
    static let all: Set = [.interrupt, .resize, .terminate, .hangUp, .stop, .goOn]

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(signal: Int32) {
      switch signal {
      case SIGINT: self = .interrupt
      case SIGWINCH: self = .resize
      case SIGTERM: self = .terminate
      case SIGHUP: self = .hangUp
      case SIGTSTP: self = .stop
      case SIGCONT: self = .goOn
      default: self = []
      }
    }
  }

  private static let arrived = Atomic<UInt32>(0)
  /// What a handler writes to, so that `poll` wakes; -1 before there is one.
  private static let wakingEnd = Atomic<Int32>(-1)
  /// Readable once a signal has arrived.
  static let wokenEnd: Int32 = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return -1 }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    wakingEnd.store(ends[1], ordering: .relaxed)
    return ends[0]
  }()

  /// From now on the signals that a person at a terminal causes only arrive. The stop of Ctrl-Z does so while `catchesStop`.
  static func catchThem() {
    _ = wokenEnd
    let caught = [SIGINT, SIGWINCH, SIGTERM, SIGHUP, SIGCONT]
    for signal in caught { handle(signal) }
    unblock(caught + [SIGTSTP])
    // Ctrl-\ would leave a core dump and a terminal that does not echo.
    ignore(SIGQUIT)
  }

  static func catchesStop(_ catches: Bool) {
    if catches { handle(SIGTSTP) } else { signal(SIGTSTP, SIG_DFL) }
  }

  /// What has arrived since this was last asked.
  static func take() -> Set {
    guard arrived.load(ordering: .relaxed) != 0 else { return [] }
    var byte: UInt8 = 0
    while read(wokenEnd, &byte, 1) == 1 {}
    return Set(rawValue: arrived.exchange(0, ordering: .relaxed))
  }

  /// Has this arrived? It stays for `take`.
  static func hasArrived(_ signal: Set) -> Bool {
    arrived.load(ordering: .relaxed) & signal.rawValue != 0
  }

  /// Puts back what `take` gave to somebody who cannot meet it.
  static func raiseAgain(_ signals: Set) {
    arrived.bitwiseOr(signals.rawValue, ordering: .relaxed)
  }

  static func forget(_ signal: Set) {
    arrived.bitwiseAnd(~signal.rawValue, ordering: .relaxed)
  }

  /// Gives the terminal back and ends the process by a signal, as whoever sent it expects to see.
  static func die(of number: Int32) -> Never {
    TerminalMode.restore()
    signal(number, SIG_DFL)
    raise(number)
    exit(128 + number)
  }

  private static func handle(_ number: Int32) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { number in
      let signal = Set(signal: number)
      let before = Set(
        rawValue: TerminalSignals.arrived.bitwiseOr(signal.rawValue, ordering: .relaxed).oldValue)
      let code = errno
      var byte: UInt8 = 0
      write(TerminalSignals.wakingEnd.load(ordering: .relaxed), &byte, 1)
      errno = code
      // Somebody asks a second time: what is going on takes too long for them.
      let ends: Set = [.terminate, .hangUp]
      if !signal.isDisjoint(with: ends), before.contains(signal) {
        TerminalMode.restore()
        Glibc.signal(number, SIG_DFL)
        raise(number)
      }
    }
    // Calls that are not `poll` go on by themselves.
    action.sa_flags = SA_RESTART
    sigaction(number, &action, nil)
  }

  /// Whoever started the process may have held them back.
  private static func unblock(_ numbers: [Int32]) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in numbers { sigaddset(&signals, number) }
    sigprocmask(SIG_UNBLOCK, &signals, nil)
  }

  private static func ignore(_ number: Int32) {
    signal(number, SIG_IGN)
  }
}
