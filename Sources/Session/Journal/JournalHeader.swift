/// What a session was about: the first lines of its journal.
package struct JournalHeader: Hashable, Sendable {
  /// What was loaded, as absolute paths in the order given.
  package var files: [String]
  /// What the files were like when they were loaded; `nil` in journals of before this was kept.
  package var stamps: [FileStamp]?
  package var semantics: String
  /// Were resources left out that are invalid?
  package var keepsGoing: Bool
  package var process: Int32
  /// Seconds since 1970.
  package var began: Int

  package init(
    files: [String], stamps: [FileStamp]? = nil, semantics: String, keepsGoing: Bool, process: Int32, began: Int
  ) {
    self.files = files
    self.stamps = stamps
    self.semantics = semantics
    self.keepsGoing = keepsGoing
    self.process = process
    self.began = began
  }

  /// Are these the same files, in whatever order?
  package func isAbout(_ others: [String]) -> Bool {
    files.map { Array($0.utf8) }.sorted(by: { $0.lexicographicallyPrecedes($1) })
      == others.map { Array($0.utf8) }.sorted(by: { $0.lexicographicallyPrecedes($1) })
  }
}
