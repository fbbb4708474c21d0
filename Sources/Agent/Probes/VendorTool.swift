internal import Shared

/// A product's own tool that says how its protection stands, and changes nothing by being asked.
struct VendorTool: Sendable {
    /// What the tool said, and how it ended.
    struct Answer {
        /// Its output, as far as the limit goes.
        var output: [UInt8]
        /// Its exit status.
        var exitStatus: Int32
        /// Whether something of the product runs.
        var isProductRunning: Bool
        /// Seconds since 1970.
        var time: Int64
    }

    /// The product's family; the tool is asked only when something else of the product was seen.
    var family: String
    /// The tool, by its whole path.
    var path: String
    /// What it is asked.
    var arguments: [String]
    /// A file with the product's settings that says the same where the tool cannot be asked.
    var settings: String?
    /// What an answer means; `nil` when it is not understood.
    var status: @Sendable (Answer) -> ProductStatus?
    /// What the settings mean; `nil` when they say nothing of it.
    var settingsStatus: @Sendable ([UInt8]) -> ProductStatus?

    /// The tools that are known.
    static let all = [
        VendorTool(
            family: "kaspersky-endpoint-security",
            path: "/opt/kaspersky/kesl/bin/kesl-control",
            arguments: ["--app-info"],
            status: { KeslState.status($0) },
            settingsStatus: { _ in nil }
        ),
        VendorTool(
            family: "microsoft-defender-endpoint",
            path: "/usr/bin/mdatp",
            arguments: ["health", "--output", "json"],
            settings: "/etc/opt/microsoft/mdatp/managed/mdatp_managed.json",
            status: { MdatpHealth.status($0) },
            settingsStatus: { MdatpHealth.status(settings: $0) }
        ),
    ]
}
