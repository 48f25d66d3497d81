/// SHA-224 (FIPS 180-4), which Calico's selector ids are made with.
enum SHA224 {
  /// The digest of a message of `count` bytes, which `write` has to fill in; as seven words of which each stands for four bytes,
  /// the most significant first.
  ///
  /// The message is written to where it is padded and read, so that no copy of it is made; a short one takes no memory but stack.
  ///
  /// - Complexity: O(*n*).
  static func digest(count: Int, _ write: (UnsafeMutableRawBufferPointer) -> Void) -> [7 of UInt32] {
    let state = State().after(count: count, write)
    return [state.a, state.b, state.c, state.d, state.e, state.f, state.g]
  }
}

extension SHA224.State {
  /// The state after a padded message of `count` bytes, which `write` fills in.
  func after(count: Int, _ write: (UnsafeMutableRawBufferPointer) -> Void) -> SHA224.State {
    let size = (count + 9 + 63) / 64 * 64
    // Schedules are made for two blocks at a time; a last block without partner gets one of zeros.
    return withUnsafeTemporaryAllocation(byteCount: (size + 127) / 128 * 128, alignment: 16) { blocks in
      write(UnsafeMutableRawBufferPointer(rebasing: blocks[..<count]))
      pad(blocks, from: count, to: size)
      var state = self
      withUnsafeTemporaryAllocation(of: SIMD4<UInt32>.self, capacity: SHA224Schedule.capacity) { schedule in
        for start in stride(from: 0, to: size, by: 128) {
          SHA224Schedule.make(for: UnsafeRawBufferPointer(rebasing: blocks[start..<start + 128]), in: schedule)
          let words = UnsafeRawBufferPointer(schedule)
          state.mix(words, block: 0)
          if start + 64 < size { state.mix(words, block: 1) }
        }
      }
      return state
    }
  }

  /// Puts a one bit behind the message, then zeros, and the length of the message in bits at the end of the last block.
  private func pad(_ blocks: UnsafeMutableRawBufferPointer, from count: Int, to size: Int) {
    UnsafeMutableRawBufferPointer(rebasing: blocks[count...]).initializeMemory(as: UInt8.self, repeating: 0)
    blocks[count] = 0x80
    blocks.storeBytes(of: (UInt64(count) * 8).bigEndian, toByteOffset: size - 8, as: UInt64.self)
  }
}

extension SHA224 {
  /// The eight working words between blocks.
  struct State {
    var a: UInt32 = 0xc105_9ed8
    var b: UInt32 = 0x367c_d507
    var c: UInt32 = 0x3070_dd17
    var d: UInt32 = 0xf70e_5939
    var e: UInt32 = 0xffc0_0b31
    var f: UInt32 = 0x6858_1511
    var g: UInt32 = 0x64f9_8fa7
    var h: UInt32 = 0xbefa_4fa4

    /// The 64 rounds over one block of a schedule, in eights, so that words change places by name and not by being moved.
    mutating func mix(_ schedule: UnsafeRawBufferPointer, block: Int) {
      let before = self
      for index in stride(from: 0, to: 64, by: 8) {
        @inline(__always) func word(_ offset: Int) -> UInt32 {
          schedule.load(fromByteOffset: SHA224Schedule.offset(ofWord: index &+ offset, block: block), as: UInt32.self)
        }
        Self.round(a, b, c, &d, e, f, g, &h, word(0))
        Self.round(h, a, b, &c, d, e, f, &g, word(1))
        Self.round(g, h, a, &b, c, d, e, &f, word(2))
        Self.round(f, g, h, &a, b, c, d, &e, word(3))
        Self.round(e, f, g, &h, a, b, c, &d, word(4))
        Self.round(d, e, f, &g, h, a, b, &c, word(5))
        Self.round(c, d, e, &f, g, h, a, &b, word(6))
        Self.round(b, c, d, &e, f, g, h, &a, word(7))
      }
      (a, b, c, d) = (a &+ before.a, b &+ before.b, c &+ before.c, d &+ before.d)
      (e, f, g, h) = (e &+ before.e, f &+ before.f, g &+ before.g, h &+ before.h)
    }

    /// One round. Choice and majority are written with fewer operations than in the standard, and sums in the order in which
    /// their parts are ready: a round cannot begin before the one before it has ended.
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
      let choice = ((f ^ g) & e) ^ g
      let majority = ((a ^ b) & (b ^ c)) ^ b
      h = h &+ word &+ choice &+ (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25))
      d = d &+ h
      h = h &+ majority &+ (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22))
    }

    @inline(__always) private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
      (word &>> count) | (word &<< (32 &- count))
    }
  }
}
