/// The name that a mistyped one most likely stands for: the nearest by edit distance, if it is near enough to be a slip
/// (a third of the length, at most 3); `nil` if none is. Of equally near names the first counts.
///
/// - Complexity: O(*n* · *m*²) for *n* names of *m* bytes.
package func closestName(to text: String, among names: some Sequence<String>) -> String? {
  let wanted = Array(text.lowercased().utf8)
  guard wanted.count <= 64 else { return nil }
  let limit = min(3, max(1, wanted.count / 3))
  var best: (name: String, distance: Int)?
  for name in names {
    let candidate = Array(name.lowercased().utf8)
    guard abs(candidate.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, candidate)
    if distance <= limit, distance < (best?.distance ?? .max), distance < wanted.count {
      best = (name, distance)
    }
  }
  return best?.name
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { cost = min(cost, beforeLast[j - 1] + 1) }
      row.append(cost)
    }
    beforeLast = last
    last = row
  }
  return last[right.count]
}
