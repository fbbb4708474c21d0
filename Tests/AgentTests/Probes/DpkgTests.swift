import Shared
import Testing

@testable import Agent

@Suite struct DpkgTests {
    private struct Parsed: Equatable {
        var states: [String: DpkgParser.State] = [:]
        var packages = 0
        var damaged = 0
    }

    /// Reads bytes in chunks of this size, as a file would come.
    private func parse(_ bytes: [UInt8], chunk: Int = 65536, lineBytes: Int = 65536) -> Parsed {
        var parser = DpkgParser()
        var splitter = LineSplitter(lineBytes: lineBytes)
        var parsed = Parsed()
        let body = { (package: DpkgParser.Package) in
            parsed.states[String(decoding: package.name, as: UTF8.self)] = package.state
        }
        var start = 0
        while start < bytes.count {
            let end = min(start + chunk, bytes.count)
            bytes[start..<end].withUnsafeBytes { buffer in
                _ = splitter.feed(buffer) { line, ending in
                    parser.take(line, ending, body: body)
                    return true
                }
            }
            start = end
        }
        splitter.finish { line, ending in
            parser.take(line, ending, body: body)
            return true
        }
        parser.finish(body: body)
        parsed.packages = parser.packages
        parsed.damaged = parser.damaged
        return parsed
    }

    private func parse(_ text: String) -> Parsed { parse(Array(text.utf8)) }

    @Test(
        arguments: [
            ("install ok installed", .installed), ("hold ok installed", .installed),
            ("deinstall ok installed", .installed),
            ("install ok triggers-pending", .installed), ("install ok triggers-awaited", .installed),
            ("install ok half-configured", .halfInstalled), ("install reinstreq half-installed", .halfInstalled),
            ("install ok unpacked", .halfInstalled), ("deinstall ok config-files", .configurationFiles),
        ] as [(String, DpkgParser.State)]
    )
    func aStatusSaysHowFarAPackageIsInstalled(status: String, state: DpkgParser.State) {
        #expect(parse("Package: x\nStatus: \(status)\n\n").states == ["x": state])
    }

    @Test func aPackageThatIsNotInstalledIsNotThere() {
        #expect(parse("Package: x\nStatus: purge ok not-installed\n\n") == Parsed())
    }

    @Test func fieldNamesMayBeWrittenInAnyCaseAndAnyOrder() {
        #expect(parse("status: install ok installed\nPACKAGE:   x  \r\n\n").states == ["x": .installed])
    }

    @Test(arguments: [
        "Package: x\n\n", "Status: install ok installed\n\n", "Package: x\nStatus: install ok\n\n",
        "Package: x\nStatus: install ok wonderful\n\n", "Package: a b\nStatus: install ok installed\n\n",
        "Package: ../../etc/passwd\nStatus: install ok installed\n\n", "Package:\nStatus: install ok installed\n\n",
        "Package: x\nStatus: install ok installed\n\u{1}garbage\n\n", " a line of nothing\nPackage: x\n\n",
        "Package: x\nStatus: install ok installed\nStatus: install ok installed\n\n",
        "Package: x\nVersion: 1\nVersion: 2\nStatus: install ok installed\n\n",
    ])
    func aDamagedParagraphIsLeftOutAndTheNextIsRead(damaged: String) {
        let parsed = parse(damaged + "Package: good\nStatus: install ok installed\n\n")
        #expect(parsed.states == ["good": .installed])
        #expect(parsed.damaged == 1)
    }

    @Test func aParagraphThatRunsIntoTheNextDoesNotTakeItWithIt() {
        let parsed = parse("Package: lost\nSect" + "\nPackage: good\nStatus: install ok installed\n\n")
        #expect(parsed.damaged == 1)
        #expect(parsed.states.isEmpty == false)
        let clean = parse("Package: lost\nPackage: good\nStatus: install ok installed\n\n")
        #expect(clean.states == ["good": .installed] && clean.damaged == 1)
    }

