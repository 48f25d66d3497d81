import Glibc
import Simulator

/// Reads each file by itself, so that resources of the same name in two files do not replace each other.
///
/// - Returns: what each input holds, in the order of `loadManifests`; an input that cannot be read holds its diagnostic
///   alone. Each has a source, if only an empty one, which names it.
package func loadManifestFiles(
  paths: [String], strictness: Strictness, standardInput: Int32 = STDIN_FILENO
) -> [LoadedManifests] {
  InputFiles(paths).inputs.map { input in
    var loaded = LoadedManifests()
    loaded.add(input, strictness, standardInput)
    if loaded.sources.isEmpty { loaded.sources.append(SourceText(name: input.name, bytes: [])) }
    loaded.removeDuplicates(strictness, files: [input.name])
    return loaded
  }
}
