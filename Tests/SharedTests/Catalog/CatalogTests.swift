import Testing

@testable import Shared

@Suite struct CatalogTests {
    private static let families = "aa\tVendor\tProduct A\tantivirus\nbb\tVendor\tProduct B\tedr\n"
    private static let signals = "aa\tlinux\tdeb\talpha\tantivirus\tstrong\thttps://example.org\n"

    private func catalog(families: String = families, signals: String = signals) throws -> Catalog {
        try Catalog(families: families.utf8, signals: signals.utf8, version: 7)
    }

    // MARK: Lookups

    @Test func aNameIsFoundExactlyAsItIsWritten() throws {
        let catalog = try catalog()
        #expect(catalog.signals(platform: .linux, kind: .deb, named: "alpha").map(\.value) == ["alpha"])
        for other in ["Alpha", "alph", "alphaa", "", "alpha "] {
            #expect(catalog.signals(platform: .linux, kind: .deb, named: other).isEmpty)
        }
    }

    @Test func aNameCountsOnlyForItsPlatformAndKind() throws {
        let catalog = try catalog()
        #expect(catalog.signals(platform: .windows, kind: .deb, named: "alpha").isEmpty)
        #expect(catalog.signals(platform: .linux, kind: .rpm, named: "alpha").isEmpty)
        #expect(catalog.version == 7)
    }

    @Test func aUnitWithoutSuffixIsAService() throws {
        let rows = "aa\tlinux\tunit\tcafagent\tantivirus\tstrong\ts\naa\tlinux\tunit\tx.socket\tantivirus\tstrong\ts\n"
        let catalog = try catalog(signals: rows)
        #expect(catalog.signals(platform: .linux, kind: .unit).map(\.value) == ["cafagent.service", "x.socket"])
        #expect(!catalog.signals(platform: .linux, kind: .unit, named: "cafagent.service").isEmpty)
    }

    @Test func aNameOfTwoFamiliesGivesBothAndSaysThatItIsShared() throws {
        let rows = ["aa", "bb"].map { "\($0)\tlinux\tunit\td.service\tedr\tweak\ts\n" }.joined()
        let found = try catalog(signals: rows).signals(platform: .linux, kind: .unit, named: "d.service")
        #expect(found.map(\.family) == [0, 1])
        #expect(found.allSatisfy { $0.isShared && $0.isWeak })
    }

    @Test func everyNameOfALargeCatalogIsFound() throws {
        let names = (0..<5000).map { "name-\($0)" }
        let rows = names.map { "aa\tlinux\tdeb\t\($0)\tantivirus\tstrong\ts\n" }.joined()
        let catalog = try catalog(signals: rows)
        #expect(names.allSatisfy { catalog.signals(platform: .linux, kind: .deb, named: $0).count == 1 })
        #expect(names.allSatisfy { catalog.signals(platform: .linux, kind: .deb, named: $0 + "x").isEmpty })
    }

    // MARK: Bad tables

    @Test(
        arguments: [
            ("", "aa\tlinux\tdeb\tx\tantivirus\tstrong\ts\n", .unknownFamily, 1),
            ("# c\naa\tV\tP\twizard\n", "", .unknownWord, 2),
            ("AA\tV\tP\tedr\n", "", .malformedLine, 1),
            ("aa\tV\tP\n", "", .malformedLine, 1),
            ("aa\tV\t\tedr\n", "", .malformedLine, 1),
            ("aa\tV\tP\tedr\naa\tV\tQ\tedr\n", "", .duplicate, 2),
            ("bb\tV\tP\tedr\naa\tV\tQ\tedr\n", "", .malformedLine, 2),
            (families, "# c\n\naa\tsolaris\tdeb\tx\tantivirus\tstrong\ts\n", .unknownWord, 3),
            (families, "aa\tlinux\tsmell\tx\tantivirus\tstrong\ts\n", .unknownWord, 1),
            (families, "aa\tlinux\tdeb\tx\tvirus\tstrong\ts\n", .unknownWord, 1),
            (families, "aa\tlinux\tdeb\tx\tantivirus\tunconfirmed\ts\n", .unknownWord, 1),
            (families, "aa\tlinux\tdeb\tx\tantivirus\tstrong\n", .malformedLine, 1),
            (families, "aa\tlinux\tdeb\tx\tantivirus\tstrong\ts\tmore\n", .malformedLine, 1),
            (families, "aa\tlinux\tdeb\tx\u{1}\tantivirus\tstrong\ts\n", .malformedLine, 1),
            (families, "aa\tlinux\tpath\topt/x\tantivirus\tstrong\ts\n", .malformedLine, 1),
            (families, "aa\tlinux\tpath\t/opt/../x\tantivirus\tstrong\ts\n", .malformedLine, 1),
            (families, "aa\tlinux\tprocess\t/bin/x\tantivirus\tstrong\ts\n", .malformedLine, 1),
            (families, signals + "\n" + signals, .duplicate, 3),
            (families, signals + "bb\tlinux\tdeb\talpha\tedr\tstrong\ts\n", .ambiguousSignal, 2),
            (families, signals + "bb\tlinux\tdeb\talpha\tedr\tweak\ts\n", .ambiguousSignal, 2),
            (families, "aa\tlinux\tdeb\t\(String(repeating: "x", count: 257))\tedr\tweak\ts\n", .tooLarge, 1),
        ] as [(String, String, CatalogError.Code, Int)]
    )
    func aBadTableIsRefusedWithItsLine(families: String, signals: String, code: CatalogError.Code, line: Int) throws {
        let error = try #require(throws: CatalogError.self) {
            _ = try Catalog(families: families.utf8, signals: signals.utf8, version: 1)
        }
        #expect(error.code == code)
        #expect(error.line == line)
        #expect(error.description.contains("line \(line)"))
    }

    @Test func invalidUTF8IsRefused() {
        let bytes = Array("aa\tlinux\tdeb\t".utf8) + [0xff, 0xfe] + Array("\tedr\tweak\ts\n".utf8)
        let error = #expect(throws: CatalogError.self) {
            _ = try Catalog(families: Self.families.utf8, signals: bytes, version: 1)
        }
        #expect(error?.code == .malformedLine)
    }

    @Test func tooManyRowsAreRefused() {
        let rows = (0...CatalogLimits.families).map { String(100_000 + $0) + "\tV\tP\tedr\n" }.joined()
        let error = #expect(throws: CatalogError.self) {
            _ = try Catalog(families: rows.utf8, signals: "".utf8, version: 1)
        }
        #expect(error?.code == .tooLarge)
        #expect(error?.line == CatalogLimits.families + 1)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func aMutatedTableIsReadOrRefusedAndNeverTraps(seed: UInt64) throws {
        let good = Array((Self.signals + "bb\tlinux\tpath\t/opt/b\tedr\tweak\ts\n").utf8)
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            let mutated = random.mutated(good)
            do throws(CatalogError) {
                let catalog = try Catalog(families: Self.families.utf8, signals: mutated, version: 1)
                for signal in catalog.signals {
                    let found = catalog.signals(platform: signal.platform, kind: signal.kind, named: signal.value)
                    #expect(found.contains(signal), "seed \(seed)")
                }
            } catch {
                #expect(!error.message.isEmpty, "seed \(seed)")
            }
            _ = try? Catalog(families: random.mutated(Array(Self.families.utf8)), signals: good, version: 1)
        }
    }
}
