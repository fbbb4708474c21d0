import Foundation
import Shared
import Testing

@testable import Agent

@Suite struct MacDiskTests {
    private let mac: MacTree

    init() throws { mac = try MacTree() }

    private func product(_ family: String) throws -> Product? {
        try mac.products().first { $0.family == family }
    }

    private func judge() throws -> OneAntivirusRule.Judgement {
        let reading = try mac.read()
        let products = try MacTree.catalog().products(of: reading.facts, on: .macOS)
        return OneAntivirusRule(approvedFamilies: ["own"])
            .judge(Inventory(products: products, sources: reading.sources))
    }

    // MARK: The disk

    @Test func aMacIsKnownByItsFilesAndNothingElseIsOne() throws {
        #expect(MacDisk.isMac(try RootDirectory(path: mac.tree.path)))
        let linux = try PreparedTree()
        try linux.file("/etc/os-release")
        try linux.folder("/Library/Preferences")
        #expect(!MacDisk.isMac(try RootDirectory(path: linux.path)))
        let data = try PreparedTree()
        try data.file("/Library/Preferences/SystemConfiguration/preferences.plist")
        try data.folder("/private/var/db")
        #expect(MacDisk.isMac(try RootDirectory(path: data.path)), "a data volume alone")
    }

    @Test func aHostSaysItsNameAndSystem() throws {
        try mac.list(
            "/Library/Preferences/SystemConfiguration/preferences.plist",
            ["System": ["System": ["ComputerName": "Máy của Hà\u{1b}"], "Network": [:]]]
        )
        let host = try mac.read().host
        #expect(host.name == "Máy của Hà\u{fffd}" && host.operatingSystem == "macOS 14.5")
        #expect(host.platform == .macOS && host.architecture == "unknown")
    }

    @Test func anEmptyMacHasNoSourceThatFailed() throws {
        let reading = try mac.read()
        #expect(reading.facts.isEmpty && reading.host.name == "unknown")
        #expect(reading.sources.map(\.source) == [.application, .systemExtension, .launchd, .installPath])
        #expect(reading.sources.map(\.state) == [.absent, .absent, .absent, .complete])
    }

    // MARK: Applications

    @Test(arguments: [PropertyListSerialization.PropertyListFormat.xml, .binary])
    func anApplicationIsInstalledWhenItsProgramIsThere(format: PropertyListSerialization.PropertyListFormat) throws {
        try mac.application("/Applications/Any.app", "com.own.app", format)
        try mac.application("/Applications/Utilities/Deep.app", "com.deep", program: false, format)
        let reading = try mac.read()
        #expect(reading.facts.map(\.value) == ["com.own.app", "com.deep"])
        #expect(reading.facts.map(\.weight) == [.installed, .leftover])
        #expect(reading.facts.first?.version == "12.1")
        #expect(reading.sources.first == SourceStatus(source: .application, state: .complete, entries: 2))
    }

    @Test func aProductsFolderOutsideApplicationsIsLookedInto() throws {
        try mac.application("/Library/Application Support/Own/Own Agent.app", "com.own.app")
        try mac.application("/Library/Application Support/Unknown/Any.app", "com.any")
        try mac.tree.folder("/Applications")
        #expect(try mac.read().facts.filter { $0.source == .application }.map(\.value) == ["com.own.app"])
    }

    @Test(arguments: ["../../../../own", "", ".", ".."])
    func aProgramsNameDoesNotLeadOutOfItsBundle(name: String) throws {
        try mac.tree.program("/own")
        try mac.list(
            "/Applications/Own.app/Contents/Info.plist",
            ["CFBundleIdentifier": "com.own.app", "CFBundleExecutable": name]
        )
        #expect(try mac.read().facts.first { $0.kind == .bundleID }?.weight == .registered)
    }

    @Test func anApplicationThatMerelyLiesThereIsOneSignAndNotProven() throws {
        try mac.application("/Applications/Own.app", "com.own.app")
        let product = try #require(try product("own"))
        #expect(product.grade == .registered && product.facts.count == 2)
        #expect(Set(product.facts.map(\.source)) == [.application])
    }

    @Test func aJobThatStartsAnApplicationProvesItByWhateverName() throws {
        try mac.application("/Applications/Other.app", "net.nobody.knows")
        try mac.tree.program("/Applications/Other.app/Contents/Helpers/scand")
        try mac.list(
            "/Library/LaunchDaemons/net.nobody.scan.plist",
            ["Label": "net.nobody.scan", "Program": "/Applications/Other.app/Contents/Helpers/scand"]
        )
        #expect(try product("other")?.isConfirmedAntivirus == true)
    }

