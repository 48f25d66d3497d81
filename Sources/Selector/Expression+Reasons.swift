extension Expression {
  /// Terms whose truth settles the whole, by node index in the order of the text: whatever the others say, the answer is the
  /// same. Of several operands that each would do (those of `||` that hold, those of `&&` that do not) the first one counts.
  ///
  /// - Parameter truths: what each node says, as `truths(for:)` gives it.
  /// - Complexity: O(*n*) in the number of nodes.
  package func reasons(_ truths: [Bool]) -> [Int] {
    var isReason = Array(repeating: false, count: nodes.count)
    isReason[root] = true
    var terms: [Int] = []
    for index in nodes.indices.reversed() where isReason[index] {
      switch nodes[index].operation {
      case .not: isReason[Int(nodes[index].firstChild)] = true
      case .and, .or:
        let needsAll = truths[index] == (nodes[index].operation == .and)
        var child = nodes[index].firstChild
        while child >= 0 {
          if truths[Int(child)] == truths[index] {
            isReason[Int(child)] = true
            if !needsAll { break }
          }
          child = nodes[Int(child)].nextSibling
        }
      default: terms.append(index)
      }
    }
    return terms.reversed()
  }
}

extension Expression {
  /// Would the whole say otherwise if this one term did?
  ///
  /// - Parameter truths: what each node says, as `truths(for:)` gives it.
  /// - Complexity: O(*n*) in the number of nodes.
  package func depends(on term: Int, _ truths: [Bool]) -> Bool {
    var node = term
    while node != root {
      let parent = Int(nodes[node].parent)
      switch nodes[parent].operation {
      case .and: if children(of: parent).contains(where: { $0 != node && !truths[$0] }) { return false }
      case .or: if children(of: parent).contains(where: { $0 != node && truths[$0] }) { return false }
      default: break
      }
      node = parent
    }
    return true
  }
}
