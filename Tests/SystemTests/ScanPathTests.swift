import Foundation
import Testing

/// What `khien-agent scan` and `khien-agent catalog` say of trees, disks, recordings and catalogs that somebody hands them.
@Suite struct ScanPathTests {
    /// A scan as programs read it, with its sources in one order.
    private struct Result {
        let text: String
        let products: [String: [String: Any]]
        let findings: Set<String>

        init(_ outcome: Program.Outcome) throws {
            try #require(outcome.status == 0, "\(outcome.errors)")
            var document = try #require(try json(outcome.output) as? [String: Any])
            let sources = try #require(document["sources"] as? [[String: Any]])
            document["sources"] = sources.sorted { "\($0["source"] ?? "")" < "\($1["source"] ?? "")" }
            let bytes = try JSONSerialization.data(withJSONObject: document, options: [.sortedKeys, .prettyPrinted])
            text = String(decoding: bytes, as: UTF8.self)
            let products = try #require(document["products"] as? [[String: Any]])
            self.products = Dictionary(products.map { ($0["family"] as? String ?? "", $0) }) { first, _ in first }
            let findings = try #require(document["findings"] as? [[String: Any]])
            self.findings = Set(findings.compactMap { $0["kind"] as? String })
        }
    }

    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appending(path: "khien-scan-\(UUID().uuidString)")
        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(at: url) }

        func file(_ name: String, _ text: String = "") throws -> String { try file(name, Data(text.utf8)) }

        func file(_ name: String, _ data: Data) throws -> String {
            let file = url.appending(path: name)
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try data.write(to: file)
            return file.path
        }
    }

    private func scan(_ arguments: String...) async throws -> Result {
        try Result(try await Program.agent.run(["scan", "--format", "json"] + arguments))
    }

    @Test func aRecordedWindowsDeviceIsJudgedAndExplained() async throws {
        let result = try await scan("--recording", PreparedRecording.path)
        #expect(result.findings == ["multiple-antivirus", "unapproved-antivirus", "ghost-registration"])
        let explained = try await Program.agent.run("scan", "--recording", PreparedRecording.path, "--explain")
        #expect(explained.status == 0, "\(explained.errors)")
        for words in [
            "Counts: it is proven to be installed.", "aswMonFlt.sys@320700",
            "its files are gone", "does not say that it protects", "ghost-registration: ",
            "The approved product (kaspersky-endpoint-security) is here.",
        ] {
            #expect(explained.output.contains(words), "\(words)\n\(explained.output)")
        }
    }

    @Test(arguments: [ExampleGuard.securityCenterRow, ExampleGuard.driver])
    func whatNoCatalogKnowsIsShownAndAccusesNobody(records: String) async throws {
        let folder = try Folder()
        let path = try folder.file("device.jsonl", try PreparedRecording.approved(adding: [records]))
        let result = try await scan("--recording", path)
        let unknown = result.products.filter { $0.key.hasPrefix("unknown-") }.values
        #expect(unknown.count == 1, "\(result.text)")
        #expect(unknown.allSatisfy { $0["role"] as? String == "unknown" && $0["counts"] as? Bool == false })
        #expect(result.findings.isEmpty, "\(result.findings)")
        let shown = try await Program.agent.run("scan", "--recording", path, "--explain")
        #expect(shown.output.contains("The center has to look at it."), "\(shown.output)")
    }

    @Test(arguments: [
        "kesl-only", "conflict", "clamav-beside-kesl", "ghost", "damaged-dpkg", "mac-conflict", "mac-kes-norton-left",
        "mac-waiting",
    ])
    func aRecordingOfATreeIsJudgedLikeTheTree(fixture: String) async throws {
        let folder = try Folder()
        let path = folder.url.appending(path: "tree.jsonl").path
        let seen = try await scan("--root", Province.fixture(fixture), "--record", path)
        let judged = try await scan("--recording", path)
        #expect(judged.text == seen.text)
        #expect(!seen.products.isEmpty)

        // A recording is never written over.
        let again = try await Program.agent.run("scan", "--root", Province.fixture(fixture), "--record", path)
        #expect(again.status == 2 && again.errors.contains(path), "\(again)")
    }

    @Test func aMountedWindowsDiskIsJudgedAndADirtyHiveIsNamed() async throws {
        let folder = try Folder()
        let programs = #"C:\Program Files (x86)\Kaspersky Lab\KES.12.6.0"#
        let avast = #"C:\Program Files\Avast Software\Avast"#
        let uninstall = #"Microsoft\Windows\CurrentVersion\Uninstall\"#
        func program(_ key: String, _ name: String, _ publisher: String, _ folder: String) -> TestKey {
            .at(
                uninstall + key,
                [.text("DisplayName", name), .text("Publisher", publisher), .text("InstallLocation", folder)]
            )
        }
        func service(_ name: String, _ file: String) -> TestKey {
            .at(
                #"ControlSet001\Services\"# + name,
                [.number("Type", 16), .number("Start", 2), .text("ImagePath", file)]
            )
        }
        let software = TestHive([
            .at(
                #"Microsoft\Windows NT\CurrentVersion"#,
                [.text("ProductName", "Windows 10 Pro"), .text("InstallationType", "Client")]
            ),
            program("Avast Antivirus", "Avast Free Antivirus", "Avast Software", avast),
            program("KES", "Kaspersky Endpoint Security for Windows", "AO Kaspersky Lab", programs),
        ])
        var system = TestHive([
            TestKey("Select", [.number("Current", 1)]),
            .at(#"ControlSet001\Control\ComputerName\ComputerName"#, [.text("ComputerName", "KETOAN-06")]),
            service("AVP.KES.21.18", programs + #"\avp.exe"#),
            service("avast! Antivirus", avast + #"\AvastSvc.exe"#),
        ])
        _ = try folder.file("Windows/System32/config/SOFTWARE", Data(software.bytes))
        _ = try folder.file("Windows/System32/config/SYSTEM", Data(system.bytes))
        _ = try folder.file("Program Files (x86)/Kaspersky Lab/KES.12.6.0/avp.exe", "MZ")
        _ = try folder.file("Program Files/Avast Software/Avast/AvastSvc.exe", "MZ")

        let seen = try await scan("--root", folder.url.path, "--record", folder.url.appending(path: "disk.jsonl").path)
        #expect(seen.findings == ["multiple-antivirus", "unapproved-antivirus"], "\(seen.text)")
        #expect(seen.products.keys.sorted().starts(with: ["avast-antivirus", "kaspersky-endpoint-security"]))
        #expect(seen.text.contains("KETOAN-06"))
        #expect(try await scan("--recording", folder.url.appending(path: "disk.jsonl").path).text == seen.text)

        // Windows was not shut down: what it wrote last is in its log and not in the hive.
        system.setSequences(begun: 8, finished: 7)
        _ = try folder.file("Windows/System32/config/SYSTEM", Data(system.bytes))
        let dirty = try await Program.agent.run("scan", "--root", folder.url.path, "--explain")
        #expect(dirty.status == 0 && dirty.output.contains("NOT READ"), "\(dirty.output)\(dirty.errors)")
        #expect(dirty.output.contains("SYSTEM"), "\(dirty.output)")
    }

    /// As long as a catalog of ten million rows; only its first rows are on the disk.
    @Test func aCatalogOfTenMillionRowsIsRefusedWithoutBeingRead() async throws {
        let folder = try Folder()
        let rows = (0..<40_000).map { "family\tmade-up-\($0)\tantivirus\tVendor\tMade up \($0)\n" }.joined()
        let path = try folder.file("catalog.tsv", "version\t1000\n" + rows)
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.truncate(atOffset: 4 << 30)
        try file.close()
        // Whoever keeps it all has no room for it, and the system counts what is read.
        func run(_ program: Program, _ arguments: String...) async throws -> Program.Outcome {
            let limited = #"ulimit -v 1500000; "$0" "$@"; status=$?; sed -n 's/^rchar: //p' /proc/$$/io; exit $status"#
            let shell = URL(filePath: "/bin/sh")
            let started = try RunningProgram(shell, ["-c", limited, program.path.path] + arguments, environment: [:])
            let outcome = await started.outcome()
            // A kernel may be built without this count.
            if let count = Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)) {
                #expect(count < 64 << 20, "\(count) bytes were read.")
            }
            return outcome
        }
        let checked = try await run(.agent, "catalog", "check", path)
        #expect(checked.status == 1 && checked.errors.contains("more than 786432 bytes"), "\(checked)")
        let tried = try await run(.agent, "scan", "--catalog", path)
        #expect(tried.status == 2 && tried.errors.contains("more than 786432 bytes"), "\(tried)")
        let published = try await run(.admin, "--profile", folder.url.path, "catalog", "publish", path)
        #expect(published.status == 2 && published.errors.contains("is too large"), "\(published)")
    }

    @Test func aCatalogIsCheckedBeforeAnybodyPublishesIt() async throws {
        let folder = try Folder()
        let good = try folder.file("good.tsv", "version\t7\n" + ExampleGuard.rows)
        let accepted = try await Program.agent.run("catalog", "check", good)
        #expect(accepted.status == 0 && accepted.output.contains("windows 3"), "\(accepted)")
        let text = "version\t7\n" + ExampleGuard.rows.replacing("example-guard\tlinux\tdeb", with: "other\tlinux\tdeb")
        let bad = try await Program.agent.run("catalog", "check", try folder.file("bad.tsv", text))
        #expect(bad.status == 1 && bad.errors.contains("bad.tsv:4: "), "\(bad)")

        // And tried out on a device, where it makes an unknown one known.
        let recorded = try PreparedRecording.approved(adding: [ExampleGuard.driver])
        let tried = try await scan(
            "--recording",
            try folder.file("device.jsonl", recorded),
            "--catalog",
            good,
            "--approved",
            ExampleGuard.family
        )
        #expect(tried.products.keys.contains(ExampleGuard.family), "\(tried.text)")
    }
}
