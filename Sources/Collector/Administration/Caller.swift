/// The officer who asks, with what that officer may see and change.
struct Caller: Sendable, Hashable {
    let name: String
    let role: OfficerRole
    /// The only unit that a unit's officer may see; `nil` for officers who see all.
    let ownUnit: String?

    /// The unit to look at when this officer asks for one, or for all.
    /// - Throws: `CollectorError` (`notFound`): another's unit is answered like one that does not exist.
    func scope(_ requested: String) throws(CollectorError) -> String? {
        guard let ownUnit else { return requested.isEmpty ? nil : requested }
        guard requested.isEmpty || requested == ownUnit else { throw Self.unknownUnit(requested) }
        return ownUnit
    }

    /// Refuses whoever may only look.
    func requireChange() throws(CollectorError) {
        guard role != .reader else {
            throw CollectorError(
                .permissionDenied,
                "A reader changes nothing. Ask an officer of the unit or the center."
            )
        }
    }

    /// Refuses whoever is not of the center.
    func requireCenter() throws(CollectorError) {
        guard role == .center else {
            throw CollectorError(.permissionDenied, "Only officers of the center may do this. Ask the center.")
        }
    }

    /// Refuses whoever may see one unit only.
    func requireProvince() throws(CollectorError) {
        guard ownUnit == nil else {
            throw CollectorError(
                .permissionDenied,
                "Only officers of the center and readers may see this. Ask the center."
            )
        }
    }

    static func unknownUnit(_ code: String) -> CollectorError {
        CollectorError(.notFound, "There is no unit \"\(code.prefix(64))\". `khien units` lists the codes.")
    }
}

/// Finds the caller behind a certificate.
struct CallerDirectory: Sendable {
    let database: Database
    let clock: WallClock

    /// - Throws: `CollectorError` (`permissionDenied`) for an officer who is unknown, revoked, or whose certificate was
    ///   replaced by a newer one or has expired.
    func caller(_ identity: OfficerIdentity) async throws(CollectorError) -> Caller {
        let officer = try await database.read { try OfficerStore(sql: $0).officer(identity.name) }
        guard let officer, officer.certificateSerial == identity.life.serial else {
            throw CollectorError(.permissionDenied, "This profile is not known here. Ask the center for a new one.")
        }
        guard officer.revokedAt == nil else {
            throw CollectorError(.permissionDenied, "This profile was revoked. Ask the center for a new one.")
        }
        guard identity.life.holds(at: clock.now()) else {
            throw CollectorError(.permissionDenied, "This profile has expired. Ask the center for a new one.")
        }
        return Caller(
            name: officer.name,
            role: officer.role,
            ownUnit: officer.role == .unit ? officer.unitCode ?? "" : nil
        )
    }
}
