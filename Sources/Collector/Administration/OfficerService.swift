internal import Shared

/// Adds, lists and revokes officers.
struct OfficerService: Sendable {
    let database: Database
    let clock: WallClock
    let authority: CertificateAuthority

    /// Adds an officer and signs the key in `certificateRequest` (PKCS#10 in DER; only its key is used).
    func add(
        name: String,
        role: OfficerRole,
        unit: String,
        certificateRequest: [UInt8],
        by caller: Caller
    ) async throws(CollectorError) -> (officer: OfficerRecord, certificate: [UInt8]) {
        try caller.requireCenter()
        guard ClientIdentity.isOfficerName(name) else {
            throw CollectorError(
                .invalidArgument,
                "An officer's name is 1 to 64 characters of a-z, 0-9, \".\" and \"-\"."
            )
        }
        guard (role == .unit) == !unit.isEmpty else {
            throw CollectorError(.invalidArgument, "An officer with role unit needs --unit CODE; others have none.")
        }
        let now = clock.now()
        let request = try CertificateRequest(der: certificateRequest)
        let issued = try authority.issueOfficer(request, name: name, now: now)
        let officer = OfficerRecord(
            name: name,
            role: role,
            unitCode: unit.isEmpty ? nil : unit,
            certificateSerial: issued.serial,
            createdAt: now,
            certificateExpiresAt: issued.notAfter
        )
        try await database.write { sql in
            try UnitStore(sql: sql).requireKnown(officer.unitCode)
            guard try OfficerStore(sql: sql).insert(officer) else {
                throw CollectorError(.alreadyExists, "There is an officer \"\(name)\" already. Choose another name.")
            }
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: "officer-added",
                target: name,
                detail: "role \(role.word) \(unit)",
                now: now
            )
        }
        return (officer, issued.der)
    }

    func list(for caller: Caller) async throws(CollectorError) -> [OfficerRecord] {
        let officers = try await database.read { try OfficerStore(sql: $0).list() }
        guard let ownUnit = caller.ownUnit else { return officers }
        return officers.filter { $0.unitCode == ownUnit }
    }

    func revoke(_ name: String, by caller: Caller) async throws(CollectorError) {
        try caller.requireCenter()
        let now = clock.now()
        try await database.write { sql in
            let officers = OfficerStore(sql: sql)
            guard let officer = try officers.officer(name) else {
                throw CollectorError(
                    .notFound,
                    "There is no officer \"\(name.prefix(64))\". `khien officer list` lists them."
                )
            }
            guard officer.revokedAt == nil else { return }
            if officer.role == .center, try officers.centerCount() == 1 {
                throw CollectorError(
                    .failedPrecondition,
                    "\"\(name)\" is the last officer of the center. Add another one first."
                )
            }
            _ = try officers.revoke(name, now: now)
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: "officer-revoked",
                target: name,
                now: now
            )
        }
    }
}
