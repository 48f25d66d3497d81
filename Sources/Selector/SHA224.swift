/// SHA-224 (FIPS 180-4), which Calico's selector ids are made with.
enum SHA224 {
  /// The digest, as seven words of which each stands for four bytes, the most significant first.
  ///
  /// - Complexity: O(*n*).
  static func digest(of message: [UInt8]) -> [7 of UInt32] {
    var state = State()
    message.withUnsafeBytes { bytes in
      let whole = bytes.count / 64 * 64
      state.mix(UnsafeRawBufferPointer(rebasing: bytes[..<whole]))
      withUnsafeTemporaryAllocation(byteCount: 128, alignment: 8) { last in
        state.mix(pad(bytes[whole...], of: bytes.count, in: last))
      }
    }
    return [state.a, state.b, state.c, state.d, state.e, state.f, state.g]
  }

  /// The last part of a message, a one bit, zeros up to a whole block, and the length of the message in bits.
  private static func pad(
    _ rest: Slice<UnsafeRawBufferPointer>,
    of count: Int,
    in blocks: UnsafeMutableRawBufferPointer
  ) -> UnsafeRawBufferPointer {
    blocks.initializeMemory(as: UInt8.self, repeating: 0)
    blocks.copyBytes(from: rest)
    blocks[rest.count] = 0x80
    let size = rest.count < 56 ? 64 : 128
    blocks.storeBytes(of: (UInt64(count) * 8).bigEndian, toByteOffset: size - 8, as: UInt64.self)
    return UnsafeRawBufferPointer(rebasing: blocks[..<size])
  }

  @inline(__always) fileprivate static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
    (word >> count) | (word << (32 - count))
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  fileprivate static let roundConstants: [UInt32] = [
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

extension SHA224 {
  /// The eight working words between blocks.
  private struct State {
    var (a, b, c, d): (UInt32, UInt32, UInt32, UInt32) = (0xc105_9ed8, 0x367c_d507, 0x3070_dd17, 0xf70e_5939)
    var (e, f, g, h): (UInt32, UInt32, UInt32, UInt32) = (0xffc0_0b31, 0x6858_1511, 0x64f9_8fa7, 0xbefa_4fa4)

    /// Mixes in whole blocks of 64 bytes.
    mutating func mix(_ blocks: UnsafeRawBufferPointer) {
      SHA224.roundConstants.withUnsafeBufferPointer { constants in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
          for start in stride(from: 0, to: blocks.count, by: 64) {
            Self.expand(blocks, start, into: schedule)
            mix(schedule, constants)
          }
        }
      }
    }

    /// The block's 16 words, and 48 made from them, into the message schedule.
    private static func expand(
      _ blocks: UnsafeRawBufferPointer,
      _ start: Int,
      into schedule: UnsafeMutableBufferPointer<UInt32>
    ) {
      for index in 0..<16 {
        schedule[index] = UInt32(bigEndian: blocks.loadUnaligned(fromByteOffset: start + index * 4, as: UInt32.self))
      }
      for index in 16..<64 {
        let early = schedule[index - 15]
        let late = schedule[index - 2]
        let first = SHA224.rotate(early, 7) ^ SHA224.rotate(early, 18) ^ (early >> 3)
        let second = SHA224.rotate(late, 17) ^ SHA224.rotate(late, 19) ^ (late >> 10)
        schedule[index] = schedule[index - 16] &+ first &+ schedule[index - 7] &+ second
      }
    }

    /// The 64 rounds over one block, in eights, so that words change places by name and not by being moved.
    private mutating func mix(
      _ schedule: UnsafeMutableBufferPointer<UInt32>,
      _ constants: UnsafeBufferPointer<UInt32>
    ) {
      let before = self
      for index in stride(from: 0, to: 64, by: 8) {
        Self.round(a, b, c, &d, e, f, g, &h, constants[index] &+ schedule[index])
        Self.round(h, a, b, &c, d, e, f, &g, constants[index + 1] &+ schedule[index + 1])
        Self.round(g, h, a, &b, c, d, e, &f, constants[index + 2] &+ schedule[index + 2])
        Self.round(f, g, h, &a, b, c, d, &e, constants[index + 3] &+ schedule[index + 3])
        Self.round(e, f, g, &h, a, b, c, &d, constants[index + 4] &+ schedule[index + 4])
        Self.round(d, e, f, &g, h, a, b, &c, constants[index + 5] &+ schedule[index + 5])
        Self.round(c, d, e, &f, g, h, a, &b, constants[index + 6] &+ schedule[index + 6])
        Self.round(b, c, d, &e, f, g, h, &a, constants[index + 7] &+ schedule[index + 7])
      }
      (a, b, c, d) = (a &+ before.a, b &+ before.b, c &+ before.c, d &+ before.d)
      (e, f, g, h) = (e &+ before.e, f &+ before.f, g &+ before.g, h &+ before.h)
    }

    @inline(__always) private static func round(
      _ a: UInt32,
      _ b: UInt32,
      _ c: UInt32,
      _ d: inout UInt32,
      _ e: UInt32,
      _ f: UInt32,
      _ g: UInt32,
      _ h: inout UInt32,
      _ word: UInt32
    ) {
      let choice = (e & f) ^ (~e & g)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      h = h &+ (SHA224.rotate(e, 6) ^ SHA224.rotate(e, 11) ^ SHA224.rotate(e, 25)) &+ choice &+ word
      d = d &+ h
      h = h &+ (SHA224.rotate(a, 2) ^ SHA224.rotate(a, 13) ^ SHA224.rotate(a, 22)) &+ majority
    }
  }
}