    // MARK: System extensions

    @Test func anActivatedExtensionRuns() throws {
        try mac.application("/Applications/Own.app", "com.own.app")
        try mac.extensions([mac.row("com.own.es", "activated_enabled")])
        let product = try #require(try product("own"))
        let fact = try #require(product.facts.first { $0.source == .systemExtension })
        #expect(fact.weight == .running && fact.publisher == "TEAM" && product.isConfirmedAntivirus)
        #expect(product.status == nil)
    }

    @Test(arguments: ["activated_waiting_for_user", "activated_disabled"])
    func anExtensionThatWaitsForItsUserDoesNotProtect(state: String) throws {
        try mac.application("/Applications/Own.app", "com.own.app")
        try mac.extensions([mac.row("com.own.es", state), mac.row("com.own.net", state)])
        let product = try #require(try product("own"))
        #expect(product.status?.protection == .off && product.grade == .confirmed)
        #expect(try judge().findings.keys.contains(.protectionOff))
    }

    @Test func oneExtensionThatWaitsBesideAnActiveOneIsNoMissingProtection() throws {
        try mac.extensions([
            mac.row("com.own.net", "activated_waiting_for_user"), mac.row("com.own.es", "activated_enabled"),
        ])
        #expect(try product("own")?.status == nil)
    }

    @Test func anExtensionThatWaitsForRemovalIsALeftover() throws {
        try mac.application("/Applications/Own.app", "com.own.app")
        try mac.extensions([
            mac.row("com.own.es", "activated_enabled"),
            mac.row(
                "com.symantec.mes.systemextension",
                "terminated_waiting_to_uninstall_on_reboot",
                team: "9PTGMPNXZ2",
                origin: "/Applications/Norton 360.app"
            ),
        ])
        #expect(try product("norton-360")?.grade == .remnant)
        #expect(try judge().findings.isEmpty)
    }

    @Test func ofTwoVersionsOfOneExtensionTheActiveOneCounts() throws {
        try mac.extensions([
            mac.row("com.own.es", "terminated_waiting_to_uninstall_on_reboot", version: "1.0"),
            mac.row("com.own.es", "activated_enabled", version: "2.0"),
        ])
        let product = try #require(try product("own"))
        #expect(product.facts.map(\.weight) == [.running] && product.version == "2.0")
        #expect(try mac.read().facts.count == 2)
    }

    @Test func anExtensionWhoseBundleIsGoneDoesNotRun() throws {
        var row = try mac.row("com.own.es", "activated_enabled")
        row["stagedBundleURL"] = ["relative": "file:///Library/SystemExtensions/gone/"]
        try mac.extensions([row])
        #expect(try product("own")?.grade == .remnant)
    }

    @Test func unknownStatesAndDamagedRowsAreNotTakenForProtection() throws {
        try mac.list(
            "/Library/SystemExtensions/db.plist",
            ["extensions": ["text", ["identifier": 7], ["identifier": "com.own.es", "state": "dancing"]] as [Any]]
        )
        let reading = try mac.read()
        #expect(reading.facts.map(\.weight) == [.registered])
        let status = try #require(reading.sources.first { $0.source == .systemExtension })
        #expect(status.state == .partial && status.reason.hasPrefix("2 damaged"))
    }

    @Test func theSystemsOwnProtectionIsNoSecondAntivirus() throws {
        try mac.application("/Applications/Own.app", "com.own.app")
        try mac.extensions([mac.row("com.own.es", "activated_enabled")])
        try mac.tree.file("/Library/Apple/XProtect.plist")
        #expect(try product("apple-xprotect")?.role == .builtIn)
        #expect(try judge().findings.isEmpty)
    }

    // MARK: Jobs

