import Foundation
import GRDB
import Shared
import Testing

@testable import Collector

@Suite struct MigrationTests {
    /// A database as the first version left it: one device in conflict.
    private func firstVersion(at path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { database in
            try database.execute(sql: Migration.all[0].sql)
            try database.execute(
                sql: """
                    CREATE TABLE schema_version (version INTEGER NOT NULL);
                    INSERT INTO schema_version VALUES (1);
                    INSERT INTO unit VALUES ('unit-a', 'A', 'department', 0);
                    INSERT INTO term VALUES (1, '\(TestCollector.approved)', 10, '2023-10-13', '2024-10-12');
                    INSERT INTO seat_account VALUES (1, 'unit-a', 10, 1);
                    INSERT INTO device VALUES ('d1-device', 'unit-a', x'01', 'host', 1, 'Debian', 'x86_64', '0.1.0', 1, 2,
                        NULL, 1, 4, 1700000000000, 1700000000000, x'02', 1, 2);
                    INSERT INTO seat VALUES ('d1-device', 1, 'unit-a', 1, 5);
                    INSERT INTO product VALUES ('d1-device', '\(TestCollector.approved)', 'KES', 'Kaspersky', '12');
                    INSERT INTO product VALUES ('d1-device', 'drweb', 'Dr.Web', 'Doctor Web', NULL);
                    INSERT INTO source_status VALUES ('d1-device', 1, 1, '', 600), ('d1-device', 3, 1, '', 6);
                    INSERT INTO finding VALUES (1, 'd1-device', 'multiple-antivirus', 'Dr.Web' || char(10) || 'KES',
                        1700000000000, 1, 4, NULL, NULL, NULL);
                    INSERT INTO finding VALUES (2, 'd1-device', 'unapproved-antivirus', 'Dr.Web',
                        1700000000000, 1, 4, NULL, NULL, NULL);
                    """
            )
            for family in [TestCollector.approved, "drweb"] {
                for (position, source) in [1, 3].enumerated() {
                    try database.execute(
                        sql: "INSERT INTO fact VALUES ('d1-device', ?, ?, ?, 3, 1, 0, 'value', 'detail')",
                        arguments: [family, position, source]
                    )
                }
            }
        }
        try queue.close()
    }

    @Test func aDatabaseOfTheFirstVersionKeepsEverythingAndIsJudgedAgainOnce() async throws {
        try await withTemporaryDirectoryAsync { directory in
            let path = directory + "/khien.sqlite"
            try firstVersion(at: path)
            let database = try Database(path: path)
            let now = Milliseconds(1_700_000_060_000)
            let devices = DeviceService(database: database, clock: WallClock { now })
            let before = try await devices.details("d1-device", for: .center)
            #expect(before.summary.standing == .inViolation && before.summary.antivirus == ["Dr.Web", "KES"])
            #expect(before.summary.device.antivirus == nil)
            #expect(
                before.inventory?.products.flatMap(\.facts).allSatisfy { $0.kind == nil && $0.publisher == "" } == true
            )
            #expect(before.inventory?.products.map(\.version) == [nil, "12"])
            #expect(before.inventory?.products.allSatisfy { $0.status == nil } == true)

            let shelf = try CatalogShelf(builtIn: TestCatalog(version: 1).text)
            let clock = WallClock { now }
            await CatalogSweep(database: database, clock: clock, shelf: shelf, logger: TestCollector.logger).pass()
            let after = try await devices.details("d1-device", for: .center)
            #expect(after.summary.device.antivirus == ["Dr.Web", "KES"])
            #expect(after.inventory == before.inventory)
            #expect(after.findings == before.findings && after.summary.device.seat == .held)
            let state = try database.writeNow { try DeviceStore(sql: $0).state("d1-device") }
            #expect(state?.catalogVersion == 1)
            try database.close()
        }
    }

    @Test func officersOfBeforeCountAsSeen() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/khien.sqlite"
            try firstVersion(at: path)
            let queue = try DatabaseQueue(path: path)
            try queue.write { database in
                try database.execute(sql: "INSERT INTO officer VALUES ('lan', 1, NULL, '01', 1, 2000000000000, NULL)")
            }
            try queue.close()
            let database = try Database(path: path)
            try database.writeNow { sql in
                let officer = try OfficerStore(sql: sql).officer("lan")
                #expect(officer?.isSeen == true && officer?.pending == nil)
                #expect(try OfficerStore(sql: sql).centerCount(now: Milliseconds(1_700_000_060_000)) == 1)
            }
            try database.close()
        }
    }

    @Test func findingsGetTheFamiliesOfTheProductsThatTheyName() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/khien.sqlite"
            try firstVersion(at: path)
            let queue = try DatabaseQueue(path: path)
            try queue.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO product VALUES ('d1-device', 'a', 'Two', 'V', NULL), ('d1-device', 'b', 'Two', 'V', NULL);
                        INSERT INTO finding VALUES
                            (3, 'd1-device', 'protection-off', 'Gone' || char(10) || 'KES', 1, 1, 4, 2, 1, 5),
                            (4, 'd1-device', 'outdated-signatures', 'Two', 1, 1, 4, 2, 1, 5),
                            (5, 'd1-device', 'no-antivirus', '', 1, 1, 4, 2, 1, 5);
                        """
                )
            }
            try queue.close()
            let database = try Database(path: path)
            let families = try database.writeNow {
                try $0.rows("SELECT families FROM finding ORDER BY finding_id LIMIT 5") { $0.optionalText(0) }
            }
            // Where a name is that of no product, or of two, nobody can say.
            #expect(families == ["drweb\n\(TestCollector.approved)", "drweb", nil, nil, ""])
            try database.close()
        }
    }

    @Test func aWaiverFromBeforeFamiliesIsForTheFamiliesThatItNamed() async throws {
        try await withTemporaryDirectoryAsync { directory in
            let path = directory + "/khien.sqlite"
            try firstVersion(at: path)
            let queue = try DatabaseQueue(path: path)
            try await queue.write { database in
                for (index, migration) in Migration.all.enumerated().dropFirst() {
                    if migration.sql == Migration.schema7 { break }
                    try database.execute(sql: migration.sql)
                    try database.execute(sql: "INSERT INTO schema_version VALUES (?)", arguments: [index + 1])
                }
                try database.execute(
                    sql: "UPDATE finding SET is_waived = 1, waived_until_ms = 1800000000000, waived_by = 'center'"
                )
            }
            try queue.close()
            let database = try Database(path: path)
            let kept = try database.writeNow {
                try $0.rows("SELECT families IS waived_families FROM finding") { $0.bool(0) }
            }
            #expect(kept == [true, true])
            try database.close()
        }
    }

    @Test func openingItAgainChangesNothing() throws {
        try withTemporaryDirectory { directory in
            let path = directory + "/khien.sqlite"
            try firstVersion(at: path)
            for _ in 0..<2 {
                let database = try Database(path: path)
                let versions = try database.writeNow {
                    try $0.rows("SELECT version FROM schema_version ORDER BY version") { $0.int(0) }
                }
                #expect(versions == Array(1...Database.schemaVersion))
                try database.close()
            }
        }
    }
}