    @Test func everyTruncationKeepsThePackagesBeforeIt() {
        let first = Array("Package: one\nStatus: install ok installed\nVersion: 1\n\n".utf8)
        let second = Array("Package: two\nStatus: install ok installed\nVersion: 2\nDescription: text\n more\n\n".utf8)
        for length in 0...second.count {
            let parsed = parse(first + second.prefix(length))
            #expect(parsed.states["one"] == .installed, "\(length) bytes")
            #expect(parsed.packages + parsed.damaged <= 2)
            // Cut inside a line, the paragraph may say anything.
            if length > 0, second[length - 1] != 0x0a { #expect(parsed.damaged == 1, "\(length) bytes") }
        }
    }

    @Test func aVeryLongFieldIsNoDamage() {
        let long = String(repeating: "libx (>= 1), ", count: 20_000)
        let parsed = parse("Package: x\nDepends: \(long)\nStatus: install ok installed\n\n")
        #expect(parsed.states == ["x": .installed] && parsed.damaged == 0)
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func mutatedDatabasesReadTheSameInChunksOfAnySize(seed: UInt64) {
        let good = Array(
            """
            Package: kesl
            Status: install ok installed
            Architecture: amd64
            Version: 12.1.0-1543
            Description: words
             more words

            Package: clamav
            Status: deinstall ok config-files
            Version: 1.0.7+dfsg

            """.utf8
        )
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let mutated = random.mutated(good)
            let whole = parse(mutated)
            #expect(whole.packages <= 64, "seed \(seed)")
            for chunk in [1, 3, 16] {
                #expect(parse(mutated, chunk: chunk) == whole, "seed \(seed), chunks of \(chunk)")
            }
        }
    }

    // MARK: The probe

    @Test func ofAHundredThousandPackagesTheOneThatMattersIsFound() throws {
        let tree = try PreparedTree()
        var text = ""
        for index in 0..<100_000 {
            let name = index == 77_777 ? "kesl" : "package-\(index)"
            text += "Package: \(name)\nStatus: install ok installed\nArchitecture: all\nVersion: 1.\(index)\n\n"
        }
        try tree.file("/var/lib/dpkg/status", text)
        let result = DpkgProbe(context: try tree.context()).run()
        #expect(result.status == SourceStatus(source: .dpkg, state: .complete, entries: 100_000))
        #expect(result.observations.map(\.version) == ["1.77777"])

        var limits = ProbeLimits()
        limits.packages = 1000
        let cut = DpkgProbe(context: try tree.context(limits: limits)).run()
        #expect(cut.status.state == .partial && cut.status.reason == "more than 1000 packages")

        limits = ProbeLimits()
        limits.databaseBytes = 100_000
        let short = DpkgProbe(context: try tree.context(limits: limits)).run()
        #expect(short.status.state == .partial && short.status.reason.contains("larger than the limit"))

        let overdue = DpkgProbe(context: try tree.context(now: hastyClock())).run()
        #expect(overdue.status.state == .partial && overdue.status.reason == ProbeContext.overdue)
    }

    @Test func aSystemWithoutTheDatabaseHasNoSuchSource() throws {
        #expect(DpkgProbe(context: try PreparedTree().context()).run().status.state == .absent)
    }

    @Test func aPipeInPlaceOfTheDatabaseIsRefusedAtOnce() throws {
        let tree = try PreparedTree()
        try tree.pipe("/var/lib/dpkg/status")
        let status = DpkgProbe(context: try tree.context()).run().status
        #expect(status.state == .unavailable && status.reason.contains("not a regular file"))
    }

    @Test func anEmptyDatabaseBesideFileListsIsDamage() throws {
        let tree = try PreparedTree()
        try tree.file("/var/lib/dpkg/status", "")
        #expect(DpkgProbe(context: try tree.context()).run().status.state == .complete)
        try tree.file("/var/lib/dpkg/info/bash.list")
        #expect(DpkgProbe(context: try tree.context()).run().status.state == .unavailable)
    }

    @Test func filesOfAnImageWithoutAPackageManagerCount() throws {
        let tree = try PreparedTree()
        try tree.file("/var/lib/dpkg/status.d/mdatp", "Package: mdatp\nVersion: 101.1\n")
        try tree.file("/var/lib/dpkg/status.d/mdatp.md5sums", "00 no paragraph\n")
        let result = DpkgProbe(context: try tree.context()).run()
        #expect(result.status == SourceStatus(source: .dpkg, state: .complete, entries: 1))
        #expect(result.observations.map(\.fact.weight) == [.installed])
    }

    @Test func hostileTextOfAPackageIsMadeFitForAReport() throws {
        let tree = try PreparedTree()
        let version = Array("9\u{1b}[2J".utf8) + [0xff] + Array(repeating: UInt8(ascii: "9"), count: 200)
        try tree.file(
            "/var/lib/dpkg/status",
            bytes: Array("Package: mdatp\nStatus: install ok installed\nArchitecture: ../../..\nVersion: ".utf8)
                + version
                + [0x0a, 0x0a]
        )
        let found = DpkgProbe(context: try tree.context()).run().observations
        let text = try #require(found.first?.version)
        #expect(text.utf8.count <= WireLimits.shortBytes && !text.unicodeScalars.contains("\u{1b}"))
        #expect(found.allSatisfy { $0.fact.detail.utf8.count <= WireLimits.textBytes })
    }

    @Test func theListOfAPackageForSeveralArchitecturesIsFound() throws {
        let tree = try PreparedTree()
        try tree.dpkg((name: "mdatp", status: "install ok installed"))
        try tree.file("/var/lib/dpkg/info/mdatp:amd64.list", "/opt/microsoft\n/opt/microsoft/mdatp/sbin/wdavdaemon\n")
        try tree.program("/opt/microsoft/mdatp/sbin/wdavdaemon")
        let found = DpkgProbe(context: try tree.context()).run().observations.map(\.fact)
        #expect(found.map(\.source) == [.dpkg, .installPath])
        #expect(found.map(\.value) == ["mdatp", "/opt/microsoft/mdatp/sbin/wdavdaemon"])
    }
}
