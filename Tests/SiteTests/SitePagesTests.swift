import Manifests
import Reports
import Scenarios
import Selector
import Simulator
import Site
import Testing

/// What the pages of a report hold; that they are sound HTML other programs find (`ReplTests`).
@Suite struct SitePagesTests {
  private static let world = """
    apiVersion: gatewalk/v1
    kind: Host
    metadata: {name: gw}
    spec:
      interfaces: [{name: eth0, addresses: [10.0.0.1/24]}, {name: eth1, addresses: [10.1.0.1/24]}]
      routes: [{to: 0.0.0.0/0, interface: eth0}]
      dnat: [{protocol: tcp, address: 10.0.0.1, port: 30080, toAddress: 10.65.0.1, toPort: 8080}]
    ---
    apiVersion: v1
    kind: hostEndpoint
    metadata: {name: outer, node: gw, labels: {role: gateway}}
    spec: {interfaceName: eth0, expectedIPs: [10.0.0.1]}
    ---
    apiVersion: v1
    kind: workloadEndpoint
    metadata: {name: eth0, workload: shop, orchestrator: k8s, node: gw, labels: {app: shop}}
    spec: {interfaceName: cali1, ipNetworks: [10.65.0.1/32]}
    ---
    apiVersion: v1
    kind: policy
    metadata: {name: shop}
    spec:
      selector: app == "shop"
      ingress:
      - {action: allow, protocol: tcp, destination: {ports: [8080]}}
      - {action: allow, protocol: tcp, destination: {ports: [9090]}}
    """

  private static let scenario = """
    scenario: The shop is open
    about: Two words on it.
    claims: [S109]
    world: world.yaml
    flows:
    - flow: tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0
      expect: {verdict: allow, by: "policy shop ingress[0]", reply: allow}
    - change: [{delete: policy shop}]
    - flow: tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0
      expect: EXPECT
    - flow: tcp 203.0.113.9 -> 10.0.0.1:30080 from nobody
      expect: error
    invariants:
    - never: {from: 203.0.113.0/24, to: shop, protocol: tcp, ports: [22], in: eth0}
    """

  private static func pages(expect: String = "deny") throws -> [String: String] {
    let sources = [
      SourceText(name: "scenario.yaml", bytes: Array(scenario.replacing("EXPECT", with: expect).utf8)),
      SourceText(name: "world.yaml", bytes: Array(world.utf8)),
    ]
    let read = sources.map { decodeManifests($0, strictness: .lenient) }
    let loaded = LoadedScenario(
      scenario: try #require(read[0].scenarios.first), resources: read[1].resources, diagnostics: read[1].diagnostics)
    let story = ScenarioStory(ScenarioRun(loaded, semantics: .documented))
    let site = SitePages(SiteContents(title: "Report", generator: "test", stories: [story], sources: sources))
    return Dictionary(uniqueKeysWithValues: site.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
  }

  /// What somebody reads on a page.
  private static func words(_ html: String?) -> String {
    let main = html?.firstMatch(of: /<main.*<\/main>/.dotMatchesNewlines()).map { String($0.0) } ?? ""
    return main.replacing("<wbr>", with: "").replacing(/<[^>]*>/, with: " ").replacing(/\s+/, with: " ")
      .replacing("&gt;", with: ">").replacing("&lt;", with: "<")
  }

  @Test func everythingHasAPage() throws {
    let pages = try Self.pages()
    #expect(
      pages.keys.sorted() == [
        "coverage.html", "index.html", "lint.html", "manifests.html", "manifests/scenario-yaml.html",
        "manifests/world-yaml.html",
        "scenarios/the-shop-is-open.html",
      ])
  }

  @Test func aScenarioIsTold() throws {
    let page = Self.words(try Self.pages()["scenarios/the-shop-is-open.html"])
    for text in [
      "✓ passed: 4 checks", "Two words on it.", "S109 a NodePort service is reached",
      "eth0 10.0.0.1/24 host endpoint outer role=gateway",
      "eth1 10.1.0.1/24 no host endpoint: not policed", "shop 10.65.0.1 workload by cali1 app=shop",
      "tcp 10.0.0.1:30080 becomes 10.65.0.1:8080", "0.0.0.0/0 by eth0",
      "1. tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0 ✓ ALLOW ✓ as expected scenario.yaml:6",
      "Decided by policy shop ingress[0] (world.yaml:25) allow tcp to port 8080",
      "The reply is allowed by established connection",
      "Change: delete policy shop", "--- policy shop (world.yaml:19) +++ /dev/null",
      "2. tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0 ✗ DENY",
      "3. tcp 203.0.113.9 -> 10.0.0.1:30080 from nobody ✗ ERROR ✓ as expected",
      "It cannot be judged: gw has no workload \"nobody\".",
      "never from 203.0.113.0/24 to shop protocol tcp port 22 in eth0",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(page.contains(/[1-9][0-9]* flows tried/))
    #expect(!page.contains("✗ failed") && !page.contains("not as expected"))
  }

  @Test func aFailureIsSeenFromTheFirstPage() throws {
    let pages = try Self.pages(expect: "allow")
    let index = try #require(pages["index.html"])
    let words = Self.words(index)
    #expect(words.contains("✗ failed: 1 of 1 scenario, 1 of 4 checks"))
    #expect(
      words.contains(
        "What failed The shop is open tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0 scenario.yaml:9 expected: verdict allow got: deny by"
      ))
    #expect(index.contains("<a href=\"scenarios/the-shop-is-open.html#flow-2\">"))
    let page = Self.words(pages["scenarios/the-shop-is-open.html"])
    #expect(page.contains("✗ failed: 1 of 4 checks") && page.contains("✗ DENY ✗ not as expected"))
  }

  @Test func rulesAreCoveredOrNot() throws {
    let pages = try Self.pages()
    let coverage = Self.words(pages["coverage.html"])
    #expect(coverage.contains("1 of 2 rules covered Rules that no flow was decided by ✗ not covered policy shop ingress[1]"))
    #expect(
      coverage.contains("✓ 1 flow tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0 The shop is open ingress[0] allow tcp to port 8080")
    )
    #expect(coverage.contains("S109 a NodePort service is reached by any node's address and its NodePort The shop is open"))
    let world = Self.words(pages["manifests/world-yaml.html"])
    #expect(world.contains("{ports: [8080]}} ✓ ingress[0] decides 1 flow 26"))
    #expect(world.contains("{ports: [9090]}} ✗ ingress[1] decides no flow"))
    let scenario = Self.words(pages["manifests/scenario-yaml.html"])
    #expect(scenario.contains("6 - flow: tcp 203.0.113.9 -> 10.0.0.1:30080 in eth0 ✓ as expected: allow [documented]"))
  }

