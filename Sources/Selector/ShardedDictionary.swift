/// A key that says, at far less cost than a hash, which of 256 shards it belongs in.
protocol ShardKey: Hashable, Sendable {
  var shard: UInt8 { get }
}

extension ByteString: ShardKey {
  /// Names that are counted up differ in their last bytes, others in their first.
  var shard: UInt8 {
    guard let first = bytes.first, let last = bytes.last else { return 0 }
    return (first &* 31) &+ (last &* 17) &+ (bytes[bytes.count / 2] &* 5) &+ (bytes[bytes.count * 3 / 4] &* 13)
  }
}

/// A dictionary in shards, so that adding to a copy duplicates one shard, not all of it. Nothing is ever taken out.
struct ShardedDictionary<Key: ShardKey, Value: Sendable>: Sendable {
  private var shards: [[Key: Value]] = Array(repeating: [:], count: 256)

  init() {}

  subscript(key: Key) -> Value? {
    get { shards[Int(key.shard)][key] }
    set { shards[Int(key.shard)][key] = newValue }
  }
}
