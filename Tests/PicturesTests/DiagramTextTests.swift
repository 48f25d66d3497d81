import Pictures
import Reports
import Simulator
import Testing

/// What a terminal shows.
@Suite struct DiagramTextTests {
  private func lines(_ picture: PathPicture, _ width: Int, ascii: Bool = false, _ style: Style = .plain) -> [String] {
    DiagramText(picture, on: Canvas(width: width, isASCII: ascii), style: style).lines
  }

  @Test func aNodePort() throws {
    let text = lines(try PictureWorld.picture(PictureWorld.nodePort), 64).joined(separator: "\n")
    #expect(
      text == """
        packet: tcp 203.0.113.9:49152 -> 10.0.0.1:30080
        ALLOW by policy shop ingress[0] (gw.yaml:44)
        allow tcp to port 8080
        path to-workload (K1) on host gw, semantics documented

            ● outside, by eth0
            │
        ╔═══╪═ eth0 (outer) ═════════════════════════════════ host gw ═╗
        ║   │                                                          ║
        ║   ┊ skipped: untracked ingress, outer (eth0); no policy of   ║
        ║   ┊ this kind applies                                        ║
        ║   │ conntrack: new                                           ║
        ║ ┌─┴────────────────────────────────────────────────────────┐ ║
        ║ │ pre-dnat ingress, outer (eth0)                           │ ║
        ║ │ ✓ allow: policy door ingress[1] (gw.yaml:36)             │ ║
        ║ │ allow tcp to port 30080                                  │ ║
        ║ └─┬────────────────────────────────────────────────────────┘ ║
        ║   ◆ DNAT: 10.0.0.1:30080 becomes 10.65.0.1:8080              ║
        ║   │ route: to cali1                                          ║
        ║   ┊ never asked: normal ingress, outer (eth0); the packet is ║
        ║   ┊ for a local workload                                     ║
        ║ ┏━┷━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓ ║
        ║ ┃ workload ingress, shop (cali1)                           ┃ ║
        ║ ┃ ✓ ALLOW, decided here: policy shop ingress[0]            ┃ ║
        ║ ┃ (gw.yaml:44)                                             ┃ ║
        ║ ┃ allow tcp to port 8080                                   ┃ ║
        ║ ┗━┯━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛ ║
        ║   │ not in the way: eth1                                     ║
        ║   │                                                          ║
        ╚═══╪═ cali1 (shop) ═══════════════════════════════════════════╝
            ▼ workload shop (cali1)

        reply: tcp 10.65.0.1:8080 -> 203.0.113.9:49152
        ALLOW by established connection

            ● workload shop (cali1)
            │
        ╔═══╪═ cali1 (shop) ═════════════════════════════════ host gw ═╗
        ║   │                                                          ║
        ║   │ conntrack: established, answers a connection that was    ║
        ║   │ let through                                              ║
        ║   │ route: to eth0                                           ║
        ║ ┏━┷━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓ ║
        ║ ┃ workload egress, shop (cali1)                            ┃ ║
        ║ ┃ ✓ ALLOW, decided here: established connection            ┃ ║
        ║ ┗━┯━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┛ ║
        ║   ┊ never asked: normal egress, outer (eth0); the packet     ║
        ║   ┊ comes from a local workload                              ║
        ║   ◆ source: 10.65.0.1:8080 becomes 10.0.0.1:30080 again      ║
        ║   │                                                          ║
        ╚═══╪═ eth0 (outer) ═══════════════════════════════════════════╝
            ▼ outside, by eth0
        """)
  }

  @Test func aDenialWithSignsOfASCII() throws {
    let text = lines(try PictureWorld.picture(PictureWorld.denied), 48, ascii: true).joined(separator: "\n")
    #expect(
      text == """
        packet: tcp 198.51.100.9:49152 -> 10.0.0.1:30080
        DENY by policy door ingress[0] (gw.yaml:32)
        deny tcp from 198.51.100.0/24
        path to-workload (K1) on host gw, semantics
        documented

            o outside, by eth0
            |
        +===|= eth0 (outer) ================= host gw =+
        |   |                                          |
        |   : skipped: untracked ingress, outer        |
        |   : (eth0); no policy of this kind applies   |
        |   | conntrack: new                           |
        | ##|######################################### |
        | # pre-dnat ingress, outer (eth0)           # |
        | # x DENY, decided here: policy door        # |
        | # ingress[0] (gw.yaml:32)                  # |
        | # deny tcp from 198.51.100.0/24            # |
        | ############################################ |
        |   x the packet is dropped                    |
        |     never asked: normal ingress, the         |
        |     interface by which it came; the packet   |
        |     is for a local workload                  |
        |     not reached: workload ingress, the       |
        |     workload that would get it               |
        |     not in the way: eth1, cali1 (shop)       |
        +==============================================+
        """)
  }

  /// As many columns as there are and no more, whatever the names are; the frame's right side is straight.
  @Test(arguments: [24, 31, 40, 57, 80, 200])
  func noLineIsWiderThanTheTerminal(width: Int) throws {
    let hard = try PictureWorld.hardNames.flatMap {
      [try PictureWorld.picture(named: $0), try PictureWorld.picture(named: $0, PictureWorld.denied)]
    }
    for picture in hard + (try PictureWorld.random(worlds: 6, flows: 12)) {
      for ascii in [false, true] {
        let lines = lines(picture, width, ascii: ascii)
        let side: Character = ascii ? "|" : "║"
        for line in lines {
          let columns = Self.columns(line)
          #expect(columns <= min(80, width), "\(line)")
          #expect(line.first != side || columns == min(80, width) && line.last == side, "\(line)")
          #expect(!ascii || line.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(line)")
        }
      }
    }
  }

  /// Of the characters in these tests: East Asian ones and pictures take two columns, combining ones none.
  private static func columns(_ line: String) -> Int {
    line.unicodeScalars.reduce(0) { columns, scalar in
      switch scalar.value {
      case 0x301, 0x200d: columns
      case 0x3000...0x9fff, 0x1f600...0x1f64f: columns + 2
      default: columns + 1
      }
    }
  }

  /// Colour dresses words and says nothing by itself; every gate is there, in order, with its word.
  @Test func wordsCarryEverything() throws {
    for picture in try PictureWorld.random(worlds: 8, flows: 20) {
      let plain = lines(picture, 80)
      let dressed = lines(picture, 80, Style(hasColour: true))
      #expect(dressed.map(Self.undressed) == plain)
      var rest = plain.joined(separator: "\n")[...]
      for gate in picture.ways.flatMap(\.gates) {
        // What was not asked says so before its name, what was asked says so after it.
        let first = gate.state.isAsked ? gate.title : "\(gate.state.word): \(gate.title)"
        let place = try #require(rest.firstRange(of: first), "\(first) is missing in \(plain.joined(separator: "\n"))")
        rest = rest[place.upperBound...]
        if gate.decides { #expect(rest.contains("decided here")) }
      }
      for way in picture.ways { #expect(plain.contains { $0.hasPrefix(way.isAllowed ? "ALLOW by " : "DENY by ") }) }
    }
  }

  private static func undressed(_ line: String) -> String { line.replacing(/\u{1b}\[[0-9;]*m/, with: "") }
}
