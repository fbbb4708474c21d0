import Foundation
import Shared
import Testing

@testable import Agent

@Suite struct VendorAnswerTests {
    private static let now: Int64 = 1_764_000_000

    private func mdatp(_ text: String) -> ProductStatus? {
        MdatpHealth.status(answer(text, exitStatus: 0))
    }

    private func kesl(_ text: String, exitStatus: Int32 = 0, isRunning: Bool = true) -> ProductStatus? {
        KeslState.status(answer(text, exitStatus: exitStatus, isRunning: isRunning))
    }

    private func answer(_ text: String, exitStatus: Int32, isRunning: Bool = true) -> VendorTool.Answer {
        VendorTool.Answer(
            output: Array(text.utf8),
            exitStatus: exitStatus,
            isProductRunning: isRunning,
            time: Self.now
        )
    }

    // MARK: Microsoft Defender for Endpoint

    @Test(
        arguments: [
            (
                #"{"realTimeProtectionEnabled":{"$type":"v","value":false},"passiveModeEnabled":{"value":true}}"#,
                .passive
            ),
            (#"{"real_time_protection_enabled":true,"passive_mode_enabled":false}"#, .on),
            (#"{"realTimeProtectionEnabled":{"value":false},"passiveModeEnabled":{"value":false}}"#, .off),
            (#"{"realTimeProtectionEnabled":{"value":false},"licensed":true}"#, nil),
            (#"{"realTimeProtectionEnabled":{"value":true},"passiveModeEnabled":{"value":true},"licensed":true}"#, nil),
            (#"{"realTimeProtectionEnabled":"maybe","passiveModeEnabled":{"valve":false},"licensed":true}"#, nil),
        ] as [(String, ProductStatus.Protection?)]
    )
    func whetherDefenderProtectsIsUnderstoodOrUnknown(text: String, expected: ProductStatus.Protection?) throws {
        #expect(try #require(mdatp(text)).protection == expected)
    }

    @Test func defendersSignaturesAndLicenseAreRead() throws {
        let current = try #require(
            mdatp(#"{"definitionsStatus":{"$type":"upToDate"},"definitionsUpdated":1763997000000,"licensed":false}"#)
        )
        #expect(current.signatures == .current && current.license == .missing)
        #expect(current.signaturesAt == 1_763_996_400, "to the hour")
        #expect(mdatp(#"{"definitions_status":"outdated"}"#)?.signatures == .outdated)
        #expect(mdatp(#"{"definitionsStatus":{"$type":"unknown"},"licensed":true}"#)?.signatures == nil)
        #expect(mdatp(#"{"definitionsUpdated":1700000000}"#)?.signatures == .outdated)
    }

    @Test(arguments: ["", "ERROR: not running", "[]", "{}", #"{"healthy":true}"#, #"{"passiveModeEnabled":tr"#])
    func anAnswerThatSaysNothingIsNone(text: String) {
        #expect(mdatp(text) == nil)
    }

    @Test func settingsSayOnlyThatDefenderStandsAside() {
        func level(_ level: String) -> ProductStatus? {
            MdatpHealth.status(settings: Array(#"{"antivirusEngine":{"enforcementLevel":"\#(level)"}}"#.utf8))
        }
        #expect(level("passive")?.protection == .passive)
        #expect(level("real_time") == nil && level("on_demand") == nil)
    }

    // MARK: Kaspersky Endpoint Security

    private static let app = """
        Name:                                       Kaspersky Endpoint Security 10 SP1 for Linux
        Version:                                    10.1.0.5960
        Key status:                                 Valid
        License expiration date:                    2025-12-31
        Last release date of databases:             2025-11-23 04:11:00
        Anti-virus databases loaded:                Yes
        KSN state:                                  Off
        File monitoring:                            Available and running
        Firewall Management:                        Available and stopped
        """

    @Test func anAnswerOfKaspersky() throws {
        let status = try #require(kesl(Self.app))
        #expect(status.protection == .on && status.signatures == .current && status.license == .valid)
        #expect(status.signaturesAt == 1_763_870_400)
    }

    @Test(
        arguments: [
            ("Available and running", "Available and stopped", .off), ("Available and running", "Starting", nil),
            ("File monitoring:", "File Threat Protection:", .on),
            ("Available and running", "Unavailable due to license limitation", nil),
        ] as [(String, String, ProductStatus.Protection?)]
    )
    func whetherKasperskyProtectsIsUnderstoodOrUnknown(old: String, new: String, expected: ProductStatus.Protection?) {
        #expect(kesl(Self.app.replacing(old, with: new))?.protection == expected)
    }

    @Test(
        arguments: [
            ("2025-11-23 04:11:00", "2025-11-10 04:11:00", .outdated),
            ("2025-11-23 04:11:00", "1970-01-01 00:00:00", nil),
            ("2025-11-23 04:11:00", "2025-11-17 08:00:00", .current),
            ("loaded:                Yes", "loaded: No", .outdated),
            ("Anti-virus databases", "Application databases", .current), ("2025-11-23", "2031-01-01", nil),
        ] as [(String, String, ProductStatus.Signatures?)]
    )
    func theAgeOfDatabasesIsJudgedWithItsZoneUnknown(old: String, new: String, expected: ProductStatus.Signatures?) {
        #expect(kesl(Self.app.replacing(old, with: new))?.signatures == expected)
    }

    @Test(
        arguments: [
            ("Valid", "Expired", .expired), ("2025-12-31", "2025-11-20", .expired),
            ("2025-12-31", "2025-11-24", .valid),
            ("Valid", "Blocked", nil), ("Valid", "Invalid", nil), ("Key status:", "License information:", .valid),
        ] as [(String, String, ProductStatus.License?)]
    )
    func theLicenseIsUnderstoodOrUnknown(old: String, new: String, expected: ProductStatus.License?) {
        #expect(kesl(Self.app.replacing(old, with: new))?.license == expected)
    }

    @Test(
        arguments: [
            (64, false, .off), (64, true, nil), (65, true, .off), (1, false, nil), (128, true, nil),
        ] as [(Int32, Bool, ProductStatus.Protection?)]
    )
    func exitStatusesSpeakWhereWordsDoNot(exitStatus: Int32, isRunning: Bool, expected: ProductStatus.Protection?) {
        #expect(kesl("", exitStatus: exitStatus, isRunning: isRunning)?.protection == expected)
    }

    @Test func missingDatabasesAreOutdated() {
        #expect(kesl("", exitStatus: 66)?.signatures == .outdated)
    }

    @Test(
        arguments: [
            ("2018-08-23 04:11:00", 1_534_997_460), ("2024-02-29", 1_709_164_800), ("2000-03-01", 951_868_800),
            ("2018-13-01", nil),
            ("1970-01-01 00:00:00", nil), ("9999-01-01", nil), ("2018-08", nil), ("2018-08-23 25:00", nil),
            ("never run", nil), ("--", nil),
            ("2018-08-23 04:11:00 +07", nil), ("99999999999999999999-01-01", nil),
        ] as [(String, Int64?)]
    )
    func datesAreReadOrUnknown(text: String, expected: Int64?) {
        #expect(KeslState.moment(text) == expected)
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func mutatedAnswersNeverTrap(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let health = Array(#"{"realTimeProtectionEnabled":{"value":true},"definitionsUpdated":1763996400000}"#.utf8)
        for _ in 0..<60 {
            let one = MdatpHealth.status(answer(String(decoding: random.mutated(health), as: UTF8.self), exitStatus: 0))
            #expect(one?.source ?? .vendorState == .vendorState, "seed \(seed)")
            let other = kesl(String(decoding: random.mutated(Array(Self.app.utf8)), as: UTF8.self))
            #expect(other?.source ?? .vendorState == .vendorState, "seed \(seed)")
        }
    }
}

/// One after the other: a program that is being written while another test starts one cannot be started itself.
@Suite(.serialized) struct VendorStateProbeTests {
    private let tree: PreparedTree

    init() throws { tree = try PreparedTree() }

    private static let catalog = Result {
        try Catalog(
            text: """
                version\t1
                source\ts\twords
                family\tmicrosoft-defender-endpoint\tantivirus\tMicrosoft\tDefender for Endpoint
                signal\tmicrosoft-defender-endpoint\tlinux\tdeb\tantivirus\tstrong\ts\tmdatp

                """.utf8
        )
    }

    /// What the other probes saw of the product.
    private func seen(_ weight: FactWeight?, _ state: SourceStatus.State = .complete) throws -> [ProbeResult] {
        let signal = try #require(try Self.catalog.get().signals.first)
        let found = weight.flatMap { Observation(signal, source: .dpkg, weight: $0) }
        return [ProbeResult(status: SourceStatus(source: .dpkg, state: state), observations: found.map { [$0] } ?? [])]
    }

    /// Runs the probe on this system's root with a script in place of the tool.
    private func run(
        _ script: String?,
        seen results: [ProbeResult],
        root: String = "/",
        now: @escaping Deadline.Now = stoppedClock()
    ) throws -> ProbeResult {
        if let script {
            try tree.file("/tool", "#!/bin/sh\n" + script)
            try tree.mode("/tool", 0o755)
        }
        var tool = try #require(VendorTool.all.first { $0.family == "microsoft-defender-endpoint" })
        tool.path = tree.path + "/tool"
        tool.settings = "/settings.json"
        let context = ProbeContext(
            root: try RootDirectory(path: root),
            catalog: try Self.catalog.get(),
            limits: ProbeLimits(),
            now: now
        )
        return VendorStateProbe(context: context, tools: [tool], owner: getuid(), time: { 1_764_000_000 })
            .run(beside: results)
    }

    private static let passive = #"echo '{"passiveModeEnabled":{"value":true}}'"#

    @Test func aProductsOwnWordIsAFactOfIt() throws {
        let result = try run(Self.passive, seen: seen(.running))
        #expect(result.status.state == .complete && result.status.source == .vendorState)
        let found = try #require(result.observations.first)
        #expect(found.status?.protection == .passive && found.fact.source == .vendorState)
        #expect(found.fact.weight == .installed && found.fact.kind == nil)
    }

    @Test(arguments: [nil, .leftover] as [FactWeight?])
    func aToolOfAProductThatWasNotSeenIsNotStarted(weight: FactWeight?) throws {
        let result = try run("touch \(tree.path)/started", seen: seen(weight))
        #expect(result.observations.isEmpty && result.status.state == .complete)
        #expect(!FileManager.default.fileExists(atPath: tree.path + "/started"))
    }

    @Test func aToolOfAPreparedTreeIsNotStarted() throws {
        // The tree has a program at the same path as this system.
        try tree.program(tree.path + "/tool")
        let result = try run("touch \(tree.path)/started", seen: seen(.installed), root: tree.path)
        #expect(result.observations.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: tree.path + "/started"))
        try tree.file("/settings.json", #"{"antivirusEngine":{"enforcementLevel":"passive"}}"#)
        let prescribed = try run(nil, seen: seen(.installed), root: tree.path).observations.first
        #expect(prescribed?.status?.protection == .passive && prescribed?.fact.weight == .registered)
    }

    @Test(arguments: [0o775, 0o757, 0o644])
    func aToolThatOthersCanChangeIsNotStarted(mode: Int) throws {
        try tree.file("/tool", "#!/bin/sh\ntouch \(tree.path)/started\n")
        try tree.mode("/tool", mode)
        let result = try run(nil, seen: seen(.installed))
        #expect(result.status.state == .unavailable)
        #expect(!FileManager.default.fileExists(atPath: tree.path + "/started"))
    }

    @Test func aToolInAFolderThatOthersCanChangeIsNotStarted() throws {
        try tree.folder("/open")
        try tree.file("/open/tool", "#!/bin/sh\ntouch \(tree.path)/started\n")
        try tree.mode("/open/tool", 0o755)
        try tree.mode("/open", 0o777)
        try tree.link("/tool", to: "open/tool")
        #expect(try run(nil, seen: seen(.installed)).status.state == .unavailable)
        #expect(!FileManager.default.fileExists(atPath: tree.path + "/started"))
        try tree.mode("/open", 0o755)
        _ = try run(nil, seen: seen(.installed))
        #expect(FileManager.default.fileExists(atPath: tree.path + "/started"))
    }

    @Test func aPipeInPlaceOfAToolIsNotStarted() throws {
        try tree.pipe("/tool")
        #expect(try run(nil, seen: seen(.installed)).status.reason.contains("no regular file"))
    }

    @Test(arguments: ["exit 1", "echo nonsense", "kill -9 $$", "echo '{\"healthy\":true}'"])
    func anAnswerThatIsNotUnderstoodSaysNothingOfProtection(script: String) throws {
        let result = try run(script, seen: seen(.installed))
        #expect(result.status.state == .unavailable && result.observations.isEmpty)
    }

    @Test func aToolThatDoesNotEndIsStopped() throws {
        let result = try run("exec sleep 1000", seen: seen(.installed), now: hastyClock())
        #expect(result.status.state == .unavailable && result.observations.isEmpty)
    }

    @Test func aToolThatNeverStopsTalkingIsStopped() throws {
        let result = try run("exec yes", seen: seen(.installed))
        #expect(result.status.state == .unavailable)
    }

    @Test(
        arguments: [(.complete, .complete), (.partial, .unavailable), (.unavailable, .unavailable), (.absent, .absent)]
            as [(SourceStatus.State, SourceStatus.State)]
    )
    func thatThereIsNobodyToAskIsKnownOnlyWhenAllWasRead(
        others: SourceStatus.State,
        expected: SourceStatus.State
    ) throws {
        #expect(try run("true", seen: seen(nil, others)).status.state == expected)
    }

    @Test func anAnswerInOneLongLineIsRead() throws {
        let script =
            #"printf '{"x":"'; head -c 20000 /dev/zero | tr '\0' x; "#
            + #"echo '","passiveModeEnabled":{"value":true}}'"#
        #expect(try run(script, seen: seen(.installed)).observations.first?.status?.protection == .passive)
    }

    @Test func aProductWithoutItsToolSaysNothing() throws {
        let result = try run(nil, seen: seen(.installed))
        #expect(result.status.state == .complete && result.observations.isEmpty)
    }
}
