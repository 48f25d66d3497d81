import Foundation
import Session
import Testing

/// What Tab offers, and where.
@Suite struct CompletionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    /// `|` is the cursor.
    var line: String
    /// Each has to be offered.
    var offers: [String]
    /// None of these may be.
    var not: [String] = []

    var testDescription: String { line }
  }

  static let cases: [Case] = [
    Case(line: "|", offers: ["why", "show", "tcp", "undo"]),
    Case(line: "wa|", offers: ["watch"], not: ["why"]),
    Case(line: "why |", offers: ["tcp", "udp", "not"]),
    Case(line: "why not |", offers: ["tcp"], not: ["not"]),
    Case(line: "diagram |", offers: ["tcp", "--ascii"]),
    Case(line: "diagram --a|", offers: ["--ascii"], not: ["tcp"]),
    Case(line: "diagram --ascii |", offers: ["tcp"], not: ["--ascii"]),
    Case(line: "diagram --ascii tcp |", offers: ["shop"], not: ["tcp"]),
    Case(line: "tcp |", offers: ["shop", "eth0-hep"]),
    Case(line: "tcp 10.6|", offers: ["10.65.0.1"], not: ["10.0.0.1"]),
    Case(line: "tcp 203.0.113.9 |", offers: ["->"]),
    Case(line: "tcp 203.0.113.9 -> sh|", offers: ["shop:"]),
    Case(line: "tcp 203.0.113.9 -> shop:8|", offers: ["shop:80", "shop:8080"], not: ["shop:443"]),
    Case(line: "icmp 203.0.113.9 -> sh|", offers: ["shop"]),
    Case(line: "tcp 203.0.113.9 -> shop:80 |", offers: ["in", "from", "out", "on"], not: ["type"]),
    Case(line: "icmp 203.0.113.9 -> shop |", offers: ["type"]),
    Case(line: "tcp 203.0.113.9 -> shop:80 in |", offers: ["eth0", "eth1", "cali1"]),
    Case(line: "tcp shop -> 10.0.0.1:80 from |", offers: ["host", "shop"], not: ["eth0-hep"]),
    Case(line: "tcp 203.0.113.9 -> shop:80 on |", offers: ["gw"]),
    Case(line: "watch \(ShopWorld.web); ud|", offers: ["udp"]),
    Case(line: "show |", offers: ["endpoints", "policies", "web", "base"]),
    Case(line: "show policy |", offers: ["web", "shop"], not: ["base"]),
    Case(line: "policies |", offers: ["on"]),
    Case(line: "policies on e|", offers: ["eth0-hep"]),
    Case(line: "policies on gw/|", offers: ["gw/eth0-hep", "gw/k8s/shop/eth0"]),
    Case(line: "delete |", offers: ["web", "policy"]),
    Case(line: "set policy web |", offers: ["order", "selector", "preDNAT"], not: ["expectedIPs"]),
    Case(line: "set policy web doNotTrack |", offers: ["true", "false"]),
    Case(line: "set policy web selector |", offers: ["role", "app", "has("]),
    Case(line: "set policy web selector 'role == |", offers: ["\"gateway\""]),
    Case(line: "label shop |", offers: ["app=", "role="]),
    Case(line: "label shop role=|", offers: ["role=gateway"]),
    Case(line: "unlabel shop |", offers: ["app"], not: ["role"]),
    Case(line: "disable |", offers: ["web", "policy"]),
    Case(line: "disable policy web |", offers: ["ingress[0]", "ingress[1]", "egress[0]"]),
    Case(line: "failsafe |", offers: ["in", "out"]),
    Case(line: "failsafe in none on |", offers: ["gw"]),
    Case(line: "semantics |", offers: ["documented", "calico-2.4"]),
    Case(line: "back |", offers: ["files"]),
    Case(line: "help wh|", offers: ["why", "why not"]),
    // Inside selectors
    Case(line: "select |", offers: ["role", "app", "tier", "known", "has(", "all()"]),
    Case(line: "select ro|", offers: ["role"], not: ["app"]),
    Case(line: "select role |", offers: ["==", "!=", "in {", "not in {"]),
    Case(line: "select role == |", offers: ["\"gateway\""]),
    Case(line: "select role == \"g|", offers: ["\"gateway\""]),
    Case(line: "select role == 'g|", offers: ["'gateway'"]),
    Case(line: "select role == \"gateway\" |", offers: ["&&", "||"]),
    Case(line: "select role == \"gateway\" && a|", offers: ["app", "all()"]),
    Case(line: "select has(|", offers: ["role)", "app)"]),
    Case(line: "select !has(kn|", offers: ["known)"]),
    Case(line: "select app in {|", offers: ["\"shop\""]),
    Case(line: "select app in {\"x\", |", offers: ["\"shop\""]),
    Case(line: "explain app == \"shop\" |", offers: ["&&", "for"]),
    Case(line: "select app == \"shop\" |", offers: ["&&"], not: ["for"]),
    Case(line: "set policy web order |", offers: [], not: ["none"]),
    Case(line: "explain |", offers: ["tcp", "--why-not", "role", "all()"]),
    Case(line: "explain t|", offers: ["tcp", "tier"], not: ["udp"]),
    Case(line: "explain tcp 10.0.0.2 |", offers: ["->"], not: ["&&"]),
    Case(line: "explain --why-not |", offers: ["tcp"], not: ["--why-not"]),
    Case(line: "explain --why-not tcp shop -> shop:80 |", offers: ["in", "from"]),
    Case(line: "explain all() for |", offers: ["shop", "eth0-hep"]),
    Case(line: "nonsense |", offers: [], not: ["why"]),
  ]

  @Test(arguments: cases)
  func complete(_ test: Case) throws {
    let session = ShopWorld.session()
    let bytes = Array(test.line.utf8)
    let cursor = try #require(bytes.firstIndex(of: UInt8(ascii: "|")))
    let line = bytes.filter { $0 != UInt8(ascii: "|") || test.line.contains("||") }
    let completion = session.completion(of: Array(bytes[..<cursor]), cursor: cursor)
    let texts = completion.candidates.map(\.text)
    for text in test.offers { #expect(texts.contains(text), "\(text): \(texts)") }
    for text in test.not { #expect(!texts.contains(text), "\(text): \(texts)") }
    #expect(completion.range.upperBound == cursor && completion.range.lowerBound >= 0 && line.count >= cursor)
    #expect(texts == texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } && Set(texts).count == texts.count)
    // Every candidate goes on from what was typed, a quote perhaps put before it.
    let typed = String(decoding: bytes[completion.range], as: UTF8.self)
    for text in texts { #expect(text.hasPrefix(typed), "\(typed) \(text)") }
  }

  @Test func filesAreOffered() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gatewalk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("sub"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "x".write(to: folder.appendingPathComponent("policy.yaml"), atomically: false, encoding: .utf8)
    try "x".write(to: folder.appendingPathComponent(".hidden"), atomically: false, encoding: .utf8)
    for command in ["apply", "source", "save", "save scenario"] {
      let line = Array("\(command) \(folder.path)/".utf8)
      let texts = ShopWorld.session().completion(of: line, cursor: line.count).candidates.map(\.text)
      #expect(texts == ["\(folder.path)/policy.yaml", "\(folder.path)/sub/"])
    }
  }

  /// A quote is kept open as long as a name goes on, also where what was typed closes it too early.
  @Test func namesWithBlanksAreOfferedInQuotes() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gatewalk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appendingPathComponent("my dir"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["my dir/new pol.yaml", "my dir/no'te.yaml", "my dir/ne'i\"ther", "plain.yaml", "it's.yaml"] {
      try "x".write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
    }
    let path = folder.path
    func offered(_ line: String) -> [String] {
      let completion = ShopWorld.session().completion(of: Array(line.utf8), cursor: line.utf8.count)
      #expect(completion.range == "apply ".utf8.count..<line.utf8.count)
      return completion.candidates.map(\.text)
    }
    #expect(offered("apply \(path)/my") == ["'\(path)/my dir/"])
    #expect(offered("apply '\(path)/my dir/") == ["\"\(path)/my dir/no'te.yaml\"", "'\(path)/my dir/new pol.yaml'"])
    #expect(offered("apply '\(path)/my dir/new p") == ["'\(path)/my dir/new pol.yaml'"])
    #expect(offered("apply '\(path)/my dir'/new") == ["'\(path)/my dir/new pol.yaml'"])
    #expect(offered("apply \"\(path)/m") == ["\"\(path)/my dir/"])
    #expect(offered("apply \"\(path)/p") == ["\"\(path)/plain.yaml\""])
    #expect(offered("apply \(path)/i") == ["\(path)/it's.yaml"])
    #expect(offered("apply \(path)/p") == ["\(path)/plain.yaml"])
  }

  @Test func whatComesNewIsOffered() throws {
    var session = ShopWorld.session()
    _ = try session.succeed("label shop color=green")
    let line = Array("select color == ".utf8)
    #expect(session.completion(of: line, cursor: line.count).candidates.map(\.text) == ["\"green\""])
    _ = try session.succeed("undo")
    #expect(session.completion(of: line, cursor: line.count).candidates.isEmpty)
  }
}
