import Manifests
import Simulator

/// What the comments in some manifests keep quiet.
struct IgnoreComments {
  private var comments: [IgnoreComment]

  /// - Complexity: O(*n*) in the bytes of the texts that have such a comment, and a search in the others.
  init(in sources: [SourceText]) {
    comments = sources.flatMap { Manifests.comments(in: $0, beginningWith: IgnoreComment.word).map(IgnoreComment.init) }
  }

  /// Sets aside what a comment speaks of, and adds what is wrong with the comments themselves.
  ///
  /// - Complexity: the findings times the comments of their file.
  func apply(to report: inout LintReport) {
    guard !comments.isEmpty else { return }
    let asked = Set(report.rules.map(\.id))
    let byFile = Dictionary(grouping: comments.indices) { comments[$0].comment.location.file }
    var used: Set<Use> = []
    var kept: [Finding] = []
    for finding in report.findings {
      let indices = finding.location.flatMap { byFile[$0.file] } ?? []
      guard let location = finding.location, let use = use(for: finding, at: location, indices) else {
        kept.append(finding)
        continue
      }
      used.insert(use)
      let comment = comments[use.comment]
      report.setAside.append(SetAside(finding, .comment(comment.reason, at: comment.comment.location)))
    }
    if asked.contains("GW002") { kept += comments.flatMap(\.problems) }
    if asked.contains("GW003") { kept += unused(used, asked) }
    report.findings = kept.sorted(by: Linter.isBefore)
  }

  /// A mention that has kept something quiet.
  private struct Use: Hashable {
    var comment: Int
    var rule: String
  }

  /// Of several comments that speak of a finding the last, which is the closest.
  private func use(for finding: Finding, at location: SourceLocation, _ indices: [Int]) -> Use? {
    let index = indices.last { index in
      comments[index].covers(location) && comments[index].mentions.contains { $0.rule.id == finding.id }
    }
    return index.map { Use(comment: $0, rule: finding.id) }
  }

  /// Mentions that kept nothing quiet, of rules that were asked.
  private func unused(_ used: Set<Use>, _ asked: Set<String>) -> [Finding] {
    var findings: [Finding] = []
    for (index, comment) in comments.enumerated() {
      var met: Set<String> = []
      for mention in comment.mentions where asked.contains(mention.rule.id) {
        let isRepeated = !met.insert(mention.rule.id).inserted
        guard isRepeated || !used.contains(Use(comment: index, rule: mention.rule.id)) else { continue }
        findings.append(
          Finding(
            "GW003", .warning, at: mention.location, length: mention.length,
            isRepeated
              ? "\"\(mention.rule.id)\" is ignored twice by one comment"
              : "nothing is found here that ignoring \"\(mention.rule.id)\" would keep quiet",
            help: "remove it, so that it does not hide what may come", subject: nil))
      }
    }
    return findings
  }
}
