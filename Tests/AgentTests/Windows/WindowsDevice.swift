import Agent
import Shared

/// Records of made-up devices, and a catalog that is small enough to see through.
enum WindowsDevice {
    static let now: Int64 = 1_795_000_000

    /// What the reading and the catalog make of a device.
    static func products(_ records: [ProbeRecord], on platform: HostDescription.Platform = .windows) throws -> [Product]
    {
        let reading = WindowsReading(now: now).reading(of: records)
        return try catalog().products(of: reading.facts, on: platform)
    }

    static func facts(_ records: [ProbeRecord]) -> [RawFact] { WindowsReading(now: now).reading(of: records).facts }

    /// What the rule says of a device whose sources were all read.
    static func judge(_ records: [ProbeRecord]) throws -> OneAntivirusRule.Judgement {
        let reading = WindowsReading(now: now).reading(of: records + completeSources)
        let products = try catalog().products(of: reading.facts, on: .windows)
        return OneAntivirusRule(approvedFamilies: ["kes"]).judge(
            Inventory(products: products, sources: reading.sources)
        )
    }

    static func uninstall(_ name: String?, _ fields: [String: ProbeRecord.Value] = [:]) -> ProbeRecord {
        record("uninstall", ["name": name.map { .text($0) }, "key": .text("{0}"), "hive": .text("HKLM")], fields)
    }

    static func service(_ name: String, _ fields: [String: ProbeRecord.Value] = [:]) -> ProbeRecord {
        record("service", ["name": .text(name), "type": .text("win32")], fields)
    }

    static func driver(_ name: String, _ fields: [String: ProbeRecord.Value] = [:]) -> ProbeRecord {
        record("service", ["name": .text(name), "type": .text("driver")], fields)
    }

    static func row(_ name: String, state: Int64, _ fields: [String: ProbeRecord.Value] = [:]) -> ProbeRecord {
        record("security-center", ["name": .text(name), "state": .number(state)], fields)
    }

    static func minifilter(
        _ service: String,
        _ altitude: String,
        _ fields: [String: ProbeRecord.Value] = [:]
    ) -> ProbeRecord {
        record("minifilter", ["service": .text(service), "altitude": .text(altitude)], fields)
    }

    static func source(_ name: String, _ state: String, reason: String? = nil, entries: Int64? = nil) -> ProbeRecord {
        record(
            "source",
            [
                "source": .text(name), "state": .text(state), "reason": reason.map { .text($0) },
                "entries": entries.map { .number($0) },
            ],
            [:]
        )
    }

    /// Kaspersky Endpoint Security as it stands on a healthy device.
    static let endpointSecurity: [ProbeRecord] = [
        uninstall("Kaspersky Endpoint Security for Windows", ["publisher": .text("AO Kaspersky Lab")]),
        service("AVP.KES.21.13", running),
        driver("klif", running),
        minifilter("klif", "320400", ["file": .text("klif.sys"), "loaded": .boolean(true)]),
    ]

    static let running: [String: ProbeRecord.Value] = ["state": .text("running"), "file_exists": .boolean(true)]

    static let completeSources = [
        "uninstall", "service", "driver", "minifilter", "security-center", "defender", "kaspersky", "process", "pipe",
        "registry",
    ].map { source($0, "complete") }

    private static func record(
        _ kind: String,
        _ given: [String: ProbeRecord.Value?],
        _ more: [String: ProbeRecord.Value]
    ) -> ProbeRecord {
        ProbeRecord(kind, given.compactMapValues { $0 }.merging(more) { $1 })
    }

    static func catalog() throws -> Catalog { try Catalog(text: Array(text.utf8)) }

    private static let text = """
        version\t1
        source\tbook\tmade up
        family\tkes\tantivirus\tKaspersky\tKaspersky Endpoint Security
        family\tksws\tantivirus\tKaspersky\tKaspersky Security for Windows Server
        family\teset\tantivirus\tESET\tESET Endpoint
        family\tamp\tantivirus\tCisco\tCisco Secure Endpoint
        family\telastic\tedr\tElastic\tElastic Defend
        family\tdefender\tbuilt-in\tMicrosoft\tMicrosoft Defender
        signal\tkes\twindows\tuninstall_name\tantivirus\tstrong\tbook\tKaspersky Endpoint Security*
        signal\tkes\twindows\tservice\tantivirus\tstrong\tbook\tAVP.KES.*
        signal\tkes\twindows\tdriver\tantivirus\tweak\tbook\tklif.sys
        signal\tkes\twindows\tsecurity_center\tantivirus\tstrong\tbook\tKaspersky Endpoint Security*
        signal\tkes\twindows\tregistry\tantivirus\tweak\tbook\tHKLM\\SOFTWARE\\KasperskyLab\\Components\\*
        signal\tksws\twindows\tregistry\tantivirus\tweak\tbook\tHKLM\\SOFTWARE\\KasperskyLab\\Components\\*
        signal\tksws\twindows\tuninstall_name\tantivirus\tstrong\tbook\tKaspersky Security for Windows Server
        signal\tksws\twindows\tservice\tantivirus\tstrong\tbook\tKAVFS
        signal\teset\twindows\tuninstall_name\tantivirus\tstrong\tbook\tESET Endpoint Antivirus
        signal\teset\twindows\tuninstall_name\tantivirus\tweak\tbook\tSecurity Client
        signal\teset\twindows\tpublisher\tantivirus\tstrong\tbook\tESET, spol. s r.o.
        signal\teset\twindows\tservice\tantivirus\tstrong\tbook\tekrn
        signal\teset\twindows\tsecurity_center\tantivirus\tstrong\tbook\tESET Security
        signal\teset\twindows\tpath\tantivirus\tstrong\tbook\t%ProgramFiles%\\ESET\\ESET Security
        signal\tamp\twindows\tprocess\tantivirus\tweak\tbook\tsfc.exe
        signal\telastic\twindows\tdriver\tedr\tstrong\tbook\tElasticEndpoint.sys
        signal\tdefender\twindows\tservice\tbuilt-in\tstrong\tbook\tWinDefend
        signal\tdefender\twindows\tsecurity_center\tbuilt-in\tstrong\tbook\tWindows Defender
        lookalike\twindows\tdriver\tbook\tvsepflt.sys
        lookalike\twindows\tsecurity_center\tbook\tFortiClient VPN
        """
}
