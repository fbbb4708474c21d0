import Testing

@testable import Agent

@Suite
struct SpoolRecordTests {
    private let device = String(repeating: "ab", count: 16)
    private let record = SpoolRecord(
        kind: .inventory,
        epoch: 1_764_000_000_000,
        sequence: 7,
        digest: Array(0..<32),
        payload: Array("a signed report".utf8)
    )

    @Test
    func `A record is read as it was written`() throws {
        #expect(try SpoolRecord(record.encoded(deviceID: device), deviceID: device) == record)
    }

    @Test
    func `A record that is cut anywhere is damaged`() {
        let bytes = record.encoded(deviceID: device)
        for count in 0..<bytes.count {
            #expect(throws: SpoolRecord.Damage.damaged, "cut at \(count)") {
                try SpoolRecord(Array(bytes[..<count]), deviceID: device)
            }
        }
    }

    @Test
    func `A record with any single bit changed is damaged`() {
        let bytes = record.encoded(deviceID: device)
        for bit in 0..<(bytes.count * 8) {
            var changed = bytes
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: SpoolRecord.Damage.damaged, "bit \(bit)") { try SpoolRecord(changed, deviceID: device) }
        }
    }

    @Test
    func `Zeros instead of a record, and bytes behind one, are damage`() {
        let bytes = record.encoded(deviceID: device)
        #expect(throws: SpoolRecord.Damage.damaged) {
            try SpoolRecord([UInt8](repeating: 0, count: bytes.count), deviceID: device)
        }
        #expect(throws: SpoolRecord.Damage.damaged) { try SpoolRecord(bytes + [0], deviceID: device) }
    }

    @Test
    func `A record of another device or of a later version is told apart from damage`() {
        let foreign = record.encoded(deviceID: String(repeating: "cd", count: 16))
        #expect(throws: SpoolRecord.Damage.foreign) { try SpoolRecord(foreign, deviceID: device) }
        let later = sealed(record.encoded(deviceID: device)) { $0[8] = 2 }
        #expect(throws: SpoolRecord.Damage.version) { try SpoolRecord(later, deviceID: device) }
    }

    @Test
    func `A length that does not fit is damage even under a good checksum`() {
        for length: UInt8 in [0, 14, 16, 255] {
            let bytes = sealed(record.encoded(deviceID: device)) { $0[93] = length }
            #expect(throws: SpoolRecord.Damage.damaged) { try SpoolRecord(bytes, deviceID: device) }
        }
        let huge = sealed(record.encoded(deviceID: device)) { bytes in
            for index in 90..<94 { bytes[index] = 255 }
        }
        #expect(throws: SpoolRecord.Damage.damaged) { try SpoolRecord(huge, deviceID: device) }
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `Random changes never crash the reader, with a good checksum or without`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = record.encoded(deviceID: device)
        for round in 0..<2000 {
            var changed = random.mutated(bytes)
            if round.isMultiple(of: 2), changed.count > 32 { changed = sealed(changed) { _ in } }
            // Reading may succeed where only the epoch or the payload changed under a good checksum; it must not trap.
            let read = try? SpoolRecord(changed, deviceID: device)
            if let read { #expect(read.encoded(deviceID: device) == changed, "seed \(seed), round \(round)") }
        }
    }

    /// The bytes changed, with the checksum made anew.
    private func sealed(_ bytes: [UInt8], _ change: (inout [UInt8]) -> Void) -> [UInt8] {
        var body = Array(bytes.dropLast(32))
        change(&body)
        return body + SHA256Digest.of(body)
    }
}
