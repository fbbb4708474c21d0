import Testing

@testable import Agent

@Suite
struct SequenceCounterTests {
    private let folder: TemporaryFolder
    private let state: StateDirectory
    private let clock = TestClock(1000)
    private let device = String(repeating: "ab", count: 16)

    init() throws {
        folder = try TemporaryFolder()
        state = try StateDirectory.open(folder.path, creating: false)
    }

    @Test
    func `Numbers count up within the epoch in which the device began`() throws {
        let counter = try counter()
        #expect(try counter.reserve() == (1000, 1))
        clock.set(2000)
        #expect(try counter.reserve() == (1000, 2))
        #expect(!counter.isRestarted)
    }

    @Test
    func `A number is used for good as soon as it is handed out`() throws {
        _ = try counter().reserve()
        _ = try counter().reserve()
        #expect(try counter().reserve() == (1000, 3))
    }

    @Test
    func `A new epoch is younger than the old one even when the clock was set back`() throws {
        let counter = try counter()
        _ = try counter.reserve()
        clock.set(500)
        counter.beginEpoch()
        #expect(try counter.reserve() == (1001, 1))
        clock.set(9000)
        counter.beginEpoch()
        #expect(try counter.reserve() == (9000, 1))
    }

    @Test
    func `A file cut at any place begins a new epoch`() throws {
        _ = try counter().reserve()
        let bytes = try folder.read("sequence")
        clock.set(7000)
        for count in 0..<bytes.count {
            try folder.write("sequence", Array(bytes[..<count]))
            let damaged = try counter()
            #expect(damaged.isRestarted, "cut at \(count)")
            #expect(damaged.epoch == 7000 && damaged.sequence == 0)
        }
    }

    @Test
    func `A file with any single bit changed begins a new epoch`() throws {
        _ = try counter().reserve()
        let bytes = try folder.read("sequence")
        clock.set(7000)
        for bit in 0..<(bytes.count * 8) {
            var changed = bytes
            changed[bit / 8] ^= 1 << (bit % 8)
            try folder.write("sequence", changed)
            #expect(try counter().epoch == 7000, "bit \(bit)")
        }
    }

    @Test
    func `The count of another device is not continued`() throws {
        _ = try counter().reserve()
        clock.set(7000)
        let other = try SequenceCounter(
            state: state,
            deviceID: String(repeating: "cd", count: 16),
            now: clock.now
        )
        #expect(other.epoch == 7000)
    }

    @Test
    func `Numbers too large for a database begin a new epoch instead of trapping`() throws {
        for sequence in [UInt64(Int64.max), UInt64.max] {
            try write(epoch: 1000, sequence: sequence)
            clock.set(7000)
            #expect(try counter().reserve() == (7000, 1))
        }
        try write(epoch: UInt64.max, sequence: 1)
        #expect(try counter().reserve() == (7000, 1))
        try write(epoch: UInt64(Int64.max), sequence: UInt64(Int64.max))
        #expect(try counter().reserve() == (UInt64(Int64.max), 1))
    }

    private func counter() throws -> SequenceCounter {
        try SequenceCounter(state: state, deviceID: device, now: clock.now)
    }

    private func write(epoch: UInt64, sequence: UInt64) throws {
        var record = TextRecord()
        record.add("device", device)
        record.add("epoch", String(epoch))
        record.add("sequence", String(sequence))
        try folder.write("sequence", record.encoded(name: "khien-sequence", version: 1))
    }
}
