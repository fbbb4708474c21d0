internal import Shared
internal import Signatures

/// Finds the caller behind a certificate.
struct CallerDirectory: Sendable {
    let database: Database
    let clock: WallClock

    /// With its first use a certificate takes the former one's place.
    /// - Throws: `CollectorError` (`permissionDenied`) for an officer who is unknown, revoked, or whose certificate was
    ///   replaced by a newer one or has expired.
    func caller(_ identity: OfficerIdentity) async throws(CollectorError) -> Caller {
        let now = clock.now()
        var officer = try Self.admit(
            try await database.read { try OfficerStore(sql: $0).officer(identity.name) },
            identity,
            now: now
        )
        // Nearly always there is nothing to write down, and the writer is not asked.
        if !officer.isSeen || officer.keyDigest == nil || officer.certificateSerial != identity.life.serial {
            officer = try await database.write { sql in
                try Self.noteUse(identity, sql: sql, now: now)
                // Another renewal, or a revocation, may have been faster.
                return try Self.admit(try OfficerStore(sql: sql).officer(identity.name), identity, now: now)
            }
        }
        return Caller(
            name: officer.name,
            role: officer.role,
            ownUnit: officer.role == .unit ? officer.unitCode ?? "" : nil
        )
    }

    private static func noteUse(_ identity: OfficerIdentity, sql: SQLTransaction, now: Milliseconds) throws {
        let officers = OfficerStore(sql: sql)
        let keyDigest = SHA256.hash(identity.publicKey)
        try officers.noteUse(of: identity.life.serial, keyDigest: keyDigest, by: identity.name)
        guard try officers.beginUse(of: identity.life.serial, by: identity.name) else { return }
        try AuditStore(sql: sql).add(
            actor: "officer:\(identity.name)",
            action: "officer-renewal-used",
            target: identity.name,
            detail: "certificate \(identity.life.serial)",
            now: now
        )
    }

    /// The officer, if a certificate is good for being one.
    private static func admit(
        _ officer: OfficerRecord?,
        _ identity: OfficerIdentity,
        now: Milliseconds
    ) throws(CollectorError) -> OfficerRecord {
        guard let officer else {
            throw CollectorError(
                .permissionDenied,
                Phrase(
                    "This profile is not known here. Ask the center for a new one.",
                    vi: "Hồ sơ truy cập này không có ở đây. Hãy đề nghị trung tâm cấp hồ sơ mới."
                )
            )
        }
        guard officer.revokedAt == nil else {
            throw CollectorError(
                .permissionDenied,
                Phrase(
                    "This profile was revoked. Ask the center for a new one.",
                    vi: "Hồ sơ truy cập này đã bị thu hồi. Hãy đề nghị trung tâm cấp hồ sơ mới."
                )
            )
        }
        guard [officer.certificateSerial, officer.pending?.serial].contains(identity.life.serial) else {
            throw CollectorError(
                .permissionDenied,
                Phrase(
                    """
                    This profile's certificate was replaced by a newer one. Install what the center sent: khien profile \
                    install FILE. If you did not ask for one, call the center.
                    """,
                    vi: """
                        Chứng thư của hồ sơ này đã được thay bằng chứng thư mới hơn. Hãy cài đặt tệp trung tâm đã gửi: khien \
                        profile install TỆP. Nếu bạn không đề nghị cấp mới, hãy gọi cho trung tâm.
                        """
                )
            )
        }
        guard identity.life.holds(at: now) else {
            throw CollectorError(
                .permissionDenied,
                Phrase(
                    "This profile has expired. Ask for another year: khien profile renew.",
                    vi: "Hồ sơ truy cập này đã hết hạn. Hãy đề nghị gia hạn: khien profile renew."
                )
            )
        }
        return officer
    }
}
