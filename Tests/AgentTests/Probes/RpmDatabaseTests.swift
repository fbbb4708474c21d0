import Foundation
import Shared
import Testing

@testable import Agent

/// The real `rpm` on real databases; Debian's packages `rpm` and `db5.3-util` have what is needed.
@Suite(.serialized) struct RpmDatabaseTests {
    private static let tool = "/usr/bin/rpm"
    private static let builder = "/usr/bin/rpmbuild"
    private static let loader = "/usr/bin/db5.3_load"
    private let tree: PreparedTree

    init() throws { tree = try PreparedTree() }

    /// Whether the tools are there; says so where they are not.
    private static func has(_ tools: String...) -> Bool {
        let missing = tools.filter { access($0, X_OK) != 0 }
        if !missing.isEmpty {
            print("NOT TESTED: \(missing.joined(separator: ", ")) missing; apt-get install rpm db5.3-util")
        }
        return missing.isEmpty
    }

    private static let hasRpm = has(tool, builder)
    private static let hasBerkeley = hasRpm && has(loader, "/usr/bin/python3")

    private static let catalog = Result {
        try Catalog(
            text: """
                version\t1
                source\ts\twords
                family\tkesl\tantivirus\tKaspersky\tKESL
                signal\tkesl\tlinux\trpm\tantivirus\tstrong\ts\tkesl

                """.utf8
        )
    }

    private func probe(_ tree: PreparedTree) throws -> ProbeResult {
        RpmProbe(context: try tree.context(catalog: Self.catalog.get()), tools: [Self.tool]).run()
    }

    private func run(_ path: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(path) \(arguments)")
    }

    /// A database in `folder` below the tree, with a package that has a program and a setting.
    private func install(_ name: String = "kesl", in folder: String = "/var/lib/rpm") throws {
        let build = tree.path + "/build"
        try tree.file(
            "/build/p.spec",
            """
            Name: \(name)
            Version: 12.1.0
            Release: 1543
            Summary: s
            License: l
            BuildArch: noarch
            %description
            d
            %install
            mkdir -p %{buildroot}/opt/own/bin %{buildroot}/etc/own
            echo x > %{buildroot}/opt/own/bin/\(name)
            echo x > %{buildroot}/etc/own/\(name).conf
            %files
            %attr(755,root,root) /opt/own/bin/\(name)
            %ghost %attr(755,root,root) /opt/own/bin/\(name)-made-later
            /etc/own/\(name).conf
            """
        )
        try run(
            Self.builder,
            ["-bb", "--define", "_topdir \(build)/top", "--define", "_rpmdir \(build)", "\(build)/p.spec"]
        )
        try tree.folder(folder)
        try run(
            Self.tool,
            [
                "--dbpath", tree.path + folder, "-i", "--justdb", "--nodeps", "--noscripts", "--nosignature",
                "\(build)/noarch/\(name)-12.1.0-1543.noarch.rpm",
            ]
        )
    }

    @Test(.enabled(if: hasRpm), arguments: ["/var/lib/rpm", "/usr/lib/sysimage/rpm", "/usr/share/rpm"])
    func aDatabaseIsReadWhereverItIs(folder: String) throws {
        try install(in: folder)
        try tree.program("/opt/own/bin/kesl")
        let result = try probe(tree)
        #expect(result.status == SourceStatus(source: .rpm, state: .complete, entries: 1))
        #expect(result.observations.map(\.fact.source) == [.rpm, .installPath])
        #expect(result.observations.map(\.fact.value) == ["kesl", "/opt/own/bin/kesl"])
        #expect(result.observations.first?.version == "12.1.0-1543")
    }

    @Test(.enabled(if: hasRpm)) func aPackageWhoseProgramsAreGoneIsOnlyRegistered() throws {
        try install()
        try tree.file("/etc/own/kesl.conf")
        let found = try probe(tree).observations
        #expect(found.map(\.fact.weight) == [.registered])
        #expect(found.first?.fact.detail.contains("files are gone") == true)
    }

    @Test(.enabled(if: hasRpm)) func aFileThatIsMadeLaterProvesNothing() throws {
        try install()
        try tree.program("/opt/own/bin/kesl-made-later")
        #expect(try probe(tree).observations.map(\.fact.weight) == [.registered])
    }

