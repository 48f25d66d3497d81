import Glibc

/// Paths as seen from here and from anywhere.
enum WorkingDirectory {
  static var path: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }

  /// The one path that a file has, links resolved where it is there.
  static func absolute(_ name: String) -> String {
    if let real = realpath(name, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    return name.utf8.first == UInt8(ascii: "/") ? name : "\(path)/\(name)"
  }

  /// As short as it can be said here.
  static func relative(_ absolute: String) -> String {
    let here = path == "/" ? path : path + "/"
    guard absolute.utf8.starts(with: here.utf8), absolute.utf8.count > here.utf8.count else { return absolute }
    return String(decoding: absolute.utf8.dropFirst(here.utf8.count), as: UTF8.self)
  }
}
