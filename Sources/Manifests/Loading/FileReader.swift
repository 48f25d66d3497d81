import Glibc

/// Whole files as bytes.
enum FileReader {
  /// Positions in a text are 32 bits, and a larger file is hardly a manifest.
  static let sizeLimit = 512 << 20

  static func read(path: String) throws(InputError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(lastError()) }
    defer { close(descriptor) }
    return try read(descriptor)
  }

  /// Reads to the end of an open file, which stays open.
  static func read(_ descriptor: Int32) throws(InputError) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(lastError()) }
    guard status.st_size <= sizeLimit else { throw .tooLarge(limit: sizeLimit) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    let chunkSize = 1 << 16
    while true {
      let chunk = [UInt8](unsafeUninitializedCapacity: chunkSize) { buffer, count in
        repeat { count = Glibc.read(descriptor, buffer.baseAddress, chunkSize) } while count < 0 && errno == EINTR
        // A failed call initializes nothing; `errno` tells it from the end of the file.
        if count == 0 { errno = 0 }
        count = max(0, count)
      }
      if chunk.isEmpty {
        guard errno == 0 else { throw .system(lastError()) }
        return bytes
      }
      bytes += chunk
      guard bytes.count <= sizeLimit else { throw .tooLarge(limit: sizeLimit) }
    }
  }

  static func lastError() -> String {
    String(cString: strerror(errno)).lowercased()
  }
}
