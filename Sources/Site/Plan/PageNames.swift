/// Names of files made from names that may hold anything: each is unlike the others, on whatever file system.
struct PageNames {
  private var taken: Set<String>
  private let folder: String

  /// Names that Windows keeps for its devices.
  private static let devices = Set(["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] })
  /// Longer names are cut: file systems take some 255 bytes.
  private static let longest = 80

  init(in folder: String) {
    self.folder = folder
    taken = Self.devices
  }

  /// The path of a page for something with this name: `scenarios/what-reaches-a-cluster.html`, the second of one name with `-2`.
  mutating func path(for name: String, otherwise: String) -> String {
    let slug = Self.slug(name) ?? otherwise
    var unique = slug
    var number = 2
    while !taken.insert(unique).inserted {
      unique = "\(slug)-\(number)"
      number += 1
    }
    return "\(folder)/\(unique).html"
  }

  /// Letters and digits of ASCII in lower case, everything else as hyphens; `nil` if nothing is left.
  private static func slug(_ name: String) -> String? {
    var slug: [UInt8] = []
    for byte in name.utf8 {
      guard slug.count < longest else { break }
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): slug.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): slug.append(byte | 0x20)
      default: if let last = slug.last, last != UInt8(ascii: "-") { slug.append(UInt8(ascii: "-")) }
      }
    }
    if slug.last == UInt8(ascii: "-") { slug.removeLast() }
    return slug.isEmpty ? nil : String(decoding: slug, as: UTF8.self)
  }
}
