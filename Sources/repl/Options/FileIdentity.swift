import Glibc

/// What makes a file the same under two names.
struct FileIdentity: Hashable {
  private let device: dev_t
  private let inode: ino_t

  /// `nil` where there is no file.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, inode) = (status.st_dev, status.st_ino)
  }
}
