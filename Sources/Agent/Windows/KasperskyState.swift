internal import Shared

/// What Kaspersky's Network Agent keeps about the antivirus that it manages.
///
/// Source: KSC Open API, "Global RTP State enum" (support.kaspersky.com/help/KSC/14/KSCAPI/a00272.html).
struct KasperskyState {
    let record: ProbeRecord

    /// The service that keeps the figures; they outlive it.
    static let keeper = "klnagent"

    /// The key as a left-over, or as a registration while it says that an engine runs.
    ///
    /// `isKept` says whether the service that keeps the figures is there: old ones say nothing about today. The time is in
    /// seconds since 1970; `nil` where nobody knows when the record was made.
    func facts(subject: Int, isKept: Bool, now: Int64?) -> [RawFact] {
        let key = "HKLM\\SOFTWARE\\KasperskyLab\\Components\\" + (record.name("component") ?? "")
        return [
            RawFact(
                source: .vendorState,
                kind: product == nil ? .registry : .uninstallName,
                weight: isKept && record.boolean("engine_running") == true ? .registered : .leftover,
                value: product ?? key,
                detail: detail(isKept),
                version: product == nil ? nil : record.name("product_version"),
                subject: subject,
                status: isKept ? status(now: now) : nil
            )
        ]
    }

    /// Whether it protects; `nil` while it starts, and for numbers that are not known.
    var protection: ProductStatus.Protection? {
        // A disk has the number and no running engine.
        guard let isRunning = record.boolean("engine_running") else { return nil }
        guard let state = record.number("state") else { return isRunning ? .on : .off }
        return switch state {
        case 1, 9: .off
        case 2: .snoozed
        case 4...8: .on
        default: nil
        }
    }

    /// The title of the antivirus that the figures are about; `nil` where the key names nobody but the Network Agent, which
    /// keeps figures about others in a key of its own.
    private var product: String? {
        let parts = (record.name("component") ?? "").split(separator: "\\")
        guard !parts.contains(Self.keeperNumber), let product = record.name("product"),
            !product.lowercased().contains("network agent")
        else { return nil }
        return product
    }

    /// The Network Agent's number among Kaspersky's components.
    private static let keeperNumber: Substring = "1103"

    private func status(now: Int64?) -> ProductStatus? {
        let made = record.number("bases_at").flatMap { $0 > 0 ? $0 : nil }
        let contact = record.number("last_connection").flatMap { $0 > 0 ? $0 : nil }
        let server = record.name("server") ?? ""
        guard protection != nil || made != nil || contact != nil || !server.isEmpty else { return nil }
        return ProductStatus(
            source: .vendorState,
            protection: protection,
            signatures: made.flatMap { made in now.flatMap { ProductStatus.signatures(madeAt: made, now: $0) } },
            signaturesAt: made,
            server: WireText.text(server),
            serverContactAt: contact
        )
    }

    private func detail(_ isKept: Bool) -> String {
        var words = [record.number("state").map { "real-time protection state \($0)" } ?? "state not known"]
        if !isKept { words.append("old: the Network Agent is not there") }
        return words.joined(separator: ", ")
    }
}
