internal import Shared

/// What `mdatp health --output json` says of Microsoft Defender for Endpoint.
///
/// Source: the names and words are those that public inventory agents and their test data read (`healthy`, `appVersion`,
/// `definitionsStatus.$type` with `upToDate`, `realTimeProtectionEnabled.value`, `passiveModeEnabled.value`), and those of
/// Microsoft's page "Investigate agent health issues". `licensed` and `definitionsUpdated` are known from that page alone, so
/// their form in JSON is a guess: what does not fit is not known.
enum MdatpHealth {
    /// The status in an answer; `nil` when it is no such answer.
    static func status(_ answer: VendorTool.Answer) -> ProductStatus? {
        guard let health = try? JSONText.read(answer.output), case .dictionary(let fields) = health else { return nil }
        var known: [String: StructuredValue] = [:]
        for (name, value) in fields { known[plain(name)] = value }
        let realTime = truth(known["realtimeprotectionenabled"])
        let passive = truth(known["passivemodeenabled"])
        let updated = moment(known["definitionsupdated"])
        let status = ProductStatus(
            source: .vendorState,
            protection: protection(realTime: realTime, passive: passive),
            signatures: signatures(known["definitionsstatus"])
                ?? updated.flatMap { ProductStatus.signatures(madeAt: $0, now: answer.time) },
            signaturesAt: updated,
            license: truth(known["licensed"]).map { $0 ? .valid : .missing }
        )
        return status == ProductStatus(source: .vendorState) ? nil : status
    }

    /// The status that the settings of an organization prescribe: only that it stands aside is taken from them.
    ///
    /// Source: Microsoft, "Set preferences for Microsoft Defender for Endpoint on Linux".
    static func status(settings: [UInt8]) -> ProductStatus? {
        guard let level = (try? JSONText.read(settings))?["antivirusEngine"]?["enforcementLevel"]?.text,
            level == "passive"
        else { return nil }
        return ProductStatus(source: .vendorState, protection: .passive)
    }

    /// Off is what says so and does not stand aside; both at once is not understood.
    private static func protection(realTime: Bool?, passive: Bool?) -> ProductStatus.Protection? {
        switch (realTime, passive) {
        case (true, true): nil
        case (_, true): .passive
        case (true, _): .on
        case (false, false): .off
        case (false, nil), (nil, false), (nil, nil): nil
        }
    }

    private static func signatures(_ value: StructuredValue?) -> ProductStatus.Signatures? {
        switch (value?.text ?? value?["$type"]?.text ?? value?["value"]?.text).map(plain) {
        case "uptodate": .current
        case "outofdate", "outdated": .outdated
        default: nil
        }
    }

    private static func truth(_ value: StructuredValue?) -> Bool? { value?.truth ?? value?["value"]?.truth }

    /// Seconds since 1970, from those or from milliseconds.
    private static func moment(_ value: StructuredValue?) -> Int64? {
        guard let number = value?.number ?? value?["value"]?.number else { return nil }
        switch number {
        case 1_000_000_000..<100_000_000_000: return number
        case 1_000_000_000_000..<100_000_000_000_000: return number / 1000
        default: return nil
        }
    }

    /// Versions write `real_time_protection_enabled` and `realTimeProtectionEnabled`.
    private static func plain(_ name: String) -> String { name.lowercased().filter { $0 != "_" && $0 != " " } }
}