  /// The host endpoint has no policy, so nothing but the failsafe ports gets in.
  @Test func findingsOfLintAreTold() throws {
    let pages = try Self.pages()
    let lint = Self.words(pages["lint.html"])
    #expect(lint.contains("world.yaml Line Severity Rule Finding"))
    #expect(lint.contains("in the world of 1 scenario The shop is open"))
    #expect(lint.contains("What the rules say") && lint.contains("Rests on: "))
    #expect(Self.words(pages["index.html"]).contains(/Lint – found [1-9]/))
  }

  @Test func theSameInputGivesTheSameBytes() throws {
    #expect(try Self.pages() == Self.pages())
  }

  /// Names of every kind, wherever a scenario or a manifest may have one, stay text.
  @Test(arguments: [
    "<script>alert(1)</script>", "\" onload=\"x", "a]]>b", "&lt;", "'`${x}", "two\nlines", "\u{fffe}\u{1b}[31m", "日本 \u{202e}",
    String(decoding: [0xff, 0xc3, 0x28], as: UTF8.self), String(repeating: "long ", count: 400),
  ])
  func hostileNamesAreText(name: String) throws {
    let bytes = ByteString(name)
    var policy = Policy(name: bytes, selector: .all, location: SourceLocation(file: name, line: 1, column: 1))
    policy.ingress = [Rule(.allow, location: SourceLocation(file: name, line: 1, column: 1))]
    let address = try #require(IPAddress("10.0.0.1"))
    let endpoint = HostEndpoint(
      node: bytes, name: bytes, labels: LabelSet([(key: bytes, value: bytes)]), interfaceName: bytes, expectedIPs: [address],
      profiles: [bytes])
    let flow = Scenario.ExpectedFlow(
      "tcp 10.0.0.9 -> 10.0.0.1:80", Expectation(.deny), location: SourceLocation(file: name, line: 1, column: 1))
    let scenario = Scenario(
      name: bytes, about: bytes, claims: [bytes],
      steps: [.flow(flow), .change(.init([.command("delete", ByteString("policy \(name)"))]))],
      location: SourceLocation(file: name, line: 1, column: 1))
    let loaded = LoadedScenario(scenario: scenario, resources: [.policy(policy), .hostEndpoint(endpoint)], diagnostics: [])
    let story = ScenarioStory(ScenarioRun(loaded, semantics: .documented))
    let site = SitePages(
      SiteContents(
        title: name, generator: name, stories: [story], sources: [SourceText(name: name, bytes: Array(name.utf8))]))
    #expect(site.files.count == 6)
    for file in site.files {
      #expect(file.path.wholeMatch(of: /((scenarios|manifests)\/)?[a-z0-9-]+\.html/) != nil && file.path.utf8.count < 120)
      let text = String(decoding: file.bytes, as: UTF8.self)
      #expect(!text.contains("<script>alert") && !text.contains(/<[^>"]*("[^"]*"[^>"]*)*" onload="/))
      // Nothing but tabs, ends of lines and what can be seen.
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0xfffe })
    }
  }
}
