internal import Foundation
internal import Shared
internal import Signatures

/// Makes, lists and revokes enrollment tokens.
struct TokenService: Sendable {
    private static let uses: ClosedRange<UInt32> = 1...100_000
    private static let lifetimeSeconds: ClosedRange<UInt32> = 60...31_536_000
    /// Bytes of randomness in a secret.
    private static let secretBytes = 20

    let database: Database
    let clock: WallClock
    /// Where devices are told to enroll.
    let enrollmentAddress: EnrollmentAddress

    /// The collector as devices find it.
    struct EnrollmentAddress: Sendable, Hashable {
        var host: String
        var port: UInt16
        /// SHA-256 over the authority's certificate, 64 lower-case hexadecimal characters.
        var authorityFingerprint: String
    }

    /// - Returns: the token, and the join string with its secret, which exists nowhere else.
    func create(
        unit: String,
        uses: UInt32,
        lifetimeSeconds: UInt32,
        by caller: Caller
    ) async throws(CollectorError) -> (token: TokenRecord, join: String) {
        try caller.requireChange()
        guard Self.uses.contains(uses) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A token is for 1 to 100,000 devices: --uses.",
                    vi: "Một mã ghi danh dùng cho 1 đến 100.000 thiết bị: --uses."
                )
            )
        }
        guard Self.lifetimeSeconds.contains(lifetimeSeconds) else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A token lives from one minute to one year: --expires.",
                    vi: "Mã ghi danh có hiệu lực từ một phút đến một năm: --expires."
                )
            )
        }
        let now = clock.now()
        var generator = SystemRandomNumberGenerator()
        let secret = Self.randomBytes(Self.secretBytes, using: &generator)
        let secretText = Data(secret).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        let id = Hexadecimal.encode(Self.randomBytes(6, using: &generator))
        let token = try await database.write { sql in
            let unitCode = try Self.unit(unit, for: caller, sql)
            let token = TokenRecord(
                id: id,
                unitCode: unitCode,
                uses: Int(uses),
                usesLeft: Int(uses),
                createdAt: now,
                expiresAt: now.adding(seconds: Int64(lifetimeSeconds)),
                createdBy: caller.name
            )
            try TokenStore(sql: sql).insert(token, secretDigest: SHA256.hash(Array(secretText.utf8)))
            try AuditStore(sql: sql).add(
                actor: "officer:\(caller.name)",
                action: "token-created",
                target: token.id,
                detail: "unit \(unitCode), uses \(uses), seconds \(lifetimeSeconds)",
                now: now
            )
            return token
        }
        let join = JoinString(
            host: enrollmentAddress.host,
            port: enrollmentAddress.port,
            token: secretText,
            authorityFingerprint: enrollmentAddress.authorityFingerprint
        )
        return (token, join.description)
    }

    /// The unit that is meant; the own one, when none is named, has to stand like any other.
    private static func unit(_ requested: String, for caller: Caller, _ sql: SQLTransaction) throws -> String {
        let named = requested.isEmpty ? caller.ownUnit ?? "" : requested
        guard !named.isEmpty else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "Say for which unit: --unit CODE. `khien units` lists the codes.",
                    vi: "Cần nêu rõ đơn vị: --unit MÃ. Lệnh `khien units` liệt kê mã các đơn vị."
                )
            )
        }
        return try UnitDirectory(sql: sql).resolve(named, for: caller).unit.code
    }

    /// Newest first, page by page.
    func list(
        pageSize: UInt32,
        pageToken: String,
        for caller: Caller
    ) async throws(CollectorError) -> Listing<TokenRecord> {
        let size = try PageToken.size(pageSize)
        var last: (createdAt: Int64, id: String)?
        if let parts = try PageToken.parse(pageToken, parts: 2)?.parts {
            guard let createdAt = Int64(parts[0]) else { throw PageToken.malformed }
            last = (createdAt, parts[1])
        }
        let scope = caller.ownUnit
        return try await database.read { [last] sql in
            let tokens = TokenStore(sql: sql)
            let rows = try tokens.list(unit: scope, after: last, limit: size + 1)
            let page = Array(rows.prefix(size))
            let next = rows.count > size ? page.last : nil
            return Listing(
                rows: page,
                total: try tokens.count(unit: scope),
                nextToken: next.map { PageToken(["\($0.createdAt.value)", $0.id]).text } ?? ""
            )
        }
    }

    func revoke(_ id: String, by caller: Caller) async throws(CollectorError) {
        try caller.requireChange()
        let scope = caller.ownUnit
        let now = clock.now()
        try await database.write { sql in
            let tokens = TokenStore(sql: sql)
            guard try !tokens.revoke(id, unit: scope, now: now) else {
                return try AuditStore(sql: sql).add(
                    actor: "officer:\(caller.name)",
                    action: "token-revoked",
                    target: id,
                    now: now
                )
            }
            // Whoever repeats a command whose answer was lost has what was asked for.
            guard let unit = try tokens.unit(of: id), scope == nil || scope == unit else {
                throw CollectorError(
                    .notFound,
                    Phrase(
                        "There is no token \"\(id.prefix(64))\". `khien token list` lists them.",
                        vi: "Không có mã ghi danh \"\(id.prefix(64))\". Lệnh `khien token list` liệt kê các mã."
                    )
                )
            }
        }
    }

    private static func randomBytes(_ count: Int, using generator: inout SystemRandomNumberGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
