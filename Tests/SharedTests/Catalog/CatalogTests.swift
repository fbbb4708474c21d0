import Testing

@testable import Shared

@Suite struct CatalogTests {
    static let head =
        "version\t7\nsource\ts\thttps://example.org\nfamily\taa\tantivirus\tVendor\tA\nfamily\tbb\tedr\tVendor\tB\n"

    static func row(
        _ value: String,
        of family: String = "aa",
        on platform: String = "linux",
        kind: String = "deb",
        role: String = "antivirus",
        strength: String = "strong",
        source: String = "s"
    ) -> String {
        "signal\t\(family)\t\(platform)\t\(kind)\t\(role)\t\(strength)\t\(source)\t\(value)\n"
    }

    private func catalog(_ rows: String...) throws -> Catalog {
        try Catalog(text: (Self.head + rows.joined()).utf8)
    }

    // MARK: Names on Linux

    @Test func aNameIsFoundExactlyAsItIsWritten() throws {
        let catalog = try catalog(Self.row("alpha"))
        #expect(catalog.signals(platform: .linux, kind: .deb, named: "alpha").map(\.value) == ["alpha"])
        for other in ["Alpha", "alph", "alphaa", "", "alpha "] {
            #expect(catalog.signals(platform: .linux, kind: .deb, named: other).isEmpty)
        }
    }

    @Test func aNameCountsOnlyForItsPlatformAndKind() throws {
        let catalog = try catalog(Self.row("alpha", kind: "process"))
        #expect(catalog.signals(platform: .windows, kind: .process, named: "alpha").isEmpty)
        #expect(catalog.signals(platform: .linux, kind: .rpm, named: "alpha").isEmpty)
        #expect(catalog.version == 7)
    }

    @Test func aUnitWithoutSuffixIsAService() throws {
        let catalog = try catalog(
            Self.row("cafagent", kind: "unit"),
            Self.row("x.socket", kind: "unit")
        )
        #expect(catalog.signals(platform: .linux, kind: .unit).map(\.value) == ["cafagent.service", "x.socket"])
        #expect(!catalog.signals(platform: .linux, kind: .unit, named: "cafagent.service").isEmpty)
    }

    @Test func aNameOfTwoFamiliesGivesBothAndSaysThatItIsShared() throws {
        let catalog = try catalog(
            Self.row("d", kind: "unit", strength: "weak"),
            Self.row("d", of: "bb", kind: "unit", strength: "weak")
        )
        let found = catalog.signals(platform: .linux, kind: .unit, named: "d.service")
        #expect(found.map(\.family) == [0, 1])
        #expect(found.allSatisfy { $0.isShared && $0.isWeak })
    }

    @Test func everyNameOfALargeCatalogIsFound() throws {
        let names = (0..<5000).map { "name-\($0)" }
        let catalog = try catalog(names.map { Self.row($0) }.joined())
        #expect(names.allSatisfy { catalog.signals(platform: .linux, kind: .deb, named: $0).count == 1 })
        #expect(names.allSatisfy { catalog.signals(platform: .linux, kind: .deb, named: $0 + "x").isEmpty })
    }

    @Test func anExactNameWinsOverAPrefixAndALongerPrefixOverAShorterOne() throws {
        let catalog = try catalog(
            Self.row("drweb-*"),
            Self.row("drweb-agent*", of: "bb"),
            Self.row("drweb-esuite", of: "bb")
        )
        func family(_ name: String) -> [Int?] {
            catalog.signals(platform: .linux, kind: .deb, named: name).map(\.family)
        }
        #expect(family("drweb-gui") == [0])
        #expect(family("drweb-agent-x") == [1])
        #expect(family("drweb-esuite") == [1])
        #expect(family("drweb").isEmpty && family("xdrweb-gui").isEmpty)
    }

    // MARK: Names on Windows and macOS

    @Test(arguments: [
        ("SM\u{394}RTP.exe", "sm\u{3b4}rtp.EXE"),
        ("\u{410}\u{41e} \u{41b}\u{430}\u{431}.exe", "\u{430}\u{43e} \u{43b}\u{430}\u{431}.exe"),
        ("Caf\u{e9}.exe", "CAFE\u{301}.exe"),
    ])
    func caseAndUnicodeFormMakeNoDifferenceOnWindows(listed: String, seen: String) throws {
        let catalog = try catalog(Self.row(listed, on: "windows", kind: "process"))
        #expect(catalog.signals(platform: .windows, kind: .process, named: seen).count == 1)
        #expect(catalog.signals(platform: .windowsServer, kind: .process, named: seen).count == 1)
        #expect(catalog.signals(platform: .linux, kind: .process, named: seen).isEmpty)
    }

