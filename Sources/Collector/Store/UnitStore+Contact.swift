internal import Shared

/// The officer in charge, whom each unit is to name; empty parts are not known.
struct UnitContact: Sendable, Hashable {
    var name = ""
    var phone = ""
    var email = ""
    /// The day of the training, ISO 8601.
    var trainedOn = ""
}

/// What a unit holds in one term.
struct UnitTermRecord: Sendable, Hashable {
    var term: Int64
    var family: String
    var cap: Int
    var used: Int
}

/// SQL of what one unit's page shows.
extension UnitStore {
    func contact(of code: String) throws -> UnitContact {
        try sql.first(
            "SELECT contact_name, contact_phone, contact_email, trained_on FROM unit WHERE code = $1",
            .text(code)
        ) { UnitContact(name: $0.text(0), phone: $0.text(1), email: $0.text(2), trainedOn: $0.text(3)) }
            ?? UnitContact()
    }

    func setContact(_ contact: UnitContact, of code: String) throws {
        try sql.execute(
            """
            UPDATE unit SET contact_name = $1, contact_phone = $2, contact_email = $3, trained_on = $4,
                revision = revision + 1
            WHERE code = $5
            """,
            .text(contact.name),
            .text(contact.phone),
            .text(contact.email),
            .text(contact.trainedOn),
            .text(code)
        )
    }

    /// The terms that a unit holds seats in, the one that begins last first.
    func terms(of code: String) throws -> [UnitTermRecord] {
        try sql.rows(
            """
            SELECT seat_account.term_id, term.product_family, seat_account.cap, seat_account.used
            FROM seat_account JOIN term ON term.term_id = seat_account.term_id
            WHERE seat_account.unit_code = $1 AND (seat_account.cap > 0 OR seat_account.used > 0)
            ORDER BY term.starts_on DESC, seat_account.term_id DESC
            """,
            .text(code)
        ) { UnitTermRecord(term: $0.integer(0), family: $0.text(1), cap: $0.int(2), used: $0.int(3)) }
    }
}
