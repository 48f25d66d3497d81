package import Lint
import Simulator

extension LintReport {
  /// The report as one line of JSON. These keys only grow:
  ///
  /// - `errors`, `warnings`, `infos`: how many findings of each severity count; `resources`: how many were looked at.
  /// - `rules`: the ids of the rules that were asked.
  /// - `findings`: those that count, by place. Each has `id`, `name` (of its rule), `severity`, `message`, `fingerprint` (the same
  ///   as long as the finding is), and where they are known `help`; `file`, `line`, `column` and `length` (from 1, in bytes);
  ///   `resource` with `kind` and `name`; `rule` with `direction` and `index` (from 0); `field` (a path of names); `related`, each
  ///   with `message`, `file`, `line`, `column`; `fixable`: true if `--fix` mends it.
  /// - `setAside`: findings that do not count; each has `by`, which is `comment` or `baseline`, besides, and with a comment its
  ///   `reason`.
  package var json: [UInt8] {
    let prints = fingerprints.distinct(findings + setAside.map(\.finding))
    let names = Dictionary(rules.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    var json = JSONWriter()
    json.object { json in
      json.field("errors", count(.error))
      json.field("warnings", count(.warning))
      json.field("infos", count(.info))
      json.field("resources", resourceCount)
      json.key("rules")
      json.array { json in
        for rule in rules { json.string(rule.id) }
      }
      json.key("findings")
      json.array { json in
        for (finding, print) in zip(findings, prints) {
          json.object { finding.write(to: &$0, name: names[finding.id], fingerprint: print) }
        }
      }
      json.key("setAside")
      json.array { json in
        for (item, print) in zip(setAside, prints.dropFirst(findings.count)) {
          json.object { json in
            item.finding.write(to: &json, name: names[item.finding.id], fingerprint: print)
            item.reason.write(to: &json)
          }
        }
      }
    }
    json.newline()
    return json.bytes
  }
}

extension SetAside.Reason {
  fileprivate func write(to json: inout JSONWriter) {
    switch self {
    case .baseline:
      json.field("by", word: "baseline")
    case .comment(let reason, at: _):
      json.field("by", word: "comment")
      json.field("reason", reason)
    }
  }
}

extension Finding {
  fileprivate func write(to json: inout JSONWriter, name: String?, fingerprint: String) {
    json.field("id", id)
    if let name { json.field("name", name) }
    json.field("severity", severity.rawValue)
    json.field("message", message)
    if let help { json.field("help", help) }
    if let location {
      json.place(location)
      json.field("column", location.column)
      json.field("length", length)
    }
    if let subject { subject.write(to: &json) }
    if !related.isEmpty {
      json.key("related")
      json.array { json in
        for other in related { other.write(to: &json) }
      }
    }
    if fix != nil { json.field("fixable", true) }
    json.field("fingerprint", fingerprint)
  }
}

extension Finding.Related {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("message", message)
      json.place(location)
      if let location { json.field("column", location.column) }
    }
  }
}

extension Subject {
  fileprivate func write(to json: inout JSONWriter) {
    json.key("resource")
    json.object { json in
      json.field("kind", resource.kind.rawValue)
      json.field("name", resource.name)
    }
    if let rule {
      json.key("rule")
      json.object { json in
        json.field("direction", rule.direction.rawValue)
        json.field("index", rule.index)
      }
    }
    if !field.isEmpty {
      json.key("field")
      json.array { json in
        for name in field { json.string(name) }
      }
    }
  }
}
