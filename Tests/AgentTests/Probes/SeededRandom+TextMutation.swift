extension SeededRandom {
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
