import Foundation
import Shared
import Testing

@testable import Collector

@Suite struct UnitDirectoryTests {
    /// The health department, which was renamed; two cities; a district that went into one, over another one; a closed one.
    private func collector() throws -> TestCollector {
        let collector = try TestCollector(caps: [("unit-a", 3), ("so-y-te", 1)])
        try collector.database.writeNow { sql in
            try sql.script(
                """
                UPDATE unit SET name = 'Sở Y tế' WHERE code = 'so-y-te';
                INSERT INTO unit (code, name, unit_group, position, closed_on, successor) VALUES
                    ('tp-cao-lanh', 'Thành phố Cao Lãnh', 'district', 10, NULL, NULL),
                    ('h-cao-lanh', 'Huyện Cao Lãnh', 'district', 11, '2025-07-01', 'p-my-tho'),
                    ('p-my-tho', 'Phường Mỹ Thọ', 'commune', 12, '2025-09-01', 'tp-cao-lanh'),
                    ('bql-kkt', 'Ban Quản lý Khu kinh tế', 'other', 13, '2025-03-01', NULL),
                    ('twin-1', 'Trạm Y tế', 'commune', 14, NULL, NULL),
                    ('twin-2', 'Trạm  Y TẾ', 'commune', 15, NULL, NULL),
                    ('ring-1', 'Vòng một', 'other', 16, '2025-03-01', NULL),
                    ('ring-2', 'Vòng hai', 'other', 17, '2025-03-01', 'ring-1');
                UPDATE unit SET successor = 'ring-2' WHERE code = 'ring-1';
                INSERT INTO unit_change (kind, unit_code, effective_on, document, reason, officer, at_ms, former_name)
                VALUES (2, 'so-y-te', '2025-01-01', '1', '', 'center', 0, 'Sở Vệ sinh');
                """
            )
        }
        return collector
    }

    private func resolve(
        _ text: String,
        _ caller: Caller = .center,
        in collector: TestCollector
    ) throws(CollectorError) -> UnitDirectory.Resolution {
        try collector.database.writeNow { try UnitDirectory(sql: $0).resolve(text, for: caller) }
    }

    private static let found: [(text: String, code: String, isFormer: Bool)] = [
        ("so-y-te", "so-y-te", false),
        (" SO-Y-TE ", "so-y-te", false),
        ("Sở Y tế", "so-y-te", false),
        ("sở  y\u{00A0}TẾ", "so-y-te", false),
        ("Sở Y tế".decomposedStringWithCanonicalMapping, "so-y-te", false),
        ("Sở Vệ sinh", "so-y-te", true),
        ("h-cao-lanh", "tp-cao-lanh", true),
        ("Huyện Cao Lãnh", "tp-cao-lanh", true),
        ("Phường Mỹ Thọ", "tp-cao-lanh", true),
    ]

    @Test(arguments: found)
    func `a unit is found by its code, its name, and those of before`(text: String, code: String, isFormer: Bool) throws
    {
        let resolution = try resolve(text, in: try collector())
        #expect(resolution.unit.code == code)
        #expect(resolution.isFormer == isFormer)
    }

    private static let near: [(text: String, meant: [String])] = [
        ("so y te", ["\"so-y-te\" (Sở Y tế)"]),
        ("Sở y té", ["\"so-y-te\" (Sở Y tế)"]),
        ("so-y-tee", ["\"so-y-te\" (Sở Y tế)"]),
        ("cao lãnh", ["\"tp-cao-lanh\"", "\"h-cao-lanh\""]),
        ("nothing like any of them", []),
    ]

    @Test(arguments: near)
    func `a name that is only nearly a unit's says which was meant`(text: String, meant: [String]) throws {
        let collector = try collector()
        let error = #expect(throws: CollectorError.self) { try self.resolve(text, in: collector) }
        #expect(error?.code == .notFound)
        let message = try #require(error).phrase
        #expect(message.english.hasPrefix("There is no unit \"\(text)\"."), "\(message.english)")
        #expect(message.english.contains("meant?") == !meant.isEmpty)
        for unit in meant {
            #expect(message.english.contains(unit), "\(message.english)")
            #expect(message.vietnamese.contains(unit))
        }
    }

    @Test func `a closed unit says since when`() throws {
        let collector = try collector()
        let error = #expect(throws: CollectorError.self) { try self.resolve("bql-kkt", in: collector) }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message.contains("closed since 2025-03-01") == true)
        let found = try collector.database.writeNow { try UnitDirectory(sql: $0).find("BQL-KKT", for: .center) }
        #expect(found.unit.closedOn == "2025-03-01")
    }

    @Test func `a name that two units have asks for the code`() throws {
        let collector = try collector()
        let error = #expect(throws: CollectorError.self) { try self.resolve("trạm y tế", in: collector) }
        #expect(error?.code == .failedPrecondition)
        #expect(error?.message.contains("\"twin-1\", \"twin-2\"") == true)
    }

    @Test func `units that lead to each other are no endless way`() throws {
        let collector = try collector()
        #expect(throws: CollectorError.self) { try self.resolve("ring-1", in: collector) }
    }

    @Test(arguments: ["", " \u{00A0}\n", String(repeating: "a", count: 257)])
    func `no name and one that is too long are refused`(text: String) throws {
        let collector = try collector()
        let error = #expect(throws: CollectorError.self) { try self.resolve(text, in: collector) }
        #expect(error?.code == .invalidArgument)
    }

    @Test func `a name never brings control characters into a message`() throws {
        let collector = try collector()
        let error = #expect(throws: CollectorError.self) { try self.resolve("x\u{1B}[2Jy", in: collector) }
        #expect(error?.message.unicodeScalars.contains("\u{1B}") == false)
    }

    @Test func `a unit's officer finds the own unit and what went into it`() throws {
        let collector = try collector()
        let officer = Caller(name: "cl", role: .unit, ownUnit: "tp-cao-lanh")
        for text in ["tp-cao-lanh", "thành phố cao lãnh", "h-cao-lanh", "Phường Mỹ Thọ"] {
            #expect(try resolve(text, officer, in: collector).unit.code == "tp-cao-lanh")
        }
    }

    /// Pairs of a unit that there is and a text of the same kind that means nothing.
    private static let pairs: [(other: String, nonsense: String)] = [
        ("unit-a", "unit-x"),
        ("so-y-te", "so-z-te"),
        ("Sở Vệ sinh", "Sở Vã sinh"),
        ("bql-kkt", "bqx-kkt"),
        ("trạm y tế", "trạm z tế"),
        ("ring-1", "ring-9"),
    ]

    @Test(arguments: pairs)
    func `another's unit is answered like one that does not exist`(other: String, nonsense: String) throws {
        let collector = try collector()
        let officer = Caller(name: "cl", role: .unit, ownUnit: "tp-cao-lanh")
        let answers = [other, nonsense].map { text in
            let error = #expect(throws: CollectorError.self) { try self.resolve(text, officer, in: collector) }
            return (error?.code, error?.message.replacing(text, with: "…"))
        }
        #expect(answers[0].0 == .notFound)
        #expect(answers[0] == answers[1])
    }
}
