/// A hash of a name that is the same on every device and in every run.
///
/// Source: FNV-1a, 32 bits; Fowler, Noll and Vo. Not for names that somebody gains by making collide.
struct NameHash {
    /// The hash of what was added.
    private(set) var value: UInt32 = 2_166_136_261

    /// Adds one byte.
    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt32(byte)) &* 16_777_619
    }
}
