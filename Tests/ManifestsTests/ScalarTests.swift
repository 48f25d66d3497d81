import Manifests
import Selector
import Simulator
import Testing

/// YAML 1.1 scalars where text, a number or a boolean is expected, as calicoctl resolves them (MANIFESTS section 0.2).
@Suite struct ScalarTests {
  @Test(arguments: [
    ("yes", "true"), ("y", "true"), ("On", "true"), ("TRUE", "true"), ("no", "false"), ("n", "false"), ("Off", "false"),
    ("1.0", "1"), ("1.10", "1.1"), ("010", "8"), ("0x50", "80"), ("0o17", "15"), ("0b101", "5"), ("1_000", "1000"),
    ("1e3", "1000"), ("1e6", "1e+06"), ("1234567.0", "1.234567e+06"), ("0.0001", "0.0001"), ("0.00001", "1e-05"),
    ("080", "80"), ("-5", "-5"), ("+5", "5"), (".5", "0.5"), ("5.", "5"), ("-0.0", "-0"),
    ("18446744073709551615", "18446744073709551615"),
    ("~", ""), ("null", ""), ("", ""), ("Null", ""),
    // These stay what they are.
    ("nULL", "nULL"), ("yEs", "yEs"), ("truely", "truely"), ("10:20", "10:20"), ("1.2.3", "1.2.3"), ("0x", "0x"),
    ("09x", "09x"),
    ("'010'", "010"), ("\"yes\"", "yes"), ("2017-01-01", "2017-01-01"), ("1e", "1e"), (".", "."), ("inf", "inf"),
    ("!!str 010", "010"), ("! 010", "010"), ("!!int '5'", "5"), ("!!float 5", "5"), ("!mine 010", "010"),
  ])
  func `a scalar where text is expected`(written: String, text: String) throws {
    let policy = try #require(Self.policy(annotation: written))
    #expect(policy.annotations["k"]?.text == text)
  }

  @Test(arguments: [
    ("y", "true"), ("1.10", "1.1"), ("010", "8"), ("'y'", "y"), ("1e6", "1e+06"), ("plain", "plain"),
  ])
  func `a scalar as a key`(written: String, text: String) {
    let loaded = decode("- apiVersion: v1\n  kind: policy\n  metadata: {name: p, annotations: {\(written): x}}\n")
    guard case .policy(let policy)? = loaded.resources.first else {
      Issue.record("\(loaded.diagnostics)")
      return
    }
    #expect(policy.annotations.sorted.map(\.key.text) == [text])
  }

  @Test(
    arguments: [
      ("10", 10), ("1.5", 1.5), ("-3", -3), ("1e3", 1000), ("010", 8), ("0x10", 16), ("080", 80), (".5", 0.5),
      ("~", nil), ("null", nil),
    ] as [(String, Double?)]
  )
  func `an order`(written: String, order: Double?) throws {
    let policy = try #require(Self.policy(order: written))
    #expect(policy.order == order)
  }

  @Test(arguments: ["'10'", "yes", ".inf", "-.inf", ".nan", "1e400", "[1]", "!!int x", "!!int 1.5", "!!binary MTA="])
  func `no order`(written: String) {
    #expect(Self.policy(order: written) == nil)
  }

  @Test(arguments: [
    ("80", 80...80), ("'80'", 80...80), ("'080'", 80...80), ("080", 80...80), ("80.0", 80...80), ("0x50", 80...80),
    ("10:20", 10...20), ("'1:65535'", 1...65535), ("0120", 80...80),
  ])
  func `a port`(written: String, expected: ClosedRange<UInt16>) {
    let loaded = decode(Self.rule("destination:\n      ports:\n      - \(written)"))
    guard case .policy(let policy)? = loaded.resources.first else {
      Issue.record("\(loaded.diagnostics)")
      return
    }
    #expect(policy.ingress.first?.destination.ports == [PortRange(expected.lowerBound, expected.upperBound)])
  }

  @Test(arguments: [
    ("icmp", ProtocolMatch(.icmp, isName: true)), ("1", ProtocolMatch(.icmp, isName: false)),
    ("'6'", ProtocolMatch(.tcp, isName: false)), ("6.0", ProtocolMatch(.tcp, isName: false)),
    ("255", ProtocolMatch(IPProtocol(rawValue: 255), isName: false)),
  ])
  func `a protocol`(written: String, expected: ProtocolMatch) {
    let loaded = decode(Self.rule("notProtocol: \(written)"))
    guard case .policy(let policy)? = loaded.resources.first else {
      Issue.record("\(loaded.diagnostics)")
      return
    }
    #expect(policy.ingress.first?.notProtocol == expected)
  }

  @Test(arguments: ["0", "256", "'256'", "''", "ICMP", "true", "-1", "1.5"])
  func `no protocol`(written: String) {
    #expect(decode(Self.rule("notProtocol: \(written)")).hasErrors)
  }

  @Test(arguments: [
    ("10.0.0.5/24", "10.0.0.5/24"), ("10.0.0.1", "10.0.0.1/32"), ("'fe80::/10'", "fe80::/10"), ("'::1'", "::1/128"),
    ("10.0.0.0/08", "10.0.0.0/8"), ("0.0.0.0/0", "0.0.0.0/0"), ("0.0.0.0/00", "0.0.0.0/0"),
  ])
  func `a network`(written: String, expected: String) {
    let loaded = decode(Self.rule("source: {net: \(written)}"))
    guard case .policy(let policy)? = loaded.resources.first else {
      Issue.record("\(loaded.diagnostics)")
      return
    }
    #expect(policy.ingress.first?.source.nets.map(\.description) == [expected])
  }

  @Test(arguments: [
    "10.0.0.0/", "10.0.0.0/33", "010.0.0.1", "10.0.0.0/8/8", "/8", "''", "10", "10.0.0.0/-1", "10.0.0.0/8x",
  ])
  func `no network`(written: String) {
    #expect(decode(Self.rule("source: {net: \(written)}")).hasErrors)
  }

  static func rule(_ fields: String) -> String {
    "apiVersion: v1\nkind: policy\nmetadata: {name: p}\nspec:\n  ingress:\n  - action: allow\n    protocol: tcp\n    \(fields)\n"
  }

  static func policy(annotation: String = "x", order: String = "1") -> Policy? {
    let loaded = decode(
      "apiVersion: v1\nkind: policy\nmetadata:\n  name: p\n  annotations:\n    k: \(annotation)\nspec:\n  order: \(order)\n"
    )
    guard case .policy(let policy)? = loaded.resources.first else { return nil }
    return policy
  }
}

/// Strict, since lenient reading of one scalar is no kinder.
func decode(_ text: String, _ strictness: Strictness = .strict) -> LoadedManifests {
  decodeManifests(SourceText(name: "test.yaml", bytes: Array(text.utf8)), strictness: strictness)
}
