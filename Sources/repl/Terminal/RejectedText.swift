import Glibc
import Session

/// A text that somebody wrote in an editor and that was not taken in, in a file for its owner's eyes alone.
enum RejectedText {
  /// - Parameter folder: `nil` if there is no home directory; then it goes to the temporary files.
  /// - Returns: where it is; `nil` if it can be written nowhere.
  static func keep(_ text: String, in folder: StateFolder?) -> String? {
    let own = folder.map { $0.path + "/edited" }
    if let own, (try? StateFolder.make(own)) != nil, let path = write(text, in: own) { return path }
    return write(text, in: EditorProgram.temporaryFolder)
  }

  private static func write(_ text: String, in folder: String) -> String? {
    let ending = ".yaml"
    var template = Array("\(folder)/edited-XXXXXX\(ending)".utf8CString)
    let descriptor = mkstemps(&template, Int32(ending.utf8.count))
    guard descriptor >= 0 else { return nil }
    close(descriptor)
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    do throws(SystemFailure) {
      try PrivateFile(path, O_WRONLY).write(Array(text.utf8))
      return path
    } catch {
      unlink(path)
      return nil
    }
  }
}
