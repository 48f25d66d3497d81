import Glibc

/// The files that the paths on a command line stand for.
struct InputFiles {
  enum Input {
    case standardInput
    case file(String)
    /// A path at which nothing can be read.
    case unreadable(String, InputError)

    var name: String {
      switch self {
      case .standardInput: "-"
      case .file(let path), .unreadable(let path, _): path
      }
    }
  }

  private static let endings = [".yaml", ".yml", ".json"]
  /// What is gatewalk's own, such as its configuration, is no manifest.
  private static let ownPrefix = ".gatewalk"

  private(set) var inputs: [Input] = []
  private var readsStandardInput = false
  private let isExcluded: (String) -> Bool
  private var hasExcluded = false

  /// Device and inode of the directories from the named one to the one being walked.
  private var ancestors: [(device: dev_t, inode: ino_t)] = []

  /// The inputs in the order of the paths; the files of a directory by their paths, byte-wise.
  ///
  /// - Parameter isExcluded: is a path left out that is found in a directory? It is a file's or a directory's.
  init(_ paths: [String], excluding isExcluded: @escaping (String) -> Bool = { _ in false }) {
    self.isExcluded = isExcluded
    for path in paths { add(path) }
  }

  private mutating func add(_ path: String) {
    if path == "-" {
      inputs.append(readsStandardInput ? .unreadable(path, .standardInputTwice) : .standardInput)
      readsStandardInput = true
      return
    }
    var status = stat()
    guard stat(path, &status) == 0 else {
      inputs.append(.unreadable(path, .system(FileReader.lastError())))
      return
    }
    // A pipe that is named outright is read: that is what a shell's `<(…)` gives.
    guard status.st_mode & S_IFMT == S_IFDIR else {
      inputs.append(.file(path))
      return
    }
    var found: [(path: String, input: Input)] = []
    walk(path, status, into: &found)
    if found.isEmpty, !hasExcluded { inputs.append(.unreadable(path, .directoryHoldsNothing)) }
    found.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    inputs += found.map(\.input)
  }

  private mutating func walk(_ directory: String, _ status: stat, into found: inout [(path: String, input: Input)]) {
    let identity = (device: status.st_dev, inode: status.st_ino)
    guard !ancestors.contains(where: { $0 == identity }) else {
      found.append((directory, .unreadable(directory, .leadsBackToItself)))
      return
    }
    ancestors.append(identity)
    defer { ancestors.removeLast() }
    let names: [String]
    do throws(InputError) {
      names = try Self.names(in: directory)
    } catch {
      found.append((directory, .unreadable(directory, error)))
      return
    }
    for name in names {
      let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
      if isExcluded(path) {
        hasExcluded = true
        continue
      }
      let isManifest = Self.endings.contains { name.hasSuffix($0) } && !name.hasPrefix(Self.ownPrefix)
      var status = stat()
      guard stat(path, &status) == 0 else {
        // A broken link to something else is none of our business.
        if isManifest { found.append((path, .unreadable(path, .system(FileReader.lastError())))) }
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: walk(path, status, into: &found)
      case S_IFREG where isManifest: found.append((path, .file(path)))
      case _ where isManifest: found.append((path, .unreadable(path, .notAFile)))
      default: break
      }
    }
  }

  private static func names(in directory: String) throws(InputError) -> [String] {
    guard let stream = opendir(directory) else { throw .system(FileReader.lastError()) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .system(FileReader.lastError()) }
    return names
  }
}
