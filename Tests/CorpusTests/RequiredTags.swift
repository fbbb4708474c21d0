import Testing

/// A trap, or a combination of products, that the corpus must hold.
struct RequiredTag: Sendable, CustomTestStringConvertible {
    var name: String
    var what: String
    /// How many devices at least.
    var devices: Int

    init(_ name: String, _ devices: Int, _ what: String) {
        self.name = name
        self.what = what
        self.devices = devices
    }

    var testDescription: String { name }
}

/// What is known to lead inventories astray; a device that is taken away fails the tests.
enum RequiredTags {
    static let all = groups.flatMap(\.self)

    private static let groups = [
        outcomes, filters, products, securityCenter, defender, otherSystems, combinations, sources,
    ]

    private static let outcomes = [
        RequiredTag("conflict", 100, "two antiviruses"),
        RequiredTag("conflict-without-approved", 8, "two antiviruses, neither the approved one"),
        RequiredTag("three-products", 1, "three antiviruses"),
        RequiredTag("single", 60, "one antivirus that is not approved"),
        RequiredTag("no-antivirus", 10, "none at all"),
        RequiredTag("role-component", 2, "a part of a suite alone"),
        RequiredTag("role-edr", 25, "a sensor"),
        RequiredTag("role-management", 5, "a management agent"),
        RequiredTag("role-on-demand", 8, "a scanner"),
    ]

    /// Altitudes of filter drivers.
    private static let filters = [
        RequiredTag("altitude-decimals", 1, "an altitude with decimals"),
        RequiredTag("altitude-outside-range", 2, "antiviruses outside the antivirus range"),
        RequiredTag("no-altitude", 3, "antiviruses without an altitude"),
        RequiredTag("range-not-av", 6, "drivers in the range that are no antivirus"),
        RequiredTag("same-file-other-company", 2, "one file name, several companies"),
        RequiredTag("unknown-driver", 3, "a driver in the range that nobody knows"),
        RequiredTag("unknown-driver-gone", 1, "the key of such a driver without its file"),
    ]

    /// How products are told apart.
    private static let products = [
        RequiredTag("kes-version-in-name", 2, "the version stands in the service's name"),
        RequiredTag("kes-network-agent", 1, "the Network Agent is no antivirus"),
        RequiredTag("kes-hidden-entry", 1, "a hidden entry of a module"),
        RequiredTag("kaspersky-home", 3, "the home line shares avp.exe"),
        RequiredTag("kaspersky-ksos", 2, "Small Office Security shares avp.exe"),
        RequiredTag("kaspersky-vpn", 1, "the VPN"),
        RequiredTag("ksws", 1, "Security for Windows Server"),
        RequiredTag("lookalike-sentinel", 1, "Thales licensing is not SentinelOne"),
        RequiredTag("cmc-generic-driver", 3, "CMC's driver is a generic one"),
        RequiredTag("greek-delta", 3, "a Greek letter in a process"),
        RequiredTag("non-ascii-title", 1, "a title in Chinese"),
        RequiredTag("cyrillic-publisher", 1, "a publisher in Cyrillic"),
        RequiredTag("vietnam", 3, "products of Vietnam"),
        RequiredTag("unconfirmed-only", 2, "names that nobody has confirmed"),
        RequiredTag("shared-engine", 1, "an engine under another name"),
        RequiredTag("shared-process-names", 1, "processes that several products have"),
        RequiredTag("shared-service-name", 1, "a service that two products have"),
        RequiredTag("weak-process", 2, "a program that takes a product's name"),
        RequiredTag("lookalike-sfc", 1, "System File Checker"),
        RequiredTag("not-av-of-av-vendor", 7, "what antivirus vendors sell beside"),
        RequiredTag("product-code", 1, "a product code of one version"),
        RequiredTag("rebrand", 8, "old and new names in the middle of an update"),
        RequiredTag("one-suite", 4, "several rows of one suite"),
        RequiredTag("ens-five-entries", 2, "five uninstall entries, one product"),
        RequiredTag("two-rows-one-product", 4, "two rows of one product"),
        RequiredTag("both-views", 4, "both registry views"),
        RequiredTag("user-hive", 2, "a row in a user's hive"),
        RequiredTag("lookalike-substring", 2, "letters of a product inside another name"),
        RequiredTag("lookalike-vpn", 1, "VPN clients"),
        RequiredTag("lookalike-forticlient-vpn", 1, "FortiClient as a VPN only"),
        RequiredTag("forticlient-av", 2, "FortiClient with its antivirus"),
        RequiredTag("lookalike-webadvisor", 1, "WebAdvisor"),
        RequiredTag("lookalike-analysis-tool", 1, "a vendor's analysis tool"),
        RequiredTag("lookalike-security-update", 2, "\"Security Update for …\""),
        RequiredTag("windows-7", 2, "Windows 7"),
    ]

