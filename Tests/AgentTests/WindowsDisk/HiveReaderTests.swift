import Foundation
import Testing

@testable import Agent

/// Hives that are damaged, or made to do damage.
struct HiveReaderTests {
    /// Two levels of keys, with values of every length.
    private static let good = TestHive(
        (0..<4).map { vendor in
            TestKey(
                "Vendor \(vendor)",
                [
                    .text("Name", "some text \(vendor)"), .number("Number", 5),
                    .bytes("Data", Array(repeating: 3, count: 600)),
                ],
                (0..<4).map { product in
                    TestKey(
                        "Sản phẩm \(product)",
                        [.text("Tên", "x")],
                        [.at(#"Instances\one"#, [.text("Altitude", "320400")])]
                    )
                }
            )
        }
    )

    private func reader(
        _ hive: TestHive,
        limits: WindowsDiskLimits = WindowsDiskLimits(),
        now: @escaping Deadline.Now = stoppedClock()
    ) throws -> HiveReader {
        let folder = try TemporaryFolder()
        try folder.write("hive", hive.bytes)
        let file = try RootDirectory(path: folder.path).open("hive").file
        let deadline = Deadline(after: limits.sourceTime, now: now)
        return try HiveReader(file: file, library: "libhivex.so.0", limits: limits, deadline: deadline)
    }

    private func ask(
        _ hive: TestHive,
        _ paths: String...,
        limits: WindowsDiskLimits = WindowsDiskLimits()
    ) throws -> [HiveReader.Answer] {
        let deadline = Deadline(after: .seconds(60), now: stoppedClock())
        return try reader(hive, limits: limits).answers(to: paths.map { .init(path: $0) }, deadline: deadline)
    }

    // MARK: Whole hives

    @Test func pathsLeadToKeysInAnyCaseWithTheHivesOwnSpelling() throws {
        let answers = try ask(
            Self.good,
            #"VENDOR 1\Sản phẩm 2"#,
            #"*\sản phẩm 9"#,
            #"*/vendor 0/VENDOR 3\*\instances\*"#,
            "Vendor",
            ""
        )
        #expect(answers[0].keys.map(\.names) == [["Vendor 1", "Sản phẩm 2"]])
        #expect(answers[0].keys[0].text("Tên") == "x")
        #expect(answers[1].keys.isEmpty && answers[1].failure == nil && answers[1].unreadable == 0)
        #expect(answers[2].keys.count == 8)
        #expect(Set(answers[2].keys.map { $0.names[0] }) == ["Vendor 1", "Vendor 2"])
        #expect(answers[2].keys.allSatisfy { $0.text("altitude") == "320400" })
        #expect(answers[3].keys.isEmpty)
        #expect(answers[4].keys.map(\.names) == [[]])
    }

    @Test func aKeyOfThousandsOfChildrenIsListed() throws {
        let hive = TestHive([TestKey("Classes", [], (0..<5000).map { TestKey("key \($0)") })])
        #expect(try ask(hive, #"Classes\*"#)[0].keys.count == 5000)
    }

    @Test func valuesAreCutAtTheirLimitAndKeepTheirLength() throws {
        var limits = WindowsDiskLimits()
        limits.valueBytes = 100
        limits.valuesPerKey = 2
        let answer = try ask(Self.good, "Vendor 0", limits: limits)[0]
        #expect(answer.isCut && answer.keys[0].values.count == 2)
        limits.valuesPerKey = 3
        let data = try #require(try ask(Self.good, "Vendor 0", limits: limits)[0].keys[0].value("Data"))
        #expect(data.bytes == Array(repeating: 3, count: 100) && data.length == 600)
    }

    @Test func anAnswerEndsAtItsLimitOfBytes() throws {
        var limits = WindowsDiskLimits()
        limits.answerBytes = 500
        let answer = try ask(Self.good, #"*\*"#, limits: limits)[0]
        #expect(answer.isCut && !answer.keys.isEmpty && answer.keys.count < 16)
    }

    @Test func aRequestThatIsTooLongIsRefusedHere() throws {
        let answer = try ask(Self.good, String(repeating: "a", count: 2000))[0]
        #expect(answer.failure == .tooLarge)
    }

    // MARK: Hostile hives

    /// A hive in which a key is its own child.
    private static func loop() throws -> TestHive {
        var hive = TestHive([TestKey("Loop", [.number("N", 1)], (0..<100).map { TestKey("child \($0)") })])
        let loop = UInt32(try #require(hive.offset(of: "Loop")) - 80 - 4096)
        let list = try #require(hive.offset(of: "lh\u{64}\0"))
        for index in 0..<100 { hive.bytes.put(loop, at: list + 4 + index * 8) }
        return hive
    }

    @Test func aKeyThatIsItsOwnChildEndsWithThePathThatWasAsked() throws {
        let answer = try ask(try Self.loop(), #"Loop\Loop\Loop\Loop"#)[0]
        #expect(answer.keys.map(\.names) == [["Loop", "Loop", "Loop", "Loop"]])
    }

    @Test func aKeyThatIsAllOfItsChildrenEndsAtTheLimit() throws {
        var limits = WindowsDiskLimits()
        limits.visitedKeys = 20_000
        let answer = try ask(try Self.loop(), #"*\*\*\*\*\*\*\*"#, limits: limits)[0]
        #expect(answer.isCut && answer.keys.count < 20_000)
    }

    @Test func moreNamesThanAPathMayHaveEndTheReaderAndNotTheScan() throws {
        let path = Array(repeating: "*", count: 40).joined(separator: "\\")
        #expect(try ask(Self.good, path)[0].failure == .confused)
    }

    @Test func aFileThatShrinksWhileItIsReadIsNoticed() throws {
        let folder = try TemporaryFolder()
        try folder.write("hive", Self.good.bytes)
        let file = try RootDirectory(path: folder.path).open("hive").file
        let deadline = Deadline(after: .seconds(60), now: stoppedClock())
        let limits = WindowsDiskLimits()
        let reader = try HiveReader(file: file, library: "libhivex.so.0", limits: limits, deadline: deadline)
        #expect(truncate(folder.path + "/hive", 0) == 0)
        let answer = reader.answers(to: [.init(path: "*")], deadline: deadline)[0]
        #expect(answer.failure == .crashed(SIGBUS))
    }

    @Test func aReaderThatIsStoppedIsLeftAtTheDeadline() throws {
        #expect(throws: HiveReader.Failure.overdue) { try reader(Self.good, now: hastyClock()) }
    }

    @Test func onlyTheClockOfTheDeadlineEndsAReader() throws {
        var limits = WindowsDiskLimits()
        limits.sourceTime = .nanoseconds(1)
        let deadline = Deadline(after: limits.sourceTime, now: stoppedClock())
        let answers = try reader(Self.good, limits: limits).answers(to: [.init(path: "*")], deadline: deadline)
        #expect(answers[0].failure == nil && answers[0].keys.count == 4)
    }

    @Test func readersThatStartAtTheSameTimeAllAnswer() async throws {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<24 { group.addTask { try ask(Self.good, "*")[0].keys.count } }
            for try await count in group { #expect(count == 4) }
        }
    }

    @Test func aReaderMayNotUseMoreMemoryThanItIsGiven() throws {
        var limits = WindowsDiskLimits()
        limits.readerMemoryBytes = 0
        #expect(throws: HiveReader.Failure.notOpened(ENOMEM)) { try reader(Self.good, limits: limits) }
    }

    /// A value that says that its data goes on beyond the end of the file.
    @Test func dataBeyondTheEndOfTheFileIsDamage() throws {
        var hive = TestHive([TestKey("Key", [.bytes("Data", Array("marked".utf8) + Array(repeating: 1, count: 64))])])
        let value = try #require(hive.offset(of: "vk"))
        hive.bytes.put(UInt32(0xf_0000), at: value + 4)
        let answer = try ask(hive, "Key")[0]
        #expect(answer.unreadable == 1 && answer.keys[0].values.isEmpty && answer.failure == nil)
    }

    @Test func aHiveWhoseReaderEndsIsPartialAndReadAgainForTheNextSource() throws {
        let disk = try TestDisk(software: [])
        let files = DiskFiles(root: try RootDirectory(path: disk.path), limits: WindowsDiskLimits())
        let path = TestDisk.software.split(separator: "/").map(String.init)
        let hive = try disk.disk().hive("SOFTWARE", at: path, in: files)
        var first = try disk.disk().source("registry")
        let opened = first.use(hive)
        #expect(opened)
        let whole = try Data(contentsOf: URL(filePath: disk.path + "/" + TestDisk.software))
        #expect(truncate(disk.path + "/" + TestDisk.software, 4096) == 0)
        let none = hive.keys("*", for: &first)
        #expect(none.isEmpty)
        let source = first.finished()
        #expect(source.state("registry") == "partial")
        #expect(source.reason("registry") == "SOFTWARE: damaged: its reader was ended by signal 7")

        let file = try FileHandle(forWritingTo: URL(filePath: disk.path + "/" + TestDisk.software))
        try file.write(contentsOf: whole)
        var second = try disk.disk().source("registry")
        let openedAgain = second.use(hive)
        let keys = hive.keys("*", for: &second)
        #expect(openedAgain && !keys.isEmpty)
        #expect(second.finished().state("registry") == "complete")
    }

    @Test func aHiveThatEndsItsReadersAgainAndAgainIsGivenUp() throws {
        let disk = try TestDisk(software: [])
        var limits = WindowsDiskLimits()
        limits.readersPerHive = 0
        let records = try disk.records(limits: limits)
        #expect(records.state("uninstall") == "unavailable" && records.state("service") == "unavailable")
    }

    @Test(arguments: 1...15 as ClosedRange<UInt64>)
    func mutatedHivesNeitherCrashNorHangTheScan(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for round in 0..<20 {
            var hive = Self.good
            random.damage(&hive)
            do {
                let answers = try ask(hive, "", "*", #"*\*"#, #"*\*\Instances\*"#)
                #expect(answers.count == 4 || answers.last?.failure != nil, "seed \(seed), round \(round)")
                #expect(answers.allSatisfy { $0.keys.count <= 500_000 }, "seed \(seed), round \(round)")
                #expect(answers.last?.failure != .overdue, "seed \(seed), round \(round)")
            } catch let failure as HiveReader.Failure {
                #expect(failure != .overdue && failure != .confused, "seed \(seed), round \(round)")
            }
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func disksWithMutatedHivesAreReadToTheirLastSource(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let disk = try TestDisk(software: [])
        for round in 0..<5 {
            for (path, keys) in [(TestDisk.software, TestDisk.everySoftware), (TestDisk.system, TestDisk.everySystem)] {
                var hive = TestHive(keys)
                random.damage(&hive)
                try disk.file(path, hive.bytes)
            }
            let sources = try disk.records().of("source").compactMap { $0.text("source") }
            #expect(sources.count == 10 && sources.last == "pipe", "seed \(seed), round \(round)")
        }
    }
}

extension SeededRandom {
    /// One to six changes where they hurt: numbers, offsets, bits, a cut; the header's checksum is made right again.
    fileprivate mutating func damage(_ hive: inout TestHive) {
        let special: [UInt32] = [0, 1, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x8000_0005, 0xffff_f000, 0x4000]
        for _ in 0..<Int.random(in: 1...6, using: &self) {
            let words = hive.bytes.count / 4
            let offset = Int.random(in: 0..<words, using: &self) * 4
            switch Int.random(in: 0..<6, using: &self) {
            case 0: hive.bytes.put(UInt32.random(in: 0 ... .max, using: &self), at: offset)
            case 1: hive.bytes[offset] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 2: hive.bytes.put(special.randomElement(using: &self) ?? 0, at: offset)
            case 3: hive.bytes.put(UInt32(Int.random(in: 0..<words / 2, using: &self) * 8), at: offset)
            case 4:
                let other = Int.random(in: 0..<words, using: &self) * 4
                for index in 0..<4 { hive.bytes[offset + index] = hive.bytes[other + index] }
            default:
                if Int.random(in: 0..<8, using: &self) == 0 { hive.bytes.removeSubrange(max(offset, 4096)...) }
            }
        }
        hive.sign()
    }
}
