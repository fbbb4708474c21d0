internal import Shared

/// A raw fact in a recording, for systems whose probes make facts without records.
struct RecordedFact {
    /// The largest number of a thing; facts of things with larger ones stand for themselves.
    private static let subjects: Int64 = 1_000_000

    private let raw: RawFact

    /// A fact as it was seen.
    init(_ fact: RawFact) { raw = fact }

    /// `nil` for a record without a source, weight and value that are known.
    init?(_ record: ProbeRecord) {
        guard let source = record.text("source").flatMap(Self.source),
            let weight = record.text("weight").flatMap({ word in FactWeight.allCases.first { $0.word == word } }),
            let value = record.text("value")
        else { return nil }
        // A kind that this program does not know is not the same as none.
        let kind = record.text("signal").map { SignalKind(word: $0) }
        if let kind, kind == nil { return nil }
        raw = RawFact(
            source: source,
            kind: kind ?? nil,
            weight: weight,
            value: value,
            publisher: record.text("publisher") ?? "",
            detail: record.text("detail") ?? "",
            version: record.text("version"),
            isWeak: record.boolean("weak") ?? false,
            subject: record.number("subject").flatMap { (0...Self.subjects).contains($0) ? Int($0) : nil },
            status: Self.status(record, source)
        )
    }

    /// The fact among others whose things are numbered up to the offset.
    func fact(subjectOffset: Int) -> RawFact {
        var fact = raw
        fact.subject = fact.subject.map { $0 + subjectOffset }
        return fact
    }

    /// The record of the fact; what is empty or not known is left out.
    var fields: [(key: String, value: JSONValue)] {
        var fields: [(key: String, value: JSONValue)] = [
            ("kind", .string("fact")), ("source", .string(raw.source.word)),
            ("signal", raw.kind.map { .string($0.word) } ?? .null), ("weight", .string(raw.weight.word)),
            ("value", .string(raw.value)),
        ]
        func add(_ key: String, _ text: String?) {
            if let text, !text.isEmpty { fields.append((key, .string(text))) }
        }
        func add(_ key: String, _ number: Int64?) {
            if let number { fields.append((key, .number(Int(number)))) }
        }
        add("publisher", raw.publisher)
        add("detail", raw.detail)
        add("version", raw.version)
        if raw.isWeak { fields.append(("weak", .boolean(true))) }
        add("subject", raw.subject.map(Int64.init))
        guard let status = raw.status else { return fields }
        add("protection", status.protection?.word)
        add("signatures", status.signatures?.word)
        add("license", status.license?.word)
        add("signatures_at", status.signaturesAt)
        add("server", status.server)
        add("server_contact_at", status.serverContactAt)
        if status.source != raw.source { add("status_source", status.source.word) }
        return fields
    }

    private static func status(_ record: ProbeRecord, _ source: FactSource) -> ProductStatus? {
        let status = ProductStatus(
            source: record.text("status_source").flatMap(Self.source) ?? source,
            protection: record.text("protection").flatMap { word in
                ProductStatus.Protection.allCases.first { $0.word == word }
            },
            signatures: record.text("signatures").flatMap { word in
                ProductStatus.Signatures.allCases.first { $0.word == word }
            },
            signaturesAt: record.number("signatures_at"),
            license: record.text("license").flatMap { word in
                ProductStatus.License.allCases.first { $0.word == word }
            },
            server: record.text("server") ?? "",
            serverContactAt: record.number("server_contact_at")
        )
        return status == ProductStatus(source: status.source) ? nil : status
    }

    private static func source(_ word: String) -> FactSource? { FactSource.allCases.first { $0.word == word } }
}