    /// Windows Security Center: its states and its lies.
    private static let securityCenter = [
        RequiredTag("wsc-off-262144", 3, "off"),
        RequiredTag("wsc-snoozed", 1, "snoozed (270336)"),
        RequiredTag("wsc-expired", 2, "expired (274432)"),
        RequiredTag("wsc-outdated-397328", 1, "on, outdated"),
        RequiredTag("wsc-outdated-397584", 1, "Defender on, outdated"),
        RequiredTag("wsc-defender-393472", 1, "Defender off"),
        RequiredTag("wsc-provider-byte", 3, "provider bytes that fit no table"),
        RequiredTag("wsc-unknown-344064", 1, "a state that nobody knows"),
        RequiredTag("wsc-low-nibble", 1, "a low nibble without meaning"),
        RequiredTag("wsc-ghost", 15, "rows of uninstalled products"),
        RequiredTag("wsc-file-unknown", 1, "a row whose file could not be looked at"),
        RequiredTag("wsc-only", 1, "a row alone, its file there"),
        RequiredTag("no-wsc-row", 1, "a product that is not listed"),
        RequiredTag("unknown-wsc", 3, "a row that nobody knows"),
        RequiredTag("defendnot", 3, "made-up rows"),
        RequiredTag("approved-ghost", 4, "the approved product as a ghost"),
        RequiredTag("uninstall-ghost", 15, "rows of programs that are gone"),
        RequiredTag("orphaned-service", 10, "services and drivers without files"),
        RequiredTag("folder-without-program", 2, "a folder without a program"),
        RequiredTag("vendor-word-first", 1, "the product's own word against Security Center"),
        RequiredTag("kaspersky-statistics", 3, "Kaspersky's statistics"),
        RequiredTag("clock-skew", 1, "a date to come"),
        RequiredTag("server-no-security-center", 4, "servers have none"),
    ]

    /// The modes of Microsoft Defender.
    private static let defender = [
        RequiredTag("defender-normal", 2, "active alone"),
        RequiredTag("defender-off", 1, "switched off"),
        RequiredTag("defender-real-time-off", 2, "Normal with real-time protection off"),
        RequiredTag("defender-sxs-passive", 1, "SxS Passive Mode"),
        RequiredTag("defender-periodic", 1, "limited periodic scanning"),
        RequiredTag("defender-mode-spelling", 2, "the mode in other spellings"),
        RequiredTag("defender-mode-decides", 2, "the mode against other values"),
        RequiredTag("defender-unknown", 3, "nobody can say"),
        RequiredTag("server-defender-normal", 10, "an antivirus on a server whose Defender stayed active"),
        RequiredTag("server-defender-removed", 2, "a server without Defender"),
    ]

    private static let otherSystems = [
        RequiredTag("clamav-on-demand", 2, "ClamAV that scans on request"),
        RequiredTag("clamav-freshclam", 1, "ClamAV's downloader alone"),
        RequiredTag("clamav-on-access", 3, "clamonacc"),
        RequiredTag("wazuh-not-av", 3, "Wazuh, osquery, Falco, auditd, Tanium"),
        RequiredTag("mdatp-passive", 3, "Defender for Endpoint on Linux, passive or silent"),
        RequiredTag("linux-configuration-remains", 2, "a removed package's configuration"),
        RequiredTag("linux-package-ghost", 1, "a package whose files are gone"),
        RequiredTag("deep-security-am", 2, "Deep Security with and without its antimalware module"),
        RequiredTag("macos-xprotect", 20, "XProtect is built in"),
        RequiredTag("macos-waiting", 2, "an extension that waits for the user"),
        RequiredTag("macos-terminated", 2, "an extension that waits for its removal"),
    ]

    /// Products that stand beside each other.
    private static let combinations = [
        RequiredTag("combo-defender-passive", 2, "an antivirus and a passive Defender"),
        RequiredTag("combo-defender-edr-block", 1, "an antivirus and Defender in EDR block mode"),
        RequiredTag("combo-defender-normal", 10, "an antivirus and an active Defender"),
        RequiredTag("combo-kes-kea", 1, "Endpoint Security and the Endpoint Agent"),
        RequiredTag("combo-ksws-kes", 2, "Security for Windows Server and Endpoint Security: a migration"),
        RequiredTag("combo-ens-suite", 1, "Endpoint Security of McAfee with its agent"),
        RequiredTag("combo-sophos-suite", 1, "Sophos with its parts"),
        RequiredTag("combo-eset-suite", 1, "ESET with its agents"),
        RequiredTag("combo-watchguard-suite", 1, "WatchGuard with its agents"),
        RequiredTag("combo-edr-beside", 15, "a sensor beside an antivirus"),
        RequiredTag("combo-edr-prevention", 2, "a sensor that Security Center lists"),
        RequiredTag("combo-mdatp-fanotify", 1, "mdatp beside another antivirus on Linux"),
        RequiredTag("combo-mdatp-passive", 1, "a passive mdatp beside another antivirus"),
        RequiredTag("combo-deep-security", 1, "Deep Security and a passive Defender"),
        RequiredTag("combo-on-demand", 7, "scanners beside an antivirus"),
        RequiredTag("malwarebytes-free", 2, "Malwarebytes without its paid protection"),
        RequiredTag("combo-smadav", 3, "Smadav: two antiviruses by the rule, which knows no second layer"),
        RequiredTag("combo-partial", 2, "anti-ransomware beside an antivirus"),
    ]

    private static let sources = [
        RequiredTag("source-failed", 12, "a source that could not be read"),
        RequiredTag("offline-disk", 8, "a mounted disk, where no state is known"),
        RequiredTag("installed-two-sources", 5, "proven without anything that runs"),
        RequiredTag("absent-is-not-false", 1, "fields that are not known"),
        RequiredTag("hostile-text", 1, "names made to break a reader"),
    ]
}
