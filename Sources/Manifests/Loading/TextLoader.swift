package import Simulator

/// The bytes of a file, whatever they are.
///
/// - Throws: why it cannot be read.
package func loadText(path: String) throws(Diagnostic) -> SourceText {
  do throws(InputError) {
    return SourceText(name: path, bytes: try FileReader.read(path: path))
  } catch {
    let wording = error.wording
    throw Diagnostic(
      .error, id: wording.id, at: SourceLocation(file: path, line: 1, column: 1), wording.message, help: wording.help)
  }
}
