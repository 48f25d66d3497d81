import Dispatch
import Synchronization

/// Work that is the same for many items, on all processors.
package enum Concurrently {
  /// The results in the order of the items.
  package static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ body: @Sendable (Item) -> Result
  ) -> [Result] {
    guard items.count > 1 else { return items.map(body) }
    let results = Mutex<[Int: Result]>([:])
    DispatchQueue.concurrentPerform(iterations: items.count) { index in
      let result = body(items[index])
      results.withLock { $0[index] = result }
    }
    return results.withLock { known in items.indices.compactMap { known[$0] } }
  }
}
