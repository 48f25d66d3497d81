import Glibc

/// Why nothing could be measured.
enum BenchError: Error, CustomStringConvertible {
  case usage(String)
  case system(String, Int32)
  case childFailed(command: String, status: Int32)
  case input(String)

  var description: String {
    switch self {
    case .usage(let what): what
    case .system(let what, let code): "cannot \(what): \(String(cString: strerror(code)).lowercased())"
    case .childFailed(let command, let status): "\"\(command)\" ended with wait status \(status)"
    case .input(let what): what
    }
  }
}
