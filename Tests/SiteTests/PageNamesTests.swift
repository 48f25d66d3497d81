import Testing

@testable import Site

/// Names of pages, whatever the things are called that they are for.
@Suite struct PageNamesTests {
  @Test(arguments: [
    ("What reaches a cluster of two nodes", "s/what-reaches-a-cluster-of-two-nodes.html"),
    ("<script>alert('x')</script>", "s/script-alert-x-script.html"), ("../../etc/passwd", "s/etc-passwd.html"),
    ("", "s/scenario.html"), ("日本語 😀", "s/scenario.html"), ("a\nb\u{0}c", "s/a-b-c.html"), ("..", "s/scenario.html"),
    ("CON", "s/con-2.html"), (".hidden", "s/hidden.html"),
  ])
  func ofOneThing(name: String, path: String) {
    var names = PageNames(in: "s")
    #expect(names.path(for: name, otherwise: "scenario") == path)
  }

  @Test func areCut() {
    var names = PageNames(in: "s")
    let long = String(repeating: "ab ", count: 1000)
    #expect(names.path(for: long, otherwise: "x").utf8.count < 100)
    #expect(names.path(for: long, otherwise: "x").hasSuffix("-2.html"))
  }

  /// Also on a file system that takes `A` for `a`, and where a name looks like one that was numbered.
  @Test func areUnlike() {
    var names = PageNames(in: "s")
    let paths = ["a", "A", "a-2", "a!", "a-2"].map { names.path(for: $0, otherwise: "x") }
    #expect(paths == ["s/a.html", "s/a-2.html", "s/a-2-2.html", "s/a-3.html", "s/a-2-3.html"])
  }
}
