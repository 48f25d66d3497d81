import Pictures
import Reports
import Simulator
import Testing

/// What is pasted into a review or a ticket.
@Suite struct PathMarkdownTests {
  @Test func aDenial() throws {
    let text = PathMarkdown(try PictureWorld.picture(PictureWorld.denied)).text
    #expect(
      text.hasPrefix(
        """
        # tcp 198.51.100.9:49152 -\\> 10.0.0.1:30080

        **DENY** by policy door ingress\\[0\\] (dir/gw.yaml:32): deny tcp from 198.51.100.0/24.

        path to-workload (K1) on host gw, semantics documented; the packet is dropped.

        ## The packet

        | # | step | where | result | by, or why |
        |--:|---|---|---|---|
        | 1 | untracked ingress | outer (eth0) | skipped | no policy of this kind applies |
        | 2 | conntrack |  | new |  |
        | 3 | pre-dnat ingress | outer (eth0) | **deny, decides** | policy door ingress\\[0\\] (gw.yaml:32) |
        | 4 | normal ingress | the interface by which it came | never asked | the packet is for a local workload |
        | 5 | workload ingress | the workload that would get it | not reached |  |

        ## Drawn

        ```mermaid
        flowchart TD
          accTitle: tcp 198.51.100.9:49152 -#62; 10.0.0.1:30080: DENY

        """), "\(text)")
    #expect(text.hasSuffix("stroke-dasharray:5 5\n```\n"))
  }

  /// No name breaks a table, a fence or a heading.
  @Test func namesOfAnyKind() throws {
    for name in PictureWorld.hardNames {
      for flow in [PictureWorld.nodePort, PictureWorld.denied] {
        let picture = try PictureWorld.picture(named: name, flow)
        let lines = PathMarkdown(picture).text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count { $0.hasPrefix("```") } == 2)
        #expect(lines.count { $0.hasPrefix("#") } == 3 + (picture.reply == nil ? 0 : 1))
        let rows = lines.filter { $0.hasPrefix("| ") && !$0.hasPrefix("| #") }
        #expect(rows.count == picture.ways.reduce(0) { $0 + $1.stations.count })
        for row in rows {
          #expect(row.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" } == 6, "\(row)")
        }
      }
    }
  }

  /// A node a station, joined in order; no label can end before its end.
  @Test func theGraph() throws {
    let hard = try PictureWorld.hardNames.map { try PictureWorld.picture(named: $0) }
    for picture in hard + (try PictureWorld.random(worlds: 6, flows: 15)) {
      let lines = PathMermaid(picture).text.split(separator: "\n").map { $0.drop { $0 == " " } }
      #expect(lines[0] == "flowchart TD")
      #expect(lines.count { $0.hasPrefix("subgraph ") } == lines.count { $0 == "end" })
      for (way, prefix) in zip(picture.ways, ["p", "r"]) {
        let nodes = lines.compactMap { try? /^([pr])(\d+)\["([^"]*)"\]:::(allow|deny|plain|aside)$/.wholeMatch(in: $0) }
          .filter { $0.1 == prefix }
        #expect(nodes.map { Int($0.2) } == (0..<way.stations.count).map { $0 + 1 })
        #expect(lines.filter { $0.hasPrefix("class \(prefix)") }.count == way.gates.count(where: \.decides))
        #expect(lines.contains { $0.hasPrefix("\(prefix)begin([\"") } && lines.contains { $0.hasPrefix("\(prefix)end([\"") })
        let edges = lines.filter { $0.hasPrefix(prefix) && ($0.contains("-->") || $0.contains("-.->") || $0.contains("--x")) }
        #expect(edges.first?.hasPrefix("\(prefix)begin ") == true && edges.last?.hasSuffix(" \(prefix)end") == true)
      }
      // In a label whatever could mean something is a number.
      for label in lines.flatMap({ $0.matches(of: /\["([^"]*)"\]/) }) {
        let text = label.1.replacing("<br/>", with: "").replacing(/#\d+;/, with: "")
        #expect(!text.contains { "#;<>&\"`{}|%\\".contains($0) }, "\(text)")
      }
    }
  }
}
