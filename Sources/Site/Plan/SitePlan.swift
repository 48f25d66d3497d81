import Reports
import Scenarios
import Selector
import Simulator

/// Where everything of a site stands, so that any page can link to it.
struct SitePlan: Sendable {
  let contents: SiteContents
  /// The page of each story.
  let scenarioPaths: [String]
  /// The texts that have a page, by name.
  let sources: [SourceText]
  let coverage: RuleCoverage
  let findings: SiteFindings
  let frame: PageFrame
  /// What there is to say about lines, by file.
  let marks: [String: LineMarks]

  /// Stories by the place of their scenario: one under several semantics has several.
  private let storiesByPlace: [SourceLocation: [Int]]
  private let sourcePaths: [String: String]
  private let lineCounts: [String: Int]

  init(_ contents: SiteContents) {
    self.contents = contents
    var names = PageNames(in: "scenarios")
    scenarioPaths = contents.stories.map { names.path(for: $0.outcome.suite.title, otherwise: "scenario") }
    var known: Set<String> = []
    var byPlace: [SourceLocation: [Int]] = [:]
    for (number, story) in contents.stories.enumerated() {
      if let place = story.outcome.suite.location { byPlace[place, default: []].append(number) }
    }
    storiesByPlace = byPlace
    // What could not be read has a name and no text.
    sources = contents.sources.filter { !$0.bytes.isEmpty && known.insert($0.name).inserted }
      .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    names = PageNames(in: "manifests")
    var paths: [String: String] = [:]
    for source in sources { paths[source.name] = names.path(for: source.name, otherwise: "input") }
    sourcePaths = paths
    lineCounts = Dictionary(uniqueKeysWithValues: sources.map { ($0.name, Self.lines(of: $0).count) })
    coverage = RuleCoverage(contents.stories)
    findings = SiteFindings(contents.stories, sources: sources)
    marks = LineMarks.all(coverage, findings, contents.stories)
    frame = PageFrame(title: Style.visible(contents.title), generator: contents.generator)
  }

  /// The lines of a text; the end of the last one begins none.
  static func lines(of source: SourceText) -> [ArraySlice<UInt8>] {
    var lines = source.bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  func path(of source: SourceText) -> String { sourcePaths[source.name] ?? ManifestsPage.path }

  // MARK: Addresses, as seen from a page

  /// - Parameter page: whose links these are.
  static func address(of target: String, from page: String) -> String {
    page.utf8.contains(UInt8(ascii: "/")) ? "../\(target)" : target
  }

  /// The line of a text; `nil` if the site does not have it.
  func address(of location: SourceLocation?, from page: String) -> String? {
    guard let location, let path = sourcePaths[location.file], let count = lineCounts[location.file],
      count > 0, (1...count).contains(location.line)
    else { return nil }
    return "\(Self.address(of: path, from: page))#L\(location.line)"
  }

  func address(of flow: FlowPlace, from page: String) -> String {
    "\(Self.address(of: scenarioPaths[flow.story], from: page))#\(flow.anchor)"
  }

  func address(ofStory story: Int, from page: String) -> String { Self.address(of: scenarioPaths[story], from: page) }

  /// What a claim is said to be covered by; `nil` if the site does not tell of it.
  func address(ofClaim claim: String, from page: String) -> String? {
    guard coverage.hasClaims, Claim.named(ByteString(claim)) != nil else { return nil }
    return "\(Self.address(of: CoveragePage.path, from: page))#claim-\(claim)"
  }

  /// `What reaches a cluster [calico-2.4]`.
  func title(ofStory story: Int) -> String { Style.visible(contents.stories[story].outcome.suite.title) }

  /// The same scenario under other semantics, by number.
  func siblings(ofStory story: Int) -> [Int] {
    let place = contents.stories[story].outcome.suite.location
    return (place.flatMap { storiesByPlace[$0] } ?? []).filter { $0 != story }
  }

  /// The flow's text.
  func text(of flow: FlowPlace) -> String {
    Style.visible(contents.stories[flow.story].flows[flow.number - 1].check.name)
  }
}

/// A flow of a scenario.
struct FlowPlace: Hashable, Sendable {
  /// The number of the story.
  var story: Int
  /// Its number among the flows of the story, from 1.
  var number: Int

  /// The id of its section.
  var anchor: String { "flow-\(number)" }
}
