import Foundation
import Testing

/// The built `gatewalk`, run as a user runs it.
struct Program {
  struct Result {
    var status: Int32
    var out: String
    var error: String
  }

  /// It lies beside the bundle of these tests.
  static let path: String = {
    let bundle = Bundle.module.bundleURL.deletingLastPathComponent()
    return bundle.appendingPathComponent("gatewalk").path
  }()

  static let worlds = Bundle.module.url(forResource: "Resources", withExtension: nil)?.path ?? ""

  /// Runs the program in a folder, that of the test worlds if no other is named; standard input is `input`, or a file.
  static func run(
    _ arguments: [String], input: String = "", inputFile: String? = nil, environment: [String: String] = [:],
    folder: String = worlds
  ) throws -> Result {
    let files = try Scratch()
    defer { files.remove() }
    let inputPath = try inputFile ?? files.write("in", input)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: inputPath))
    // Files rather than pipes: no answer is too large.
    let (out, error) = (try files.write("out", ""), try files.write("error", ""))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: out))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: error))
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      out: try String(contentsOfFile: out, encoding: .utf8), error: try String(contentsOfFile: error, encoding: .utf8))
  }
}

/// A folder for one test, gone afterwards.
struct Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("gatewalk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// The path of a new file.
  func write(_ name: String, _ text: String) throws -> String {
    let file = folder.appendingPathComponent(name)
    try text.write(to: file, atomically: false, encoding: .utf8)
    return file.path
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)
  }
}
