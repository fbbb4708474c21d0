import Foundation
import Testing

@testable import Collector

@Suite struct DatabaseTests {
    @Test func everyCommitIsFlushedAndOnlyTheWriterMayCheckpoint() throws {
        let collector = try TestCollector()
        let durability = try collector.database.durability()
        #expect(durability.journal == "wal")
        // 2 is FULL: the log is flushed at every commit. GRDB's own choice for a write-ahead log is 1.
        #expect(durability.synchronous == 2)
        let reader = try collector.database.readerShape()
        #expect(reader.isReadOnly)
        #expect(reader.automaticCheckpointPages == 0)
    }

    @Test func aDatabaseOfANewerVersionIsRefusedAndLeftAlone() throws {
        let collector = try TestCollector()
        try collector.database.writeNow { try $0.execute("INSERT INTO schema_version (version) VALUES (9999)") }
        #expect(throws: CollectorError.self) { try Database(path: collector.path) }
        #expect(try collector.number("SELECT count(*) FROM unit") == 2)
    }

    @Test func openingADatabaseAgainKeepsWhatItHolds() throws {
        let collector = try TestCollector()
        let again = try Database(path: collector.path)
        let units = try again.writeNow { try UnitStore(sql: $0).codes() }
        #expect(units == ["unit-a", "unit-b"])
        try again.close()
    }

    @Test func parametersAreNumberedInTheOrderOfTheirFirstMention() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Collector/Store")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        var checked = 0
        for file in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for literal in source.split(separator: "\"\"\"").enumerated().filter({ $0.offset % 2 == 1 }).map(\.element)
            {
                // A part that several statements share, with the first parameter in it.
                let whole = literal.replacing("\\(Self.ofUnit)", with: "$1").replacing("\\(scope)", with: "$1")
                    .replacing("\\(UnitStore.lineage)", with: "$1")
                    .replacing(/\\\(LedgerScope\.filter\("(\$\d)", isOfOneUnit: isOfOneUnit\)\)/) { $0.output.1 }
                let numbers = whole.matches(of: /\$(\d+)/).compactMap { Int($0.output.1) }
                var highest = 0
                for number in numbers {
                    #expect(number <= highest + 1, "\(file.lastPathComponent): \(literal)")
                    highest = max(highest, number)
                    checked += 1
                }
            }
        }
        #expect(checked > 50)
    }

    @Test func noStatementIsBuiltFromData() throws {
        // Text that looks like SQL goes in and comes out as it is.
        let collector = try TestCollector()
        let hostile = "x'); DROP TABLE device; --"
        try collector.addDevice("d1", host: hostile)
        let found = try collector.database.writeNow { try DeviceStore(sql: $0).withPrefix("d1", unit: nil, limit: 2) }
        #expect(found.map(\.hostName) == [hostile])
        #expect(try collector.number("SELECT count(*) FROM device") == 1)
    }
}
