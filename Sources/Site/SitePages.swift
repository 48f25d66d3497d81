import Reports
import Simulator

/// A report as a small static site: what each of its files holds. Nothing in it depends on anything but the contents.
///
/// Pages fetch nothing and name each other by relative addresses, so they work wherever their folder lies.
package struct SitePages: Sendable {
  package struct File: Hashable, Sendable {
    /// Relative to the site's folder: `scenarios/web.html`. Lower case letters, digits, `-`, `.` and `/` alone.
    package var path: String
    package var bytes: [UInt8]
  }

  /// The page to begin with, which is the last of the files.
  package static let index = "index.html"
  /// The folders that pages lie in, besides the site's own.
  package static let folders = ["manifests", "scenarios"]

  package let files: [File]

  /// - Complexity: linear in the steps of the scenarios and in the texts.
  package init(_ contents: SiteContents) {
    let plan = SitePlan(contents)
    let scenarios = Concurrently.map(Array(contents.stories.indices)) { story in
      File(path: plan.scenarioPaths[story], bytes: ScenarioPage(story, plan).bytes)
    }
    let manifests = Concurrently.map(plan.sources) { source in
      File(path: plan.path(of: source), bytes: ManifestPage(source, plan).bytes)
    }
    files =
      scenarios + manifests + [
        File(path: CoveragePage.path, bytes: CoveragePage(plan).bytes), File(path: LintPage.path, bytes: LintPage(plan).bytes),
        File(path: ManifestsPage.path, bytes: ManifestsPage(plan).bytes), File(path: Self.index, bytes: IndexPage(plan).bytes),
      ]
  }
}
