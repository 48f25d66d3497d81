import Manifests
import Selector
package import Simulator

/// Tells whether a finding is one that was met before: by what it is about, not where that stands.
///
/// A fingerprint is made of the rule's id, the resource, the content of the resource's rule rather than its number, the field, and
/// what the message has in quotes. So it stays the same when lines, rules, documents and files move, and when other words are chosen
/// for a message. Findings that differ in nothing else share one.
package struct Fingerprints: Sendable {
  private let resources: [ResourceID: Resource]

  package init(_ resources: [Resource]) {
    self.resources = Dictionary(resources.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
  }

  /// The fingerprint, 47 characters of ASCII: `gatewalk:` and a hash.
  ///
  /// - Complexity: O(*n*) in the texts that it is made of.
  package func fingerprint(of finding: Finding) -> String {
    var parts = [ByteString(finding.id)]
    if let subject = finding.subject {
      parts += [ByteString(subject.resource.kind.rawValue), subject.resource.name]
      if let place = subject.rule {
        parts += [ByteString(place.direction.rawValue), content(of: place, in: subject.resource)]
      }
      parts += subject.field.map { ByteString($0) }
    } else if let location = finding.location {
      // Without its folders, which depend on where lint is run.
      parts.append(ByteString(location.file.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? ""))
    }
    parts.append(ByteString("said"))
    parts += Self.quoted(finding.message)
    // Each with its length before it, so that no two lists look the same.
    let content = parts.flatMap { Array("\($0.count):".utf8) + $0.bytes }
    return UniqueID.make(prefix: "gatewalk", content: ByteString(bytes: content))
  }

  /// The same for many, in order. Of those that share one, the second has `:2` at its end, and so on.
  package func distinct(_ findings: [Finding]) -> [String] {
    var met: [String: Int] = [:]
    return findings.map { finding in
      let fingerprint = fingerprint(of: finding)
      let number = met[fingerprint, default: 0] + 1
      met[fingerprint] = number
      return number == 1 ? fingerprint : "\(fingerprint):\(number)"
    }
  }

  /// The rule as YAML; its number where there is no such rule.
  private func content(of place: Subject.RulePlace, in id: ResourceID) -> ByteString {
    let rules: [Rule] =
      switch resources[id] {
      case .policy(let policy): policy.rules(place.direction)
      case .profile(let profile): place.direction == .ingress ? profile.ingress : profile.egress
      default: []
      }
    return rules.indices.contains(place.index) ? ByteString(encodeRule(rules[place.index])) : ByteString("\(place.index)")
  }

  /// What stands in quotes, without the numbers of rules.
  private static func quoted(_ message: String) -> [ByteString] {
    let pieces = message.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    return stride(from: 1, to: pieces.count, by: 2).map { index in
      ByteString(String(Substring(pieces[index])).replacing(/gress\[[0-9]+\]/, with: "gress[]"))
    }
  }
}
