/// Random numbers that a seed repeats.
///
/// Source: SplitMix64, Steele, Lea and Flood 2014.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// The bytes with one to four changes: a byte replaced, inserted or removed, a part doubled or cut off.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let index = Int.random(in: 0...bytes.count, using: &self)
            let special: [UInt8] = [0x00, 0x09, 0x0a, 0x20, 0x22, 0x23, 0x2f, 0x3a, 0x3d, 0x5c, 0xff]
            let byte =
                Bool.random(using: &self)
                ? special.randomElement(using: &self) ?? 0 : .random(in: 0...255, using: &self)
            switch Int.random(in: 0..<5, using: &self) {
            case 0: bytes.insert(byte, at: index)
            case 1: if index < bytes.count { bytes.remove(at: index) }
            case 2: if index < bytes.count { bytes[index] = byte }
            case 3: bytes.removeSubrange(index...)
            default: bytes.insert(contentsOf: bytes[index...].prefix(64), at: index)
            }
        }
        return bytes
    }
}
