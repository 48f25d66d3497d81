import Simulator

extension TestReport {
  /// The report as one line of JSON. These keys only grow:
  ///
  /// - `passed`, `failed`, `broken`: how many cases; `duration`: seconds of all suites.
  /// - `suites`: each with `name`, `file` and `line` of the scenario, `semantics`, `claims`, `duration` and `cases`.
  /// - A case has `name`, `file` and `line`, `outcome`: `passed`, `failed` or `broken`, and perhaps `note`: how it was found out.
  /// - A failed case has `failures`, each with `point` (what was looked at), `expected`, `got`, and, where they are known,
  ///   `because` (a line), and `decidedAt` with the `file` and `line` of the rule that decided.
  /// - A broken case, which could not be tried, has `message` and perhaps `help`.
  ///
  /// `file` and `line` (from 1) are absent where there is no place.
  package var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("passed", cases.count - failureCount)
      json.field("failed", failureCount - brokenCount)
      json.field("broken", brokenCount)
      json.field("duration", duration)
      json.key("suites")
      json.array { json in
        for suite in suites { suite.write(to: &json) }
      }
    }
    json.newline()
    return json.bytes
  }
}

extension TestSuite {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("name", name)
      json.place(location)
      json.field("semantics", semantics)
      json.key("claims")
      json.array { json in
        for claim in claims { json.string(claim) }
      }
      json.field("duration", duration)
      json.key("cases")
      json.array { json in
        for test in cases { test.write(to: &json) }
      }
    }
  }
}

extension TestCase {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("name", name)
      json.place(location)
      if let note { json.field("note", note) }
      switch outcome {
      case .passed:
        json.field("outcome", word: "passed")
      case .failed(let failures):
        json.field("outcome", word: "failed")
        json.key("failures")
        json.array { json in
          for failure in failures { failure.write(to: &json) }
        }
      case .broken(let message, let help):
        json.field("outcome", word: "broken")
        json.field("message", message)
        if let help { json.field("help", help) }
      }
    }
  }
}

extension TestFailure {
  fileprivate func write(to json: inout JSONWriter) {
    json.object { json in
      json.field("point", point)
      json.field("expected", expected)
      json.field("got", got)
      if let because { json.field("because", because) }
      if decidedAt != nil {
        json.key("decidedAt")
        json.object { $0.place(decidedAt) }
      }
    }
  }
}

extension JSONWriter {
  /// `file` and `line`; nothing where there is no place.
  mutating func place(_ location: SourceLocation?) {
    guard let location else { return }
    field("file", location.file)
    field("line", location.line)
  }
}
