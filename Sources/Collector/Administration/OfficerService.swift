internal import Shared
internal import Signatures

/// Adds, lists and revokes officers.
struct OfficerService: Sendable {
    let database: Database
    let clock: WallClock
    let authority: CertificateAuthority

    /// Adds an officer and signs the key in `certificateRequest` (PKCS#10 in DER; only its key is used); or, to renew, gives
    /// one that is there another certificate for the same key, which counts from its first use on.
    ///
    /// The officer in the answer has the new certificate's life.
    func add(
        name: String,
        role: OfficerRole,
        unit: String,
        certificateRequest: [UInt8],
        renews: Bool = false,
        by caller: Caller
    ) async throws(CollectorError) -> (officer: OfficerRecord, certificate: [UInt8]) {
        try caller.requireCenter()
        guard (role == .unit) == !unit.isEmpty else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "An officer with role unit needs --unit CODE; others have none.",
                    vi: "Cán bộ có vai trò unit cần --unit MÃ; các vai trò khác thì không."
                )
            )
        }
        let now = clock.now()
        let request = try CertificateRequest(der: certificateRequest)
        let issued = try authority.issueOfficer(request, name: name, now: now)
        let officer = try await database.write { sql in
            let officer = OfficerRecord(
                name: name,
                role: role,
                unitCode: try UnitDirectory(sql: sql).scope(unit, for: caller),
                certificateSerial: issued.serial,
                createdAt: now,
                certificateExpiresAt: issued.notAfter,
                keyDigest: SHA256.hash(request.publicKey)
            )
            let officers = OfficerStore(sql: sql)
            guard renews ? try officers.renew(officer) : try officers.insert(officer) else {
                throw Self.refusal(of: officer, renews: renews, given: try officers.officer(name))
            }
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: renews ? "officer-renewed" : "officer-added",
                target: name,
                detail: "role \(role.word) \(officer.unitCode ?? "")",
                now: now
            )
            guard renews, var renewed = try officers.officer(name) else { return officer }
            renewed.certificateSerial = officer.certificateSerial
            renewed.certificateExpiresAt = officer.certificateExpiresAt
            return renewed
        }
        return (officer, issued.der)
    }

    /// Why an officer was neither added nor renewed.
    private static func refusal(
        of officer: OfficerRecord,
        renews: Bool,
        given former: OfficerRecord?
    ) -> CollectorError {
        let name = officer.name
        guard let former else {
            return CollectorError(
                .notFound,
                Phrase(
                    "There is no officer \"\(name)\" to renew. Sign without --renew to add one.",
                    vi: "Không có cán bộ \"\(name)\" để gia hạn. Hãy ký không kèm --renew để thêm mới."
                )
            )
        }
        if former.revokedAt != nil {
            return CollectorError(
                .alreadyExists,
                Phrase(
                    "The officer \"\(name)\" was revoked, and the name is not given again. Choose another name.",
                    vi: "Cán bộ \"\(name)\" đã bị thu hồi và tên này không được cấp lại. Hãy chọn tên khác."
                )
            )
        }
        let own = former.unitCode.map { "\(former.role.word) \($0)" } ?? former.role.word
        guard former.role == officer.role, former.unitCode == officer.unitCode else {
            return CollectorError(
                .alreadyExists,
                Phrase(
                    "There is an officer \"\(name)\" already, as \(own). Choose another name, or the same role and unit.",
                    vi:
                        "Đã có cán bộ \"\(name)\" với vai trò \(own). Hãy chọn tên khác, hoặc đúng vai trò và đơn vị đó."
                )
            )
        }
        if renews { return otherKey(of: name) }
        return CollectorError(
            .alreadyExists,
            Phrase(
                """
                There is an officer \"\(name)\" already. Choose another name; or, if it is the same person, whose certificate \
                ends, sign with --renew.
                """,
                vi: """
                    Đã có cán bộ \"\(name)\". Hãy chọn tên khác; hoặc nếu là cùng một người cần gia hạn chứng thư, hãy ký \
                    kèm --renew.
                    """
            )
        )
    }

    /// What a renewal with a key that is not the officer's is answered.
    private static func otherKey(of name: String) -> CollectorError {
        CollectorError(
            .alreadyExists,
            Phrase(
                """
                The request has another key than the officer "\(name)", and a renewal is for the same key: khien profile \
                renew on the officer's machine makes it. Where that key is lost, make a profile under a new name, and have \
                the former one revoked: khien officer revoke \(name).
                """,
                vi: """
                    Đề nghị có khóa khác với khóa của cán bộ "\(name)", mà gia hạn chỉ dành cho cùng một khóa: hãy tạo đề nghị \
                    bằng khien profile renew trên máy của cán bộ. Nếu khóa đã mất, hãy tạo hồ sơ với tên mới và thu hồi hồ \
                    sơ cũ: khien officer revoke \(name).
                    """
            )
        )
    }

    func list(for caller: Caller) async throws(CollectorError) -> [OfficerRecord] {
        let scope = caller.ownUnit
        return try await database.read { try OfficerStore(sql: $0).list(unit: scope) }
    }

    func revoke(_ name: String, by caller: Caller) async throws(CollectorError) {
        try caller.requireCenter()
        let now = clock.now()
        try await database.write { sql in
            let officers = OfficerStore(sql: sql)
            guard let officer = try officers.officer(name) else {
                throw CollectorError(
                    .notFound,
                    Phrase(
                        "There is no officer \"\(name.prefix(64))\". `khien officer list` lists them.",
                        vi: "Không có cán bộ \"\(name.prefix(64))\". Lệnh `khien officer list` liệt kê các cán bộ."
                    )
                )
            }
            guard officer.revokedAt == nil else { return }
            // Who was never seen, or whose certificate has expired, cannot act: revoking it takes nothing away.
            if officer.role == .center, officer.isSeen, officer.certificateExpiresAt > now,
                try officers.centerCount(now: now) == 1
            {
                throw CollectorError(
                    .failedPrecondition,
                    Phrase(
                        """
                        "\(name)" is the last officer of the center who can act. Add another one first, and have the new \
                        profile used once: khien units.
                        """,
                        vi: """
                            "\(name)" là cán bộ cuối cùng của trung tâm còn làm việc được. Hãy thêm một cán bộ khác và dùng \
                            thử hồ sơ mới một lần trước: khien units.
                            """
                    )
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
