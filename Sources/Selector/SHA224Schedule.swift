/// The message schedules of two blocks of SHA-224, with the constants of the rounds already added.
///
/// A word depends on the one two places before it, so that no more than two of one block can be made at a time. Four fit in a
/// vector: those of two blocks are made together, in the order first block, second block, next word of the first, of the second.
enum SHA224Schedule {
  /// Vectors in a schedule.
  static let capacity = 32

  /// Where a word of a block stands, in bytes.
  @inline(__always) static func offset(ofWord index: Int, block: Int) -> Int { index &* 8 &+ block &* 4 }

  /// Fills a schedule for two blocks of 64 bytes.
  static func make(for blocks: UnsafeRawBufferPointer, in schedule: UnsafeMutableBufferPointer<SIMD4<UInt32>>) {
    roundConstants.withUnsafeBufferPointer { constants in
      @inline(__always) func put(_ index: Int, _ words: SIMD4<UInt32>) {
        let (first, second) = (constants[2 &* index], constants[2 &* index &+ 1])
        schedule[index] = words &+ SIMD4(first, first, second, second)
      }
      // The last sixteen words of each block; older ones are not needed.
      var (v0, v1, v2, v3) = (read(blocks, 0), read(blocks, 1), read(blocks, 2), read(blocks, 3))
      var (v4, v5, v6, v7) = (read(blocks, 4), read(blocks, 5), read(blocks, 6), read(blocks, 7))
      var start = 0
      while true {
        put(start, v0)
        put(start &+ 1, v1)
        put(start &+ 2, v2)
        put(start &+ 3, v3)
        put(start &+ 4, v4)
        put(start &+ 5, v5)
        put(start &+ 6, v6)
        put(start &+ 7, v7)
        start &+= 8
        guard start < capacity else { return }
        v0 = next(v0, v1, v4, v5, v7)
        v1 = next(v1, v2, v5, v6, v0)
        v2 = next(v2, v3, v6, v7, v1)
        v3 = next(v3, v4, v7, v0, v2)
        v4 = next(v4, v5, v0, v1, v3)
        v5 = next(v5, v6, v1, v2, v4)
        v6 = next(v6, v7, v2, v3, v5)
        v7 = next(v7, v0, v3, v4, v6)
      }
    }
  }

  /// Two words of both blocks as they stand in the message.
  @inline(__always) private static func read(_ blocks: UnsafeRawBufferPointer, _ index: Int) -> SIMD4<UInt32> {
    @inline(__always) func word(_ offset: Int) -> UInt32 {
      UInt32(bigEndian: blocks.loadUnaligned(fromByteOffset: 8 &* index &+ offset, as: UInt32.self))
    }
    return SIMD4(word(0), word(64), word(4), word(68))
  }

  /// The next two words of both blocks, from the vectors that stand 8, 7, 4, 3 and 1 before them.
  @inline(__always) private static func next(
    _ v8: SIMD4<UInt32>,
    _ v7: SIMD4<UInt32>,
    _ v4: SIMD4<UInt32>,
    _ v3: SIMD4<UInt32>,
    _ v1: SIMD4<UInt32>
  ) -> SIMD4<UInt32> {
    let early = SIMD4(lowHalf: v8.highHalf, highHalf: v7.lowHalf)
    let middle = SIMD4(lowHalf: v4.highHalf, highHalf: v3.lowHalf)
    // The halves of each rotation stand apart on purpose: a whole one would be taken out of the vector, word by word.
    let first = (right(early, 7) ^ left(early, 14)) ^ (right(early, 18) ^ left(early, 25)) ^ right(early, 3)
    let second = (right(v1, 17) ^ left(v1, 13)) ^ (right(v1, 19) ^ left(v1, 15)) ^ right(v1, 10)
    return v8 &+ middle &+ first &+ second
  }

  @inline(__always) private static func right(_ words: SIMD4<UInt32>, _ count: UInt32) -> SIMD4<UInt32> {
    words &>> SIMD4(repeating: count)
  }

  @inline(__always) private static func left(_ words: SIMD4<UInt32>, _ count: UInt32) -> SIMD4<UInt32> {
    words &<< SIMD4(repeating: count)
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let roundConstants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}
