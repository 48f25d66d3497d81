/// Where lessons may lie, the first that holds any counts.
package struct LessonPlaces: Sendable {
  /// What the person named, which then has to be it.
  package var named: String?
  package var candidates: [String] = []

  /// - Parameters:
  ///   - option: `--lessons`.
  ///   - environment: looks a variable up.
  ///   - program: the path of the program.
  package init(option: String?, environment: (String) -> String?, program: String?) {
    named = option ?? environment("GATEWALK_LESSONS").flatMap { $0.isEmpty ? nil : $0 }
    guard let program else {
      candidates = ["Lessons"]
      return
    }
    let folder = Self.parent(program)
    candidates = ["\(Self.parent(folder))/share/gatewalk/Lessons", "Lessons"]
    // As it is built, the program lies some folders below the package.
    if let build = program.firstRange(of: "/.build/") { candidates.append("\(program[..<build.lowerBound])/Lessons") }
  }

  private static func parent(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return String(path[..<slash])
  }

  /// The directory with the lessons; `nil` if there is none.
  package var directory: String? {
    if let named { return named }
    return candidates.first { !Course.lessonDirectories(in: $0).isEmpty }
  }
}
