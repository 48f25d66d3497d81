import Foundation
import Manifests
import Selector
import Simulator
import Testing

@Suite struct LoaderTests {
  private static func node(_ name: String) -> String { "{apiVersion: v1, kind: node, metadata: {name: \(name)}}\n" }

  /// Runs a test in an empty directory of its own.
  private func inDirectory(_ test: (URL) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "gatewalk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try test(directory)
  }

  private func write(_ text: String, to file: URL) throws {
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test func `a directory is walked in byte order, whatever its parts are called`() throws {
    try inDirectory { directory in
      for (path, name) in [
        ("b.yaml", "b"), ("a.yml", "a"), ("B.json", "B"), ("sub.yaml/x.yaml", "x"), ("sub/z.yaml", "z"),
        ("sub/deep/y.yaml", "y1"),
        ("readme.md", "no"), ("yaml", "no"), ("é.yaml", "e"),
      ] {
        try write(Self.node(name), to: directory.appending(path: path))
      }
      let loaded = loadManifests(paths: [directory.path], strictness: .strict)
      #expect(loaded.diagnostics.isEmpty, "\(loaded.diagnostics)")
      #expect(loaded.resources.map(\.id.name.text) == ["B", "a", "b", "x", "y1", "z", "e"])
      #expect(loaded.sources.map(\.name).first == directory.path + "/B.json")
      #expect(loaded.resources.first?.location?.file == directory.path + "/B.json")
    }
  }

  @Test func `what cannot be read is said, and the rest is read`() throws {
    try inDirectory { directory in
      let path = directory.path
      try write(Self.node("a"), to: directory.appending(path: "a.yaml"))
      try write(Self.node("c"), to: directory.appending(path: "sub/c.yaml"))
      let files = FileManager.default
      try files.createSymbolicLink(atPath: path + "/b.yaml", withDestinationPath: "nowhere")
      try files.createSymbolicLink(atPath: path + "/other", withDestinationPath: "nowhere")
      try files.createSymbolicLink(atPath: path + "/sub/loop", withDestinationPath: "..")
      try files.createDirectory(atPath: path + "/empty", withIntermediateDirectories: false)
      #expect(mkfifo(path + "/pipe.yaml", 0o600) == 0)
      let missing = path + "/missing.yaml"
      let loaded = loadManifests(paths: [path, missing, path + "/empty"], strictness: .lenient)
      let problems = loaded.diagnostics.map { "\($0.location?.file.dropFirst(path.count) ?? "") \($0.id)" }
      #expect(
        problems == [
          "/b.yaml unreadable", "/pipe.yaml unreadable", "/sub/loop symlink-loop", "/missing.yaml unreadable",
          "/empty empty-directory",
        ]
      )
      #expect(loaded.diagnostics.allSatisfy { $0.severity == .error })
      #expect(loaded.diagnostics.first?.message.contains("no such file or directory") == true)
      #expect(loaded.resources.map(\.id.name.text) == ["a", "c"])
    }
  }

  @Test func `one directory reached by two names is no loop`() throws {
    try inDirectory { directory in
      try write(Self.node("a"), to: directory.appending(path: "real/a.yaml"))
      try FileManager.default.createSymbolicLink(atPath: directory.path + "/twin", withDestinationPath: "real")
      let loaded = loadManifests(paths: [directory.path], strictness: .lenient)
      #expect(loaded.diagnostics.map(\.id) == ["duplicate-resource"])
      #expect(loaded.diagnostics.first?.message.contains("/real/a.yaml:1") == true)
      #expect(loaded.resources.map(\.location?.file) == [directory.path + "/twin/a.yaml"])
    }
  }

  @Test func `standard input, once`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(Self.node("a").utf8))
    try pipe.fileHandleForWriting.close()
    let loaded = loadManifests(
      paths: ["-", "-"],
      strictness: .strict,
      standardInput: pipe.fileHandleForReading.fileDescriptor
    )
    #expect(loaded.resources.map(\.location?.description) == ["-:1:1"])
    #expect(loaded.diagnostics.map(\.message) == ["standard input can be read only once"])
    let closed = loadManifests(paths: ["-"], strictness: .strict, standardInput: -1)
    #expect(closed.diagnostics.map(\.id) == ["unreadable"] && closed.resources.isEmpty)
  }

  @Test func `duplicates across files warn in order of the input`() throws {
    try inDirectory { directory in
      try write(Self.node("a") + "---\n" + Self.node("b"), to: directory.appending(path: "2.yaml"))
      try write("---\n# empty\n---\n" + Self.node("a"), to: directory.appending(path: "1.yaml"))
      try write("{}", to: directory.appending(path: "3.yaml"))
      let paths = ["/2.yaml", "/1.yaml", "/3.yaml"].map { directory.path + $0 }
      let loaded = loadManifests(paths: paths, strictness: .lenient)
      #expect(loaded.diagnostics.map(\.id) == ["empty-document", "duplicate-resource", "missing-kind"])
      #expect(loaded.diagnostics.dropFirst().first?.message.contains("2.yaml:1") == true)
      #expect(loaded.resources.map(\.id.name.text) == ["b", "a"])
    }
  }
}
