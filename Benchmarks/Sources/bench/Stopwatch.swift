import Glibc

/// Wall-clock time and the processor time of this process, which other processes disturb less.
struct Elapsed {
  /// Nanoseconds.
  var wall: Double
  var cpu: Double

  static func of(_ work: () throws -> Void) rethrows -> Elapsed {
    let clock = ContinuousClock()
    let cpu = processorTime()
    let start = clock.now
    try work()
    let wall = start.duration(to: clock.now) / .nanoseconds(1)
    return Elapsed(wall: wall, cpu: processorTime() - cpu)
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
  }
}

/// Runs `work` once to warm up and then `repeats` times, and reports the processor time of one of its `operations`.
///
/// Everything measured this way runs on one thread and waits for nothing, so processor time is wall-clock time on a quiet
/// machine.
func report(
  _ name: String,
  unit: TimeUnit = .nanoseconds,
  aim: Double? = nil,
  operations: Int = 1,
  repeats: Int = 9,
  _ work: () throws -> Void
) rethrows {
  try work()
  var figures: [Double] = []
  for _ in 0..<repeats { figures.append(try Elapsed.of(work).cpu / Double(operations) / unit.nanoseconds) }
  Measurement(name, unit: unit.rawValue, aim: aim, figures).report()
}

enum TimeUnit: String {
  case nanoseconds = "ns"
  case microseconds = "µs"
  case milliseconds = "ms"
  case seconds = "s"

  var nanoseconds: Double {
    switch self {
    case .nanoseconds: 1
    case .microseconds: 1e3
    case .milliseconds: 1e6
    case .seconds: 1e9
    }
  }
}

/// Keeps the optimiser from leaving out work whose result nobody reads.
@inline(never) func consume<Value>(_ value: Value) {}