    @Test func versionsInNamesAreMatchedByPrefix() throws {
        let catalog = try catalog(Self.row("AVP.KES.*", on: "windows", kind: "service"))
        #expect(catalog.signals(platform: .windows, kind: .service, named: "avp.kes.21.13").count == 1)
        #expect(catalog.signals(platform: .windows, kind: .service, named: "AVPX.KES.21").isEmpty)
    }

    @Test func aLookAlikeWinsOverThePrefixThatItResembles() throws {
        let catalog = try catalog(
            Self.row("FortiClient*", on: "windows", kind: "uninstall_name"),
            "lookalike\twindows\tuninstall_name\ts\tFortiClient VPN*\n"
        )
        func lookup(_ name: String) -> Catalog.Lookup {
            catalog.lookup(platform: .windows, kind: .uninstallName, named: name)
        }
        guard case .lookAlike = lookup("FortiClient VPN 7.2") else { throw Missed() }
        guard case .unknown = lookup("Forti") else { throw Missed() }
        #expect(lookup("FortiClient 7.2").signals.count == 1)
    }

    @Test(arguments: [
        "C:\\Program Files (x86)\\AVAST Software\\Avast", "d:\\program files\\Avast Software\\avast\\AvastSvc.exe",
        "%ProgramFiles%\\Avast Software\\Avast\\setup\\x.exe", "\\??\\C:\\Program Files\\Avast Software\\Avast",
    ])
    func aPathIsFoundWhateverItsDriveAndFolderOfPrograms(path: String) throws {
        let catalog = try catalog(Self.row("%ProgramFiles%\\Avast Software\\Avast", on: "windows", kind: "path"))
        #expect(catalog.signals(platform: .windows, kind: .path, named: path).count == 1)
        #expect(catalog.signals(platform: .windows, kind: .path, named: path.replacing("vast", with: "vest")).isEmpty)
    }

    @Test func aRegistryKeyIsTheSameInBothViews() throws {
        let catalog = try catalog(Self.row("HKLM\\SOFTWARE\\KasperskyLab\\protected", on: "windows", kind: "registry"))
        for key in ["HKLM\\SOFTWARE\\WOW6432Node\\KasperskyLab\\protected", "hklm\\software\\kasperskylab\\PROTECTED"] {
            #expect(catalog.signals(platform: .windows, kind: .registry, named: key).count == 1)
        }
    }

    @Test func onlyWantedPlatformsAreKeptButAllAreChecked() throws {
        let text = Self.head + Self.row("alpha") + Self.row("a.exe", on: "windows", kind: "process")
        let catalog = try Catalog(text: text.utf8, for: [.windowsServer])
        #expect(catalog.signals.map(\.value) == ["a.exe"])
        let wrong = text + Self.row("x", on: "macos")
        #expect(throws: CatalogError.self) { _ = try Catalog(text: wrong.utf8, for: [.linux]) }
        #expect(try Catalog(text: wrong.utf8, for: [.linux], isChecked: true).signals.map(\.value) == ["alpha"])
    }

    // MARK: Bad catalogs

