import Glibc
import Simulator

/// Reads the resources in files.
///
/// A path is a file, a directory (all `*.yaml`, `*.yml` and `*.json` in it, recursively, byte-wise by path), or `-`. What
/// cannot be read is a diagnostic; nothing is thrown and nothing is read in part.
///
/// - Parameters:
///   - standardInput: the open file that `-` stands for.
///   - isExcluded: is a path, of a file or directory, left out that is found in a directory? One that is named outright is read.
package func loadManifests(
  paths: [String],
  strictness: Strictness,
  standardInput: Int32 = STDIN_FILENO,
  excluding isExcluded: @escaping (String) -> Bool = { _ in false }
) -> LoadedManifests {
  let inputs = InputFiles(paths, excluding: isExcluded).inputs
  var loaded = LoadedManifests()
  for input in inputs { loaded.add(input, strictness, standardInput) }
  loaded.removeDuplicates(strictness, files: inputs.map(\.name))
  return loaded
}

extension LoadedManifests {
  /// Adds what an input holds, or says why it cannot be read.
  mutating func add(_ input: InputFiles.Input, _ strictness: Strictness, _ standardInput: Int32) {
    do throws(InputError) {
      add(SourceText(name: input.name, bytes: try read(input, standardInput)), strictness)
    } catch {
      let wording = error.wording
      diagnostics.append(
        Diagnostic(
          .error,
          id: wording.id,
          at: SourceLocation(file: input.name, line: 1, column: 1),
          wording.message,
          help: wording.help
        )
      )
    }
  }
}

private func read(_ input: InputFiles.Input, _ standardInput: Int32) throws(InputError) -> [UInt8] {
  switch input {
  case .standardInput: try FileReader.read(standardInput)
  case .file(let path): try FileReader.read(path: path)
  case .unreadable(_, let error): throw error
  }
}
