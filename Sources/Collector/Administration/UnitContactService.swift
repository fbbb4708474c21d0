internal import Shared

/// Keeps each unit's officer in charge.
struct UnitContactService: Sendable {
    private static let textBytes = 256

    let database: Database
    let clock: WallClock

    /// What an officer changes: a part that is left out stays as it is, an empty one is removed.
    ///
    /// With another name, what is left out goes with the person whose it was.
    struct Change: Sendable {
        var name: String?
        var phone: String?
        var email: String?
        var trainedOn: String?
    }

    /// Sets it; the unit's own officer may.
    /// - Returns: the unit's code, and what holds now.
    func set(
        _ change: Change,
        of unit: String,
        expectedRevision: UInt64,
        by caller: Caller
    ) async throws(CollectorError) -> (unit: String, contact: UnitContact) {
        try caller.requireChange()
        let now = clock.now()
        return try await database.write { sql in
            // The very one that was looked at: a revision of one says nothing of the one that it went into.
            let unit = try UnitDirectory(sql: sql).standing(unit, for: caller)
            try UnitRevision.check(unit, expected: expectedRevision, sql: sql)
            let units = UnitStore(sql: sql)
            let policy = try PolicyStore(sql: sql).policy(now: now)
            let former = try units.contact(of: unit.code)
            let contact = try Self.checked(change, over: former, today: policy.terms.today)
            guard contact != former else { return (unit.code, former) }
            try units.setContact(contact, of: unit.code)
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: "unit-contact-set",
                target: "unit:\(unit.code)",
                detail: Self.difference(former, contact),
                now: now
            )
            return (unit.code, contact)
        }
    }

    private static func checked(
        _ change: Change,
        over former: UnitContact,
        today: Day
    ) throws(CollectorError) -> UnitContact {
        var contact = former
        if let name = change.name {
            contact.name = try text(
                name,
                Phrase("name of the officer in charge (--name)", vi: "Họ tên cán bộ phụ trách (--name)")
            )
            if !former.name.isEmpty, contact.name != former.name { contact = UnitContact(name: contact.name) }
        }
        if let phone = change.phone {
            contact.phone = try text(phone, Phrase("telephone number (--phone)", vi: "Số điện thoại (--phone)"))
            guard phone.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.() ".contains($0)) }) else {
                throw CollectorError(
                    .invalidArgument,
                    Phrase(
                        "\(UnitName.quoted(phone)) is not a telephone number. Use digits, spaces and + - . ( ).",
                        vi:
                            "\(UnitName.quoted(phone)) không phải là số điện thoại. Chỉ dùng chữ số, dấu cách và + - . ( )."
                    )
                )
            }
        }
        if let email = change.email {
            contact.email = try text(email, Phrase("mail address (--email)", vi: "Địa chỉ thư điện tử (--email)"))
            let parts = contact.email.split(separator: "@", omittingEmptySubsequences: false)
            guard contact.email.isEmpty || (parts.count == 2 && !parts.contains("") && !contact.email.contains(" "))
            else {
                throw CollectorError(
                    .invalidArgument,
                    Phrase(
                        "\(UnitName.quoted(email)) is not a mail address. Write it as name@place.",
                        vi: "\(UnitName.quoted(email)) không phải là địa chỉ thư điện tử. Hãy viết theo dạng tên@nơi."
                    )
                )
            }
        }
        if let trainedOn = change.trainedOn {
            contact.trainedOn = trainedOn.isEmpty ? "" : try trainingDay(trainedOn, today: today).description
        }
        return contact
    }

    /// What was, and what is now, of each part that changed.
    private static func difference(_ former: UnitContact, _ contact: UnitContact) -> String {
        let parts: [(name: String, path: KeyPath<UnitContact, String>)] = [
            ("in charge", \.name), ("telephone", \.phone), ("mail", \.email), ("trained on", \.trainedOn),
        ]
        func shown(_ text: String) -> String { text.isEmpty ? "-" : text }
        return parts.filter { former[keyPath: $0.path] != contact[keyPath: $0.path] }
            .map { "\($0.name): \(shown(former[keyPath: $0.path])) -> \(shown(contact[keyPath: $0.path]))" }
            .joined(separator: ", ")
    }

    private static func text(_ text: String, _ what: Phrase) throws(CollectorError) -> String {
        try OfficerText.checked(text, bytes: 0...textBytes, of: what)
    }

    private static func trainingDay(_ text: String, today: Day) throws(CollectorError) -> Day {
        let day = try Decision.day(text)
        guard day <= today else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "\(day) is in the future. Give the day of the training once it has been.",
                    vi: "Ngày \(day) ở tương lai. Hãy ghi ngày tập huấn sau khi đã tham gia."
                )
            )
        }
        return day
    }
}