    @Test(
        arguments: [
            ("version\t8\n", .duplicate),
            ("version\t0\n", .malformedLine),
            ("color\tred\n", .unknownWord),
            ("source\ts\tagain\n", .duplicate),
            ("source\tS!\tx\n", .malformedLine),
            ("family\tcc\twizard\tV\tP\n", .unknownWord),
            ("family\tcc\tunknown\tV\tP\n", .unknownWord),
            ("family\tunknown-x\tedr\tV\tP\n", .malformedLine),
            ("family\tCC\tedr\tV\tP\n", .malformedLine),
            ("family\tcc\tedr\tV\n", .malformedLine),
            ("family\tcc\tedr\tV\t\n", .malformedLine),
            ("family\taa\tedr\tV\tP\n", .duplicate),
            (row("x", of: "cc"), .unknownFamily),
            (row("x", source: "t"), .unknownSource),
            (row("x", on: "solaris"), .unknownWord),
            (row("x", on: "windows-server", kind: "process"), .unknownWord),
            (row("x", kind: "smell"), .unknownWord),
            (row("x.sys", kind: "driver"), .unknownWord),
            (row("x", on: "macos"), .unknownWord),
            (row("x", role: "virus"), .unknownWord),
            (row("x", strength: "maybe"), .unknownWord),
            ("signal\taa\tlinux\tdeb\tantivirus\tstrong\ts\n", .malformedLine),
            (row("x\tmore"), .malformedLine),
            (row("x\u{1}"), .malformedLine),
            (row("ab*"), .malformedLine),
            (row("opt/x", kind: "path"), .malformedLine),
            (row("/opt/../x", kind: "path"), .malformedLine),
            (row("/bin/x", kind: "process"), .malformedLine),
            (row("Avast\\Avast", on: "windows", kind: "path"), .malformedLine),
            (row("C:\\Program Files\\*\\x", on: "windows", kind: "path"), .malformedLine),
            (row("SOFTWARE\\X", on: "windows", kind: "registry"), .malformedLine),
            (row("klif.sys", on: "windows", kind: "minifilter"), .malformedLine),
            (row("klif.sys@32.04.00", on: "windows", kind: "minifilter"), .malformedLine),
            (row("alpha") + row("alpha"), .duplicate),
            (row("alpha") + row("alpha", of: "bb"), .ambiguousSignal),
            (row("alpha") + row("alpha", of: "bb", strength: "weak"), .ambiguousSignal),
            (
                row("A.exe", on: "windows", kind: "process") + row("a.EXE", of: "bb", on: "windows", kind: "process"),
                .ambiguousSignal
            ),
            (row("alpha") + "lookalike\tlinux\tdeb\ts\talpha\n", .ambiguousSignal),
            (row(String(repeating: "x", count: 257)), .tooLarge),
        ] as [(String, CatalogError.Code)]
    )
    func aBadRowIsRefusedWithItsLine(rows: String, code: CatalogError.Code) throws {
        let error = try #require(throws: CatalogError.self) {
            _ = try Catalog(text: (Self.head + "# c\n\n" + rows).utf8)
        }
        #expect(error.code == code)
        #expect(error.line == 6 + rows.count { $0 == "\n" })
        #expect(error.description.contains("line \(error.line)"))
    }

    @Test func aMakerMayHaveManyFamilies() throws {
        let catalog = try catalog(
            Self.row("V", on: "windows", kind: "publisher"),
            Self.row("V", of: "bb", on: "windows", kind: "publisher")
        )
        #expect(catalog.signals(platform: .windows, kind: .publisher, named: "v").count == 2)
    }

    @Test func aCatalogWithoutAVersionIsRefused() {
        let error = #expect(throws: CatalogError.self) { _ = try Catalog(text: "# nothing\n".utf8) }
        #expect(error?.code == .malformedLine && error?.line == 0)
    }

    @Test func invalidUTF8IsRefused() {
        let bytes =
            Array((Self.head + "signal\taa\tlinux\tdeb\t").utf8) + [0xff, 0xfe] + Array("\tstrong\ts\tx\n".utf8)
        let error = #expect(throws: CatalogError.self) { _ = try Catalog(text: bytes) }
        #expect(error?.code == .malformedLine)
    }

    @Test func aCatalogOverItsSizeIsRefusedBeforeItIsRead() {
        let error = #expect(throws: CatalogError.self) {
            _ = try Catalog(text: [UInt8](repeating: UInt8(ascii: "x"), count: CatalogLimits.textBytes + 1))
        }
        #expect(error?.code == .tooLarge && error?.line == 0)
    }

    @Test func tooManyFamiliesAreRefused() {
        let rows = (0..<CatalogLimits.families).map { "family\tf\($0)\tedr\tV\tP\n" }.joined()
        let error = #expect(throws: CatalogError.self) { _ = try Catalog(text: (Self.head + rows).utf8) }
        #expect(error?.code == .tooLarge && error?.line == CatalogLimits.families + 3)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func aMutatedCatalogIsReadOrRefusedAndNeverTraps(seed: UInt64) throws {
        let good = Array(
            (Self.head + Self.row("alpha")
                + Self.row("%ProgramFiles%\\B*", of: "bb", on: "windows", kind: "path", strength: "weak")
                + Self.row("a.sys@320400.5", on: "windows", kind: "minifilter") + "lookalike\tmacos\tlaunchd\ts\tx.y\n")
                .utf8
        )
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            do throws(CatalogError) {
                let catalog = try Catalog(text: random.mutated(good))
                for signal in catalog.signals where signal.family != nil {
                    let found = catalog.signals(platform: signal.platform, kind: signal.kind, named: signal.value)
                    #expect(!found.isEmpty, "seed \(seed): \(signal.value)")
                }
            } catch {
                #expect(!error.message.isEmpty, "seed \(seed)")
            }
        }
    }

    private struct Missed: Error {}
}
