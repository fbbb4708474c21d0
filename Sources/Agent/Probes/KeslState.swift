internal import Shared

/// What `kesl-control --app-info` says of Kaspersky Endpoint Security.
///
/// Source: answers of 10.1 as public monitoring plugins quote them, with what they note of 12.3 ("Application databases
/// loaded"); `File Threat Protection` for `File monitoring`, `License information` and the exit statuses are those of Kaspersky's
/// documentation of 11 and 12, not seen on a device. Other languages are not understood.
enum KeslState {
    /// A date of the answer has no time zone: it may be this many seconds away.
    private static let zoneSeconds: Int64 = 14 * 3600

    /// The status in an answer; `nil` when nothing in it is understood.
    static func status(_ answer: VendorTool.Answer) -> ProductStatus? {
        let fields = fields(answer.output)
        let license = license(fields, time: answer.time)
        let made = fields["last release date of databases"].flatMap(moment)
        var protection = (fields["file threat protection"] ?? fields["file monitoring"]).flatMap(self.protection)
        if license == .expired, protection != .on { protection = .expired }
        switch answer.exitStatus {
        // What runs and says that it does not is about to start or to end.
        case 64 where !answer.isProductRunning, 65: protection = protection ?? .off
        default: break
        }
        let status = ProductStatus(
            source: .vendorState,
            protection: protection,
            signatures: signatures(fields, made: made, answer),
            signaturesAt: made,
            license: license
        )
        return status == ProductStatus(source: .vendorState) ? nil : status
    }

    private static func fields(_ output: [UInt8]) -> [String: String] {
        var fields: [String: String] = [:]
        for line in output.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line.count <= 1024 else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self).lowercased()
            fields[trimmed(name)] = trimmed(value)
        }
        return fields
    }

    private static func protection(_ words: String) -> ProductStatus.Protection? {
        switch words {
        case "available and running": .on
        case "available and stopped": .off
        default: nil
        }
    }

    private static func signatures(
        _ fields: [String: String],
        made: Int64?,
        _ answer: VendorTool.Answer
    ) -> ProductStatus.Signatures? {
        let loaded = fields["application databases loaded"] ?? fields["anti-virus databases loaded"]
        if loaded == "no" || answer.exitStatus == 66 { return .outdated }
        guard let made else { return nil }
        return ProductStatus.signatures(madeAt: made + zoneSeconds, now: answer.time)
    }

    private static func license(_ fields: [String: String], time: Int64) -> ProductStatus.License? {
        let words = fields["key status"] ?? fields["license information"] ?? ""
        if words.contains("expired") { return .expired }
        guard words == "valid" || words == "the key is valid" else { return nil }
        // A date is the whole day.
        if let end = fields["license expiration date"].flatMap(moment), end + 86_400 + zoneSeconds < time {
            return .expired
        }
        return .valid
    }

    /// Seconds since 1970 of `2018-08-23` or `2018-08-23 04:11:00`, as if they were of UTC; `nil` for what is no date and for
    /// the 1970 of databases that are not there.
    static func moment(_ text: String) -> Int64? {
        let parts = text.split { $0 == " " || $0 == "t" }
        guard (1...2).contains(parts.count) else { return nil }
        let day = numbers(parts[0], "-")
        let clock = parts.count == 2 ? numbers(parts[1], ":") : [0, 0, 0]
        guard let day, let clock, day.count == 3, (2...3).contains(clock.count), (2000...2200).contains(day[0]),
            (1...12).contains(day[1]), (1...31).contains(day[2]), (0...23).contains(clock[0]),
            (0...59).contains(clock[1]), (0...60).contains(clock.last ?? 0)
        else { return nil }
        let days = CalendarDay.number(year: day[0], month: day[1], day: day[2])
        return days * 86_400 + clock[0] * 3600 + clock[1] * 60
    }

    private static func numbers(_ text: Substring, _ separator: Character) -> [Int64]? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count <= 3 else { return nil }
        let numbers = parts.compactMap { part in part.allSatisfy(\.isASCII) && part.count <= 4 ? Int64(part) : nil }
        return numbers.count == parts.count ? numbers : nil
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
