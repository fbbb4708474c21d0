import Foundation
import Testing

/// Holds the sources to the catalog of strings: what people read stands in it, in both languages.
@Suite struct CatalogOfStringsTests {
    /// A breach, as a line to click on.
    private func place(_ source: SwiftSource, _ literal: SwiftSource.Literal) -> String {
        "\(source.path):\(literal.line): \(literal.text.prefix(80))"
    }

    /// Texts with several words that are no sentences for people.
    private static let exempt: Set<String> = [
        // A line for a shell.
        "  khien-agent enroll --state /var/lib/khien '\\(join)'",
        // A part of a page, the name of a PEM block, and a command.
        "CERTIFICATE REQUEST", "khien units",
        "<tr class=\\\"\\($0)\\\">",
    ]

    /// Files that write another language than those of people.
    private static let markup: Set<String> = ["Admin/Report/UnitReport+HTML.swift"]

    @Test
    func `No sentence for people stands outside the catalog of strings`() {
        let sources = SwiftSource.all("Admin")
        #expect(sources.count > 50)
        var breaches: [String] = []
        for source in sources where !source.path.hasPrefix("Admin/Language/") && !Self.markup.contains(source.path) {
            for literal in source.literals where !Self.exempt.contains(literal.text) {
                if literal.words.contains(/\p{L}{2,},? \p{L}{2,}/) { breaches.append(place(source, literal)) }
            }
        }
        #expect(breaches == [])
    }

    @Test
    func `Headers, help, headings and refusals are phrases, even of one word`() {
        var breaches: [String] = []
        let fronts = [
            "abstract:", "discussion:", "help:", "ArgumentHelp(", "ValidationError(", "title:", "ifEmpty:", "Field(",
        ]
        for source in SwiftSource.all("Admin") where !Self.markup.contains(source.path) {
            for (index, literal) in source.literals.enumerated() {
                let front = literal.lead
                let isHeader =
                    front == "," && index > 0
                    && source.literals[index - 1].lead.contains(/Column(<.*>)?\($/)
                let isMessage = front.contains(/AdminError\(\.\w+,$/)
                if isHeader || isMessage || fronts.contains(where: front.hasSuffix) {
                    breaches.append(place(source, literal))
                }
            }
        }
        #expect(breaches == [])
    }

    /// Whether whoever reads what is in a file is no officer: a device's program, or the engineer who starts the collector.
    private static func isForOthers(_ path: String) -> Bool {
        let ofDevices = [
            "Administration/DeviceRegistry", "Enrollment/", "Ingest/", "Server/Health", "Server/ReflectionHandler",
            "Server/ServerContext",
        ]
        let ofEngineers = [
            "Authority/", "Catalogs/CatalogSigner", "Commands/", "Measurement/", "Server/DataDirectory",
            "Server/Listen",
            "Server/SecureTransport", "Server/StateFile", "Store/Database", "Store/InitialData",
        ]
        return (ofDevices + ofEngineers).contains { path.hasPrefix("Collector/\($0)") }
    }

    @Test
    func `What the collector tells officers is in both languages`() {
        var breaches: [String] = []
        var looked = 0
        for source in SwiftSource.all("Collector") where !Self.isForOthers(source.path) {
            looked += 1
            // What is internal stays in the log.
            for literal in source.literals
            where literal.lead.contains(/CollectorError\(\.(?!internal,)\w+,$/) {
                breaches.append(place(source, literal))
            }
        }
        #expect(looked > 100)
        #expect(breaches == [])
    }

    // MARK: - The phrases themselves

    private func phrases() -> [(source: SwiftSource, english: SwiftSource.Literal, vietnamese: SwiftSource.Literal)] {
        SwiftSource.all.flatMap { source in
            source.phrases.map { (source, $0.english, $0.vietnamese) }
        }
    }

    @Test
    func `Every phrase says something in both languages, and takes the same figures in both`() {
        let phrases = phrases()
        #expect(phrases.count > 300)
        var breaches: [String] = []
        for (source, english, vietnamese) in phrases {
            let isEmpty = english.text.isEmpty || vietnamese.text.isEmpty
            if isEmpty || english.placeholders != vietnamese.placeholders { breaches.append(place(source, english)) }
        }
        #expect(breaches == [])
    }

    @Test
    func `No phrase was left untranslated`() {
        var breaches: [String] = []
        for (source, english, vietnamese) in phrases() {
            let words = vietnamese.words
            // A sentence without a single letter of Vietnamese is none.
            let isBare = words.count(where: \.isLetter) > 12 && words.unicodeScalars.allSatisfy(\.isASCII)
            if english.text == vietnamese.text || isBare { breaches.append(place(source, english)) }
        }
        #expect(breaches == [])
    }

    @Test
    func `Vietnamese is written with composed letters, which every terminal shows`() {
        var breaches: [String] = []
        for (source, _, vietnamese) in phrases() {
            let composed = vietnamese.text.precomposedStringWithCanonicalMapping
            if Array(composed.unicodeScalars) != Array(vietnamese.text.unicodeScalars) {
                breaches.append(place(source, vietnamese))
            }
        }
        #expect(breaches == [])
    }

    // MARK: - The walk itself

    @Test
    func `The walk sees literals, and not comments`() {
        let source = SwiftSource(
            """
            // "not this"
            let a = "one \\(b("x")) two" // nor "this"
            Phrase("Take \\(n).", vi: "Lấy \\(n).")
            Column("key", "Header one")
            """
        )
        #expect(source.literals.map(\.line) == [2, 3, 3, 4, 4])
        #expect(source.literals[0].words == "one  two")
        #expect(source.phrases.map { $0.vietnamese.text } == ["Lấy \\(n)."])
        #expect(source.phrases.map { $0.english.placeholders } == [1])
    }
}