    @Test(.enabled(if: hasRpm)) func packagesThatTheCatalogDoesNotHaveAreCounted() throws {
        try install("nobody")
        let result = try probe(tree)
        #expect(result.status.entries == 1 && result.observations.isEmpty && result.status.state == .complete)
    }

    @Test(.enabled(if: hasRpm)) func anEmptyDatabaseIsEmpty() throws {
        try tree.folder("/var/lib/rpm")
        try run(Self.tool, ["--dbpath", tree.path + "/var/lib/rpm", "--initdb"])
        #expect(try probe(tree).status == SourceStatus(source: .rpm, state: .complete, entries: 0))
    }

    @Test(.enabled(if: hasBerkeley)) func aBerkeleyDatabaseIsRead() throws {
        try install()
        try tree.program("/opt/own/bin/kesl")
        // Debian's rpm reads this form and does not write it: the headers of the one become those of the other.
        let convert = """
            import sqlite3, struct, sys
            def dump(name, kind, rows):
                out = open(sys.argv[2] + name, 'w')
                out.write('VERSION=3\\nformat=bytevalue\\ntype=%s\\ndb_pagesize=4096\\nHEADER=END\\n' % kind)
                for key, value in rows:
                    out.write(' %s\\n %s\\n' % (key.hex(), value.hex()))
                out.write('DATA=END\\n')
            number = lambda n: struct.pack('<I', n)
            headers = sqlite3.connect(sys.argv[1]).execute('select hnum, blob from Packages').fetchall()
            dump('Packages', 'hash', [(number(0), number(1))] + [(number(n), header) for n, header in headers])
            dump('Name', 'btree', [(b'kesl', number(n) + number(0)) for n, header in headers])
            """
        let dump = tree.path + "/build/"
        try run("/usr/bin/python3", ["-c", convert, tree.path + "/var/lib/rpm/rpmdb.sqlite", dump])
        try FileManager.default.removeItem(atPath: tree.path + "/var/lib/rpm")
        try tree.folder("/var/lib/rpm")
        for name in ["Packages", "Name"] {
            try run(Self.loader, ["-f", dump + name, tree.path + "/var/lib/rpm/" + name])
        }
        let result = try probe(tree)
        #expect(result.status == SourceStatus(source: .rpm, state: .complete, entries: 1))
        #expect(result.observations.map(\.fact.weight) == [.installed, .installed])
        #expect(try names("/var/lib/rpm") == ["Name", "Packages"], "nothing is written")
    }

    @Test(.enabled(if: hasRpm), arguments: ["Packages.db", "Packages", "rpmdb.sqlite"])
    func aDatabaseThatRpmCannotReadIsUnavailableAndStaysAsItWas(file: String) throws {
        try tree.file("/var/lib/rpm/" + file, String(repeating: "RpmP of another kind", count: 300))
        let result = try probe(tree)
        #expect(result.status.state == .unavailable && result.observations.isEmpty)
        #expect(try names("/var/lib/rpm").filter { !$0.hasPrefix(".") } == [file], "no new database beside it")
    }

    @Test(.enabled(if: hasRpm)) func anEmptyDatabaseBesideAnotherFormProvesNothing() throws {
        try tree.file("/var/lib/rpm/Packages.db", "RpmP")
        try run(Self.tool, ["--dbpath", tree.path + "/var/lib/rpm", "--initdb"])
        #expect(try probe(tree).status.state == .unavailable)
    }

    @Test(.enabled(if: hasRpm), arguments: 1...6 as ClosedRange<UInt64>)
    func aMutatedDatabaseIsReadOrUnavailable(seed: UInt64) throws {
        try install()
        let path = tree.path + "/var/lib/rpm/rpmdb.sqlite"
        let good = try [UInt8](Data(contentsOf: URL(filePath: path)))
        var random = SeededRandom(seed: seed)
        for _ in 0..<4 {
            try Data(random.mutated(good)).write(to: URL(filePath: path))
            let status = try probe(tree).status
            #expect(status.state != .absent && (status.state == .complete || !status.reason.isEmpty), "seed \(seed)")
        }
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: tree.path + folder).sorted()
    }
}
