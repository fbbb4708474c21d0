import Shared
import Testing

@testable import Agent

@Suite
struct WatchedPathsTests {
    private static let text = """
        version\t1
        source\ts\tsomewhere
        family\tf\tantivirus\tV\tN
        signal\tf\tlinux\tunit\tantivirus\tstrong\ts\tf.service
        signal\tf\tlinux\tunit_running\tantivirus\tstrong\ts\tg.service
        signal\tf\tlinux\tunit\tantivirus\tstrong\ts\tprefix*
        signal\tf\tlinux\tpath\tantivirus\tstrong\ts\t/opt/f
        signal\tf\tlinux\tdata_path\tantivirus\tstrong\ts\t/var/opt/f
        signal\tf\tlinux\tkernel_module\tantivirus\tstrong\ts\tf-scan
        signal\tf\twindows\tpath\tantivirus\tstrong\ts\t%ProgramFiles%\\F
        lookalike\tlinux\tpath\ts\t/opt/other

        """

    @Test
    func `Databases, folders of units, and what the catalog names exactly are watched`() throws {
        let paths = WatchedPaths.linux(try Catalog(text: Array(Self.text.utf8)))
        for path in [
            "/var/lib/dpkg/status", "/var/lib/rpm/rpmdb.sqlite", "/etc/systemd/system", "/opt/f", "/sys/module/f_scan",
            "/sys/fs/cgroup/system.slice/f.service", "/sys/fs/cgroup/system.slice/g.service", "/var/lib/snapd/snaps",
        ] {
            #expect(paths.contains(path), "\(path)")
        }
        for path in ["/opt/other", "/var/opt/f", "/var/lib/rpm"] { #expect(!paths.contains(path), "\(path)") }
        #expect(!paths.contains { $0.contains("*") || $0.contains("%") || $0.contains("prefix") })
        #expect(Set(paths).count == paths.count)
        #expect(paths.allSatisfy { $0.hasPrefix("/") })
    }

    @Test
    func `The whole catalog's paths stay below the limit`() throws {
        #expect(WatchedPaths.linux(try Catalog.builtIn()).count < AgentLimits.watchedPaths)
    }
}
