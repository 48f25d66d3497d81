package import Lint
package import Manifests
import Simulator

/// A lint report as SARIF 2.1.0, which GitHub's code scanning and editors read.
///
/// Columns count code points. Paths are relative to the working directory, which is the base `%SRCROOT%`. What is set aside is there
/// with its suppression. A fingerprint stays the same when lines move.
package struct LintSARIF {
  private let report: LintReport
  private let version: String
  private let directory: String?
  private let fixes: [Finding: [TextEdit]]
  private let columns: SourceColumns
  private let ruleIndices: [String: Int]

  /// - Parameters:
  ///   - version: of Gatewalk.
  ///   - directory: the working directory, absolute; `nil` if it is not to be told.
  ///   - fixes: how findings can be mended, each by changes to the text that it stands in.
  package init(_ report: LintReport, version: String, directory: String? = nil, fixes: [Finding: [TextEdit]] = [:]) {
    self.report = report
    self.version = version
    self.directory = directory
    self.fixes = fixes
    columns = SourceColumns(report.sources)
    ruleIndices = Dictionary(zip(report.rules.map(\.id), report.rules.indices), uniquingKeysWith: { first, _ in first })
  }

  package var bytes: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("$schema", word: "https://json.schemastore.org/sarif-2.1.0.json")
      json.field("version", word: "2.1.0")
      json.key("runs")
      json.array { json in
        json.object { json in writeRun(to: &json) }
      }
    }
    json.newline()
    return json.bytes
  }

  private func writeRun(to json: inout JSONWriter) {
    json.key("tool")
    json.object { json in
      json.key("driver")
      json.object { json in writeDriver(to: &json) }
    }
    json.field("columnKind", word: "unicodeCodePoints")
    json.key("originalUriBaseIds")
    json.object { json in
      json.key("%SRCROOT%")
      json.object { json in
        if let directory { json.field("uri", FileURI.directory(directory)) }
        json.text("description", "the directory in which gatewalk ran")
      }
    }
    json.key("results")
    json.array { json in
      let all = report.findings.map { ($0, SetAside.Reason?.none) } + report.setAside.map { ($0.finding, $0.reason) }
      for ((finding, reason), print) in zip(all, report.fingerprints.distinct(all.map(\.0))) {
        json.object { json in write(finding, setAside: reason, fingerprint: print, to: &json) }
      }
    }
  }

  // MARK: Rules

  private func writeDriver(to json: inout JSONWriter) {
    json.field("name", word: "gatewalk")
    json.field("semanticVersion", version)
    json.key("rules")
    json.array { json in
      for rule in report.rules {
        json.object { json in Self.write(rule, to: &json) }
      }
    }
  }

  private static func write(_ rule: LintRule, to json: inout JSONWriter) {
    json.field("id", rule.id)
    json.field("name", rule.name)
    json.text("shortDescription", rule.summary)
    json.text("fullDescription", rule.basis)
    json.key("help")
    json.object { json in
      json.field("text", rule.explanation)
      json.field("markdown", rule.explanation)
    }
    json.key("defaultConfiguration")
    json.object { json in json.field("level", rule.severity.level) }
    json.key("properties")
    json.object { json in
      json.key("tags")
      json.array { json in
        for claim in Set(rule.claims).sorted() { json.string(claim) }
      }
    }
  }

  // MARK: Results

  private func write(_ finding: Finding, setAside: SetAside.Reason?, fingerprint: String, to json: inout JSONWriter) {
    json.field("ruleId", finding.id)
    if let index = ruleIndices[finding.id] { json.field("ruleIndex", index) }
    json.field("level", finding.severity.level)
    json.message(finding.help.map { "\(finding.message)\n\($0)" } ?? finding.message)
    json.key("locations")
    json.array { json in
      if finding.location != nil || finding.subject != nil {
        json.object { json in
          writePlace(finding.location, length: finding.length, to: &json)
          finding.subject?.writeLogicalLocation(to: &json)
        }
      }
    }
    if !finding.related.isEmpty {
      json.key("relatedLocations")
      json.array { json in
        for (number, other) in finding.related.enumerated() {
          json.object { json in
            json.field("id", number)
            writePlace(other.location, length: 1, to: &json)
            json.message(other.message)
          }
        }
      }
    }
    json.key("partialFingerprints")
    json.object { json in json.field("gatewalk/v1", fingerprint) }
    json.key("suppressions")
    json.array { json in
      if let setAside { write(setAside, to: &json) }
    }
    if let edits = fixes[finding], let location = finding.location { write(edits, in: location.file, to: &json) }
  }

  private func write(_ reason: SetAside.Reason, to json: inout JSONWriter) {
    json.object { json in
      switch reason {
      case .baseline:
        json.field("kind", word: "external")
        json.field("justification", word: "in the baseline")
      case .comment(let reason, at: let location):
        json.field("kind", word: "inSource")
        json.field("justification", reason)
        json.key("location")
        json.object { json in writePlace(location, length: 1, to: &json) }
      }
    }
  }

  /// Standard input is no artifact that anybody could look at.
  private func writePlace(_ location: SourceLocation?, length: Int, to json: inout JSONWriter) {
    guard let location, location.file != "-" else { return }
    let region = columns.region(location, length: length)
    json.key("physicalLocation")
    json.object { json in
      writeArtifact(location.file, to: &json)
      json.key("region")
      json.object { json in
        json.field("startLine", region.line)
        json.field("startColumn", region.start)
        json.field("endColumn", region.end)
      }
    }
  }

  private func writeArtifact(_ file: String, to json: inout JSONWriter) {
    let uri = FileURI(file, in: directory)
    json.key("artifactLocation")
    json.object { json in
      json.field("uri", uri.text)
      if uri.isRelative { json.field("uriBaseId", word: "%SRCROOT%") }
    }
  }

  // MARK: Fixes

  private func write(_ edits: [TextEdit], in file: String, to json: inout JSONWriter) {
    json.key("fixes")
    json.array { json in
      json.object { json in
        json.key("artifactChanges")
        json.array { json in
          json.object { json in
            writeArtifact(file, to: &json)
            json.key("replacements")
            json.array { json in
              for edit in edits { write(edit, in: file, to: &json) }
            }
          }
        }
      }
    }
  }

  private func write(_ edit: TextEdit, in file: String, to json: inout JSONWriter) {
    guard let start = columns.position(edit.range.lowerBound, in: file),
      let end = columns.position(edit.range.upperBound, in: file)
    else { return }
    json.object { json in
      json.key("deletedRegion")
      json.object { json in
        json.field("startLine", start.line)
        json.field("startColumn", start.column)
        json.field("endLine", end.line)
        json.field("endColumn", end.column)
      }
      if !edit.replacement.isEmpty { json.text("insertedContent", String(decoding: edit.replacement, as: UTF8.self)) }
    }
  }
}

extension JSONWriter {
  /// A message without placeholders; braces that are meant are doubled in it (SARIF 2.1.0, section 3.11.5).
  fileprivate mutating func message(_ text: String) {
    self.text("message", text.replacing("{", with: "{{").replacing("}", with: "}}"))
  }

  /// An object that holds nothing but a text: SARIF's messages and contents.
  fileprivate mutating func text(_ key: StaticString, _ text: String) {
    self.key(key)
    object { $0.field("text", text) }
  }
}

extension Subject {
  fileprivate func writeLogicalLocation(to json: inout JSONWriter) {
    json.key("logicalLocations")
    json.array { json in
      json.object { json in
        json.field("name", resource.name)
        let rule = rule.map { " \($0.direction.rawValue)[\($0.index)]" } ?? ""
        json.field("fullyQualifiedName", "\(resource)\(rule)")
        json.field("kind", word: "resource")
      }
    }
  }
}

extension Severity {
  /// What SARIF calls it.
  fileprivate var level: String { self == .info ? "note" : rawValue }
}
