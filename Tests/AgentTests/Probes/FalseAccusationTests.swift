import Shared
import Testing

@testable import Agent

/// What must not make a device look as if it had two antivirus products.
@Suite struct FalseAccusationTests {
    private let tree: PreparedTree

    init() throws {
        tree = try PreparedTree()
        try tree.program("/opt/kaspersky/kesl/bin/kesl-control")
        try tree.unit("kesl.service", starts: "/opt/kaspersky/kesl/bin/kesl-control")
        try tree.dpkg((name: "kesl", status: "install ok installed"))
    }

    @Test func bothGenerationsOfSophosAreOneProduct() throws {
        try tree.program("/opt/sophos-av/bin/savd")
        try tree.program("/opt/sophos-spl/bin/sophos_threat_detector")
        try tree.unit("sophos-spl.service", starts: "/opt/sophos-spl/bin/sophos_threat_detector")
        let scan = try tree.scan()
        #expect(scan.inventory.products.map(\.family) == ["kaspersky-endpoint-security", "sophos-endpoint"])
        #expect(scan.findings[.multipleAntivirus] == ["kaspersky-endpoint-security", "sophos-endpoint"])
    }

    @Test func allPartsOfASuiteAreOneProduct() throws {
        try tree.dpkg(
            (name: "sdcss", status: "install ok installed"),
            (name: "sdcss-agent", status: "install ok installed"),
            (name: "sdcss-kmod", status: "install ok installed")
        )
        try tree.program("/opt/Symantec/symantec_antivirus/rtvscand")
        try tree.unit("cafagent.service", starts: "/opt/Symantec/caf")
        #expect(try tree.scan().inventory.products.filter { $0.family != "kaspersky-endpoint-security" }.count == 1)
    }

    @Test func clamonaccMakesClamAVASecondAntivirusOnlyWhileItRuns() throws {
        try tree.program("/usr/sbin/clamonacc")
        try tree.unit("clamav-clamonacc.service", starts: "/usr/sbin/clamonacc -F")
        #expect(try tree.scan().product("clamav") == nil)
        try tree.file("/sys/fs/cgroup/system.slice/clamav-clamonacc.service/cgroup.procs", "77\n")
        let scan = try tree.scan()
        #expect(scan.product("clamav")?.isConfirmedAntivirus == true)
        #expect(scan.findings[.multipleAntivirus] == ["clamav", "kaspersky-endpoint-security"])
    }

    @Test func aProgramThatOnlyHasTheNameProvesNothing() throws {
        // Of a container: nothing stands at that path here.
        try tree.link("/proc/7/exe", to: "/usr/sbin/clamonacc")
        let product = try #require(try tree.scan().product("clamav"))
        #expect(product.facts.map(\.isWeak) == [true])
        #expect(!product.isConfirmedAntivirus)
        // The same file here, and anybody may write to it.
        try tree.program("/usr/sbin/clamonacc")
        try tree.mode("/usr/sbin/clamonacc", 0o777)
        #expect(try tree.scan().product("clamav")?.isConfirmedAntivirus == false)
        try tree.mode("/usr/sbin/clamonacc", 0o755)
        #expect(try tree.scan().product("clamav")?.isConfirmedAntivirus == true)
    }

    @Test func aProgramThatWasRemovedWhileItRunsIsAWeakSign() throws {
        try tree.program("/usr/sbin/clamonacc")
        try tree.link("/proc/7/exe", to: "/usr/sbin/clamonacc (deleted)")
        let facts = try #require(try tree.scan().product("clamav")?.facts)
        #expect(facts.map(\.isWeak) == [true])
        #expect(facts[0].detail.contains("removed"))
    }

    @Test func aShortNameIsAWeakSign() throws {
        let probe = ProcessProbe(context: try tree.context())
        let found = probe.observations(shortName: Array("clamonacc".utf8)[...])
        #expect(found.map(\.fact.isWeak) == [true])
        #expect(probe.observations(shortName: Array("clam".utf8)[...]).isEmpty)
    }

    @Test func aVendorsCommonFolderProvesNothingByItself() throws {
        try tree.program("/opt/Symantec/DataLossPrevention/bin/agent")
        try tree.link("/proc/9/exe", to: "/opt/Symantec/smcd")
        try tree.program("/opt/Symantec/smcd")
        let product = try #require(try tree.scan().product("symantec-endpoint"))
        #expect(product.facts.allSatisfy(\.isWeak) && product.grade == .registered)
    }

    @Test func aUnitThatTwoFamiliesClaimBelongsToTheOneThatIsThere() throws {
        try tree.program("/opt/carbonblack/psc/bin/repcli")
        try tree.unit("cbdaemon.service", starts: "/opt/carbonblack/psc/bin/repcli")
        let scan = try tree.scan()
        #expect(scan.product("carbon-black-cloud")?.grade == .confirmed)
        #expect(scan.product("carbon-black-edr") == nil)
    }

    @Test func aUnitThatTwoFamiliesClaimIsNotLostWhereItStandsAlone() throws {
        try tree.program("/usr/bin/cbdaemon")
        try tree.unit("cbdaemon.service", starts: "/usr/bin/cbdaemon")
        let others = try tree.scan().inventory.products.filter { $0.family != "kaspersky-endpoint-security" }
        #expect(others.map(\.family) == ["carbon-black-cloud"])
        #expect(others.map(\.grade) == [.registered])
    }

    @Test func aPackageWhoseFilesAreGoneIsOnlyRegistered() throws {
        try tree.dpkg((name: "mdatp", status: "install ok installed"))
        try tree.file("/var/lib/dpkg/info/mdatp.list", "/.\n/opt\n/opt/microsoft/mdatp/sbin/wdavdaemon\n")
        let product = try #require(try tree.scan().product("microsoft-defender-endpoint"))
        #expect(product.grade == .registered)
        #expect(product.facts.map(\.detail) == ["1.2-3 amd64, installed, but its files are gone"])
        try tree.program("/opt/microsoft/mdatp/sbin/wdavdaemon")
        #expect(try tree.scan().product("microsoft-defender-endpoint")?.grade == .confirmed)
    }

    @Test func aFolderWithLogsOnlyIsALeftOver() throws {
        try tree.file("/opt/ds_agent/log/agent.log")
        let product = try #require(try tree.scan().product("trend-deep-security"))
        #expect(product.grade == .remnant)
    }

    @Test func deepSecurityIsAnAntivirusOnlyWhileItsModuleRuns() throws {
        try tree.program("/opt/ds_agent/ds_agent")
        try tree.program("/opt/ds_agent/ds_am")
        try tree.unit("ds_agent.service", starts: "/opt/ds_agent/ds_agent")
        #expect(try tree.scan().findings.isEmpty)
        try tree.link("/proc/12/exe", to: "/opt/ds_agent/ds_am")
        #expect(try tree.scan().findings[.multipleAntivirus] == ["kaspersky-endpoint-security", "trend-deep-security"])
    }
}
