import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// The commands about the catalog, against a fake collector over real TLS.
@Suite struct CatalogCommandTests {
    private static let text = """
        version\t3
        source\ts\there
        family\tkes\tantivirus\tKaspersky\tKaspersky Endpoint Security
        signal\tkes\tlinux\tdeb\tantivirus\tstrong\ts\tkesl

        """

    private func withFile(_ text: String, _ body: (String) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        try folder.write("catalog.txt", text)
        try await body(folder.path + "/catalog.txt")
        withExtendedLifetime(folder) {}
    }

    @Test("a catalog is published as it is in the file", arguments: [true, false])
    func publish(isDryRun: Bool) async throws {
        try await withFile(Self.text) { file in
            try await TestCollector.serving { collector in
                let run = try await collector.khien(["catalog", "publish", file] + (isDryRun ? ["--dry-run"] : []))
                #expect(run.status == .done, "\(run.errors)")
                let call = "publishCatalog \(Self.text.utf8.count) \(isDryRun)"
                #expect(collector.service.calls == ["showCatalog false", call])
                #expect(run.output.contains("5037") && run.output.contains("nothing was changed") == isDryRun)
            }
        }
    }

    @Test(
        "a catalog that is wrong goes nowhere, and the line is named",
        arguments: [
            (text + "family\tkes\tedr\tV\tP\n", "line 5"), ("version\t1\ncolor\tred\n", "line 2"),
            ("", "no row 'version'"),
            (String(repeating: "#", count: 768 * 1024 + 1), "too large: at most 768 KiB"),
        ]
    )
    func bad(text: String, words: String) async throws {
        try await withFile(text) { file in
            try await TestCollector.serving { collector in
                let run = try await collector.khien(["catalog", "publish", file])
                #expect(run.status == .usage && run.output == "")
                #expect(run.errors.contains(words), "\(run.errors)")
                #expect(collector.service.calls == [])
            }
        }
    }

    @Test(
        "a catalog that is in use already changes nothing, and one that was not published does",
        arguments: [true, false]
    )
    func known(isPublished: Bool) async throws {
        var answers = FakeAdministration.Answers()
        answers.catalog = .with {
            $0.version = 3
            $0.published = isPublished
        }
        try await withFile(Self.text) { file in
            try await TestCollector.serving(answers) { collector in
                let run = try await collector.khien("catalog", "publish", file)
                #expect(run.output.contains("Version 3 was in use already") == isPublished)
            }
        }
    }

    @Test("the families of the catalog are listed, by the names that options take")
    func families() async throws {
        var answers = FakeAdministration.Answers()
        answers.catalog = .with {
            $0.version = 3
            $0.text = Data(Self.text.utf8)
        }
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("catalog", "show", "--families", "--format", "csv")
            #expect(
                run.output == "family_code,name,vendor,role\nkes,Kaspersky Endpoint Security,Kaspersky,antivirus\n",
                "\(run.errors)"
            )
            let both = try await collector.khien("catalog", "show", "--families", "--text")
            #expect(both.status == .usage && both.errors.contains("two views"))
        }
    }

    @Test("a file that is not there is named")
    func missing() async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(["catalog", "publish", "/none/catalog.txt"])
            #expect(run.status == .usage && run.errors.contains("/none/catalog.txt: does not exist"))
        }
    }

    @Test("the catalog in use is described, or printed byte by byte")
    func show() async throws {
        var answers = FakeAdministration.Answers()
        answers.catalog = .with {
            $0.version = 3
            $0.families = 1
            $0.published = true
            $0.publishedBy = "center"
            $0.digest = Data([0xab, 0x01])
            $0.text = Data(Self.text.utf8)
        }
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("catalog", "show")
            #expect(run.output.contains("ab01") && run.output.contains("center") && !run.output.contains("kesl"))
            let text = try await collector.khien("catalog", "show", "--text")
            #expect(text.output == Self.text)
            #expect(collector.service.calls == ["showCatalog false", "showCatalog true"])
        }
    }

    @Test("what no catalog knows is listed with what devices reported", arguments: OutputFormat.allCases)
    func unknowns(format: OutputFormat) async throws {
        var answers = FakeAdministration.Answers()
        answers.unknowns = [
            .with {
                $0.family = "unknown-son-tinh-01234567"
                $0.name = "Sơn Tinh"
                $0.devices = 12
                $0.units = 3
                $0.firstSeenMs = Run.now
                $0.facts = [
                    .with {
                        $0.source = .minifilter
                        $0.value = "sontinh.sys@321999"
                    }
                ]
            }
        ]
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("unknowns", "--format", format.rawValue)
            #expect(run.output.contains("Sơn Tinh") && run.output.contains("minifilter sontinh.sys@321999"))
            #expect(run.output.contains("1 unknown antivirus.") == (format == .table))
        }
    }
}
