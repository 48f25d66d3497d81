/// Why an input could not be read as bytes.
enum InputError: Error {
  /// A call of the system failed; its words for why.
  case system(String)
  case notAFile
  case tooLarge(limit: Int)
  case leadsBackToItself
  case directoryHoldsNothing
  case standardInputTwice

  var wording: Wording {
    switch self {
    case .system(let reason):
      Wording("unreadable", "cannot be read: \(reason)")
    case .notAFile:
      Wording("unreadable", "is neither a file nor a directory", help: "name it by itself to read it all the same")
    case .tooLarge(let limit):
      Wording("too-large", "is larger than \(limit >> 20) MiB", help: "split it into several files")
    case .leadsBackToItself:
      Wording("symlink-loop", "the directory is one that it stands in itself", help: "remove the symbolic link")
    case .directoryHoldsNothing:
      Wording(
        "empty-directory",
        "the directory holds no manifests",
        help: "files named *.yaml, *.yml and *.json are read"
      )
    case .standardInputTwice:
      Wording("unreadable", "standard input can be read only once")
    }
  }
}
