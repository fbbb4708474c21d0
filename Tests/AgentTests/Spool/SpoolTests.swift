import Foundation
import Signatures
import Testing

@testable import Agent

/// SHA-256 under a name that no other import has.
enum SHA256Digest {
    static func of(_ bytes: [UInt8]) -> [UInt8] { Signatures.SHA256.hash(bytes) }
}

@Suite
struct SpoolTests {
    private let folder: TemporaryFolder
    private let state: StateDirectory
    private let device = String(repeating: "ab", count: 16)

    init() throws {
        folder = try TemporaryFolder()
        state = try StateDirectory.open(folder.path, creating: false)
    }

    @Test
    func `A record is on the disk before add returns, readable by its owner only, and gone after remove`() throws {
        let spool = try Spool(state: state, deviceID: device)
        try spool.add(record(1))
        let name = "0000000000000005-0000000000000001.report"
        #expect(try folder.names(in: "spool") == [name, "quarantine"])
        #expect(try folder.mode("spool/\(name)") == 0o600)
        #expect(try SpoolRecord(folder.read("spool/\(name)"), deviceID: device) == record(1))
        try spool.remove(record(1))
        #expect(try folder.names(in: "spool") == ["quarantine"])
        #expect(spool.records.isEmpty)
    }

    @Test
    func `A newer inventory takes the place of an older one, and that is counted`() throws {
        let spool = try Spool(state: state, deviceID: device)
        try spool.add(record(1))
        try spool.add(record(2))
        #expect(spool.records == [record(2)])
        #expect(spool.losses.replaced == 1)
        #expect(try Spool(state: state, deviceID: device).records == [record(2)])
    }

    @Test
    func `Records are found again in the order of their making`() throws {
        try store(record(16))
        try store(record(9))
        try store(record(3, epoch: 6))
        let sequences = try Spool(state: state, deviceID: device).records.map(\.sequence)
        #expect(sequences == [9, 16, 3])
    }

    @Test
    func `Damaged, foreign and later records are put aside, and the good ones kept`() throws {
        try store(record(1))
        let good = record(2).encoded(deviceID: device)
        try place("0000000000000005-0000000000000002.report", Array(good.dropLast(5)))
        try place("0000000000000005-0000000000000003.report", [])
        try place("0000000000000005-0000000000000004.report", [UInt8](repeating: 0, count: 400))
        try place(
            "0000000000000005-0000000000000005.report",
            record(5).encoded(deviceID: String(repeating: "cd", count: 16))
        )
        // Under a name that is not its own it would be sent and never found again.
        try place("0000000000000005-0000000000000006.report", good)
        try place("notes.txt", Array("hello".utf8))

        let spool = try Spool(state: state, deviceID: device)
        #expect(spool.records == [record(1)])
        #expect(spool.losses.quarantined == 6)
        #expect(spool.remarks.count == 6)
        #expect(try folder.names(in: "spool/quarantine").count == 6)
        let again = try Spool(state: state, deviceID: device)
        #expect(again.records == [record(1)])
        #expect(again.losses == Spool.Losses())
    }

    @Test
    func `A link and a pipe in the spool are put aside without being opened`() throws {
        _ = try Spool(state: state, deviceID: device)
        try folder.link("spool/0000000000000005-0000000000000001.report", to: "/etc/passwd")
        #expect(mkfifo("\(folder.path)/spool/pipe", 0o600) == 0)
        let spool = try Spool(state: state, deviceID: device)
        #expect(spool.records.isEmpty)
        #expect(spool.losses.quarantined == 2)
    }

    @Test
    func `What an interrupted write left is removed`() throws {
        try place(".unfinished-0000000000000005-0000000000000001.report", [1, 2, 3])
        let spool = try Spool(state: state, deviceID: device)
        #expect(spool.records.isEmpty)
        #expect(spool.losses == Spool.Losses())
        #expect(try folder.names(in: "spool") == ["quarantine"])
    }

    @Test
    func `A full spool drops the oldest and counts them`() throws {
        for sequence in 1...(AgentLimits.spoolRecords + 3) { try store(record(UInt64(sequence))) }
        let spool = try Spool(state: state, deviceID: device)
        #expect(spool.records.count == AgentLimits.spoolRecords)
        #expect(spool.records.first?.sequence == 4)
        #expect(spool.losses.dropped == 3)
    }

    @Test
    func `The bytes of all records together have a limit`() throws {
        let size = 500 * 1024
        let count = AgentLimits.spoolBytes / size + 2
        for sequence in 1...count { try store(record(UInt64(sequence), payload: [UInt8](repeating: 1, count: size))) }
        let spool = try Spool(state: state, deviceID: device)
        #expect(spool.records.reduce(0) { $0 + $1.payload.count } <= AgentLimits.spoolBytes)
        #expect(spool.losses.dropped == count - AgentLimits.spoolBytes / size)
        #expect(spool.records.last?.sequence == UInt64(count))
    }

    @Test
    func `The quarantine keeps a limited number`() throws {
        for number in 0..<(AgentLimits.quarantinedRecords + 8) {
            try place("bad-\(10 + number).report", [1])
        }
        let spool = try Spool(state: state, deviceID: device)
        #expect(spool.losses.quarantined == AgentLimits.quarantinedRecords + 8)
        #expect(try folder.names(in: "spool/quarantine").count == AgentLimits.quarantinedRecords)
    }

    @Test
    func `A record that the collector refused is put aside and not found again`() throws {
        let spool = try Spool(state: state, deviceID: device)
        try spool.add(record(1))
        try spool.quarantine(record(1))
        #expect(spool.records.isEmpty)
        #expect(spool.losses.quarantined == 1)
        #expect(try Spool(state: state, deviceID: device).records.isEmpty)
    }

    private func record(_ sequence: UInt64, epoch: UInt64 = 5, payload: [UInt8] = [1, 2, 3]) -> SpoolRecord {
        SpoolRecord(
            kind: .inventory,
            epoch: epoch,
            sequence: sequence,
            digest: [UInt8](repeating: 9, count: 32),
            payload: payload
        )
    }

    private func store(_ record: SpoolRecord) throws {
        let epoch = String(record.epoch, radix: 16)
        let sequence = String(record.sequence, radix: 16)
        let name =
            String(repeating: "0", count: 16 - epoch.count) + epoch + "-"
            + String(repeating: "0", count: 16 - sequence.count) + sequence + ".report"
        try place(name, record.encoded(deviceID: device))
    }

    private func place(_ name: String, _ bytes: [UInt8]) throws {
        _ = try state.subdirectory("spool")
        try folder.write("spool/\(name)", bytes)
    }
}
