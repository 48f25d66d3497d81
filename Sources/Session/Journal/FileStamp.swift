import Glibc
import Manifests

/// Tells whether a file is as it was, without reading it: a journal goes on from files as they were loaded, and what it does to
/// others is anybody's guess.
package struct FileStamp: Hashable, Sendable {
  package var path: String
  /// Bytes.
  package var size: Int
  /// When it was last written, nanoseconds since 1970.
  package var modified: Int

  package init(path: String, size: Int, modified: Int) {
    self.path = path
    self.size = size
    self.modified = modified
  }

  /// - Returns: `nil` for what is no regular file, or is not there.
  private init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    self.init(path: path, size: Int(status.st_size), modified: modified)
  }

  /// The stamps of files as they are now; of a directory, of every manifest in it.
  package static func now(_ files: [String]) -> [FileStamp] {
    manifestPaths(files).compactMap { FileStamp(of: $0) }
  }

  /// Paths of what was written, came or went between, byte-wise.
  package static func differences(_ before: [FileStamp], _ after: [FileStamp]) -> [String] {
    let paths = Set(before).symmetricDifference(after).map(\.path).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    return paths.reduce(into: []) { kept, path in
      if kept.last != path { kept.append(path) }
    }
  }
}

extension JournalHeader {
  /// The files that are no longer as they were loaded; none where an older journal does not tell.
  package var changedFiles: [String] {
    stamps.map { FileStamp.differences($0, FileStamp.now(files)) } ?? []
  }
}
