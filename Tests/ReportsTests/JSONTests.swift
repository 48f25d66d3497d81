import Foundation
import Reports
import Selector
import Testing

@Suite struct JSONTests {
  /// Foundation's opinion, which the cursor must share.
  private func isJSON(_ bytes: [UInt8]) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])) != nil
  }

  private func isAccepted(_ bytes: [UInt8]) -> Bool {
    var cursor = JSONCursor(bytes)
    do throws(JSONError) {
      try cursor.skipValue()
      try cursor.expectEnd()
      return true
    } catch {
      #expect((0...bytes.count).contains(error.offset), "the place lies in the line")
      return false
    }
  }

  @Test func acceptsWhatFoundationAccepts() {
    let seeds = [
      #"{"id": 7, "a": [1, -2.5e+3, true, false, null, "x\n\u00e9\ud83d\ude00"], "b": {}}"#, "[]", "0", "-0.1E9",
      #""\\\/\b\f""#, "[[[]]]", #"{"a":{"b":[{"c":"é"}]}}"#,
    ]
    let alphabet = Array("{}[]\",:0123456789.eE+-truefalsn\\ u/".utf8)
    var random = SeededGenerator(seed: 11)
    for seed in seeds {
      #expect(isAccepted(Array(seed.utf8)), "\(seed)")
      for _ in 0..<1_500 {
        var bytes = Array(seed.utf8)
        for _ in 0...Int.random(in: 0...2, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          let byte = alphabet.randomElement(using: &random) ?? 0x20
          switch Int.random(in: 0..<3, using: &random) {
          case 0: bytes[place] = byte
          case 1: bytes.insert(byte, at: place)
          default: if bytes.count > 1 { bytes.remove(at: place) }
          }
        }
        let text = String(decoding: bytes, as: UTF8.self)
        // Foundation takes half a surrogate pair for an error, where the cursor makes it U+FFFD; and a comma before a closing
        // bracket for good, which RFC 8259 does not.
        guard !text.contains("\\u") || isJSON(bytes), text.firstMatch(of: /,\s*[\]}]/) == nil else { continue }
        #expect(isAccepted(bytes) == isJSON(bytes), "\(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  @Test func anyNestingIsRead() {
    for (open, close) in [("[", "]"), (#"{"a":"#, "}")] {
      let deep = String(repeating: open, count: 100_000)
      let inner = open == "[" ? "" : "1"
      #expect(isAccepted(Array((deep + inner + String(repeating: close, count: 100_000)).utf8)))
      #expect(!isAccepted(Array((deep + inner + String(repeating: close, count: 99_999)).utf8)))
    }
  }

  @Test(arguments: [
    ("plain", #""plain""#), ("a\"b\\c", #""a\"b\\c""#), ("\n\t\r\0\u{7f}", #""\n\t\r\u0000\u007f""#), ("é日", #""é日""#),
  ])
  func writerEscapes(text: String, expected: String) throws {
    var json = JSONWriter()
    json.string(text)
    #expect(String(decoding: json.bytes, as: UTF8.self) == expected)
    var cursor = JSONCursor(json.bytes)
    let token = try cursor.readString()
    #expect(String(decoding: cursor.unescape(token), as: UTF8.self) == text)
  }

  @Test func writerMakesUTF8OfAnyBytes() throws {
    var json = JSONWriter()
    json.string(ByteString(bytes: [0x61, 0xff, 0x62]))
    #expect(String(decoding: json.bytes, as: UTF8.self) == "\"a\u{fffd}b\"")
  }
}