    @Test func aJobCountsWhileItsProgramIsThere() throws {
        try mac.tree.program("/Library/Own/bin/ownd")
        let jobs: [(String, [String: Any])] = [
            ("/Library/LaunchDaemons/1.plist", ["Label": "a", "Program": "/Library/Own/bin/ownd"]),
            (
                "/Library/LaunchDaemons/2.plist",
                ["Label": "b", "ProgramArguments": ["/bin/sh", "-c", "/Library/Own/bin/ownd"]]
            ),
            ("/Library/LaunchAgents/3.plist", ["Label": "c", "ProgramArguments": ["/Library/Own/bin/gone", "-x"]]),
            ("/Library/LaunchAgents/4.plist", ["Label": "d"]),
            ("/Library/LaunchAgents/5.plist", ["Label": "e", "Program": "/Library/Own/bin/ownd", "Disabled": true]),
            ("/Library/LaunchAgents/6.plist", ["Label": "f", "Program": "/Library/Own/bin/ownd", "Disabled": true]),
        ]
        for (path, job) in jobs { try mac.list(path, job, .xml) }
        try mac.list("/private/var/db/com.apple.xpc.launchd/disabled.plist", ["f": false, "a": true])
        let facts = try mac.read().facts.filter { $0.source == .launchd && $0.value.first?.isLetter == true }
        #expect(facts.map(\.value).sorted() == ["a", "b", "c", "d", "e", "f"])
        let weights = Dictionary(uniqueKeysWithValues: facts.map { ($0.value, $0.weight) })
        #expect(
            weights == [
                "a": .registered, "b": .installed, "c": .leftover, "d": .registered, "e": .registered, "f": .installed,
            ]
        )
    }

    // MARK: Paths

    @Test func aFolderCountsWithAProgramInItAndDataIsALeftover() throws {
        try mac.tree.file("/Library/Application Support/Own/bases/1.dat")
        try mac.tree.file("/Library/Own/readme")
        #expect(Set(try mac.read().facts.map(\.weight)) == [.leftover])
        try mac.tree.program("/Library/Own/bin/ownd")
        #expect(try mac.read().facts.first { $0.value == "/Library/Own" }?.weight == .installed)
    }

    // MARK: Hostile disks

    @Test func nothingInPlaceOfAListStopsAReading() throws {
        try mac.tree.pipe("/Library/SystemExtensions/db.plist")
        try mac.tree.link("/Applications/A.app/Contents/Info.plist", to: "Info.plist")
        try mac.tree.link("/Applications/B.app", to: "/Applications/B.app")
        try mac.tree.folder("/Library/LaunchDaemons/x.plist")
        try mac.application("/Applications/Own.app", "com.own.app")
        let reading = try mac.read()
        #expect(reading.sources.map(\.state) == [.partial, .unavailable, .unavailable, .complete])
        #expect(reading.sources[0].reason.contains("circle") && reading.sources[1].reason.contains("regular"))
        #expect(reading.facts.contains { $0.value == "com.own.app" })
    }

    @Test func aLinkOutOfTheDiskIsNotFollowed() throws {
        let other = try MacTree()
        try other.application("/Own.app", "com.own.app")
        try mac.tree.link("/Applications/Own.app", to: other.tree.path + "/Own.app")
        #expect(try mac.read().facts.isEmpty)
    }

    @Test func aListOverTheLimitIsNamed() throws {
        try mac.extensions([mac.row("com.own.es", "activated_enabled")])
        var limits = MacLimits()
        limits.propertyListBytes = 64
        let status = try #require(try mac.read(limits: limits).sources.first { $0.source == .systemExtension })
        #expect(status.state == .unavailable && status.reason.contains("larger"))
    }

    @Test func moreThanIsLookedAtIsNamed() throws {
        for index in 0..<8 { try mac.application("/Applications/\(index).app", "com.\(index)") }
        var limits = MacLimits()
        limits.applications = 4
        let reading = try mac.read(limits: limits)
        #expect(reading.facts.count == 4 && reading.sources.first?.state == .partial)
    }

    @Test func hostileNamesAreMadeFitForAReport() throws {
        try mac.application("/Applications/a\n\"b.app", "com.own\u{0}\u{1b}[31m" + String(repeating: "x", count: 4000))
        let fact = try #require(try mac.read().facts.first)
        #expect(fact.value.utf8.count <= WireLimits.textBytes && !fact.detail.contains("\n"))
        #expect(fact.value.hasPrefix("com.own\u{fffd}\u{fffd}[31m"))
    }

    @Test func aStoppedReadingSaysSo() throws {
        try mac.application("/Applications/Own.app", "com.own.app")
        let context = try mac.tree.context(catalog: MacTree.catalog(), now: hastyClock())
        let reading = MacDisk(context: context).read()
        #expect(reading.sources.contains { $0.reason.contains(ProbeContext.overdue) })
    }
}
