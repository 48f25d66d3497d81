/// How the process ends (DESIGN, Commands). Thrown by a command once it has said why.
enum ExitStatus: Int32, Error {
  /// The answer is bad news.
  case badNews = 1
  /// The command could not be carried out.
  case failed = 2
}
