import Glibc

/// A moment as a clock on the wall has it.
enum LocalTime {
  /// - Parameter seconds: since 1970.
  /// - Returns: `2026-11-25 22:10`.
  static func text(_ seconds: Int) -> String {
    var (moment, parts) = (time_t(seconds), tm())
    localtime_r(&moment, &parts)
    var bytes = [CChar](repeating: 0, count: 32)
    let count = strftime(&bytes, bytes.count, "%Y-%m-%d %H:%M", &parts)
    return String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
