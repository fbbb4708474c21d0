internal import Shared

/// What Microsoft Defender says about itself.
struct DefenderState {
    let record: ProbeRecord

    /// The name by which the catalog knows Defender.
    static let service = "WinDefend"

    /// What the record is a sign of: running only when Defender says that it is the antivirus that protects.
    ///
    /// Its service also runs when it stands aside. The time is in seconds since 1970; `nil` where nobody knows when the record was made.
    func facts(subject: Int, now: Int64?) -> [RawFact] {
        [
            RawFact(
                source: .defender,
                kind: .service,
                weight: protection == .on ? .running : .registered,
                value: Self.service,
                detail: detail,
                version: record.name("platform_version"),
                subject: subject,
                status: status(now: now)
            )
        ]
    }

    /// Whether it protects; `nil` where its words are not known.
    var protection: ProductStatus.Protection? {
        switch mode {
        case "normal":
            switch record.boolean("real_time") {
            case true?: record.boolean("service_enabled") == false ? nil : .on
            case false?: .off
            case nil: nil
            }
        case "passive", "edr block", "sxs passive": .passive
        default: nil
        }
    }

    /// `AMRunningMode` in lower case, without a `mode` at its end: both spellings occur.
    private var mode: String? {
        guard var mode = record.name("mode")?.lowercased() else { return nil }
        if mode.hasSuffix(" mode") { mode.removeLast(5) }
        return mode.trimmedName
    }

    private func status(now: Int64?) -> ProductStatus? {
        let made = record.number("signatures_at").flatMap { $0 > 0 ? $0 : nil }
        guard protection != nil || made != nil else { return nil }
        return ProductStatus(
            source: .defender,
            protection: protection,
            signatures: made.flatMap { made in now.flatMap { ProductStatus.signatures(madeAt: made, now: $0) } },
            signaturesAt: made
        )
    }

    private var detail: String {
        func word(_ value: Bool?) -> String { value.map { $0 ? "on" : "off" } ?? "not known" }
        var words = [
            "mode " + (record.name("mode") ?? "not known"),
            "real-time protection " + word(record.boolean("real_time")),
            "tamper protection " + word(record.boolean("tamper_protected")),
        ]
        if record.boolean("service_enabled") == false { words.append("service off") }
        if record.boolean("passive_policy") == true { words.append("passive by policy") }
        return words.joined(separator: ", ")
    }
}
