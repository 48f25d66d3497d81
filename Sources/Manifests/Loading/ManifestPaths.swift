/// The manifests that paths on a command line stand for: the files themselves, and of a directory every manifest in it.
///
/// What cannot be read, and standard input, is not among them.
package func manifestPaths(_ paths: [String]) -> [String] {
  InputFiles(paths).inputs.compactMap { input in
    if case .file(let path) = input { path } else { nil }
  }
}
