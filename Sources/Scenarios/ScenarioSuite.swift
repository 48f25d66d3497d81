package import Manifests
import Selector
package import Simulator

/// The scenarios in files and directories.
package struct ScenarioSuite: Sendable {
  package private(set) var scenarios: [LoadedScenario] = []
  /// Scenarios that could not be read.
  package private(set) var rejected: [RejectedResource] = []
  /// What is wrong or doubtful with the files that hold scenarios, and with the worlds.
  package private(set) var diagnostics: [Diagnostic] = []
  package private(set) var sources: [SourceText] = []
  /// Could something that was named not be read at all?
  package private(set) var hasUnreadFile = false

  private var worlds: [[String]: [LoadedManifests]] = [:]
  private var reported: Set<String> = []

  private init() {}

  /// Reads scenarios and the worlds that they name; a world that several name is read once.
  ///
  /// - Parameter paths: files, directories, or `-`. Files without scenarios are passed over.
  package init(paths: [String]) {
    for loaded in loadManifestFiles(paths: paths, strictness: .lenient) { add(loaded) }
    worlds = [:]
  }

  private mutating func add(_ file: LoadedManifests) {
    let lost = file.rejected.filter(\.isScenario)
    let isUnreadable = file.resources.isEmpty && file.diagnostics.contains { $0.severity == .error }
    guard !file.scenarios.isEmpty || !lost.isEmpty || isUnreadable else { return }
    rejected += lost
    if lost.isEmpty, file.scenarios.isEmpty {
      rejected += file.rejected.filter { $0.kind == nil }
      if file.rejected.isEmpty { hasUnreadFile = true }
    }
    report(file)
    for scenario in file.scenarios { scenarios.append(world(of: scenario, in: file)) }
  }

  /// The world of a scenario whose file holds nothing else, and the texts that it was read from.
  package static func world(of scenario: Scenario) -> LoadedManifests {
    var suite = ScenarioSuite()
    let loaded = suite.world(of: scenario, in: LoadedManifests())
    return LoadedManifests(resources: loaded.resources, diagnostics: loaded.diagnostics, sources: suite.sources)
  }

  private mutating func world(of scenario: Scenario, in file: LoadedManifests) -> LoadedScenario {
    let name = scenario.location?.file ?? ""
    let paths = scenario.world.map { ScenarioPath.resolve($0.text, besideFile: name) }
    let world = load(paths)
    for part in world { report(part) }
    // Only what speaks of the file's resources counts: of its scenarios, those that are here have no errors.
    let ofFile = file.rejected.contains(where: { !$0.isScenario }) ? file.diagnostics : []
    return LoadedScenario(
      scenario: scenario,
      resources: world.flatMap(\.resources) + file.resources + scenario.resources,
      diagnostics: world.flatMap(\.diagnostics) + ofFile + scenario.problems)
  }

  private mutating func load(_ paths: [String]) -> [LoadedManifests] {
    guard !paths.isEmpty else { return [] }
    if let known = worlds[paths] { return known }
    // Scenarios in it are somebody else's.
    let world = loadManifestFiles(paths: paths, strictness: .lenient).filter { loaded in
      loaded.scenarios.isEmpty && !loaded.rejected.contains(where: \.isScenario) || !loaded.resources.isEmpty
    }
    worlds[paths] = world
    return world
  }

  private mutating func report(_ file: LoadedManifests) {
    guard let name = file.sources.first?.name, reported.insert(name).inserted else { return }
    diagnostics += file.diagnostics
    sources += file.sources
  }

  /// Leaves only scenarios of which one of these is a part of the name or the file, or a claim.
  package mutating func filter(_ texts: [String]) {
    guard !texts.isEmpty else { return }
    scenarios.removeAll { !$0.isMatched(by: texts) }
    // One that cannot be read has not lost its name and its file.
    rejected.removeAll { scenario in
      !texts.contains { scenario.name?.text.contains($0) == true || scenario.location.file.contains($0) }
    }
  }
}

extension LoadedScenario {
  fileprivate func isMatched(by texts: [String]) -> Bool {
    texts.contains { text in
      scenario.name.text.contains(text) || file.contains(text) || scenario.claims.contains(ByteString(text))
    }
  }
}
