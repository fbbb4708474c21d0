/// The same numbers for the same seed, on every machine.
///
/// Source: SplitMix64 by Sebastiano Vigna, public domain.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The bytes with one to four changes: a byte or a bit of it changed, inserted or removed, some made zero, a part doubled
    /// or cut off.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let index = Int.random(in: 0...bytes.count, using: &self)
            let byte = mutationByte()
            switch Int.random(in: 0..<7, using: &self) {
            case 0: bytes.insert(byte, at: index)
            case 1: bytes.removeSubrange(index...)
            case 2: bytes.insert(contentsOf: bytes[index...].prefix(64), at: index)
            // What changes a byte needs one.
            case _ where index == bytes.count: break
            case 3: bytes.remove(at: index)
            case 4: bytes[index] = byte
            case 5: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            default:
                for place in index..<min(bytes.count, index + 8) { bytes[place] = 0 }
            }
        }
        return bytes
    }

    /// Half of them any byte, half of them one that means something in most texts.
    private mutating func mutationByte() -> UInt8 {
        let special: [UInt8] = [0x00, 0x09, 0x0a, 0x20, 0x22, 0x23, 0x2f, 0x3a, 0x3d, 0x5c, 0xff]
        if Bool.random(using: &self), let byte = special.randomElement(using: &self) { return byte }
        return .random(in: 0...255, using: &self)
    }
}
