internal import Shared
internal import Signatures

/// How devices come to be, and how their certificates are kept alive; each a single transaction.
struct DeviceRegistry: Sendable {
    let database: Database
    let clock: WallClock

    /// What enrollment knows of a device once its request for a certificate is checked and signed.
    struct Enrollment: Sendable {
        var tokenSecret: String
        var deviceID: String
        var publicKey: [UInt8]
        var hostName: String
        var agentVersion: String
        var certificateSerial: String
        var certificateExpiresAt: Milliseconds
    }

    /// Uses the token once and writes the device down.
    ///
    /// A key that is known already stays in its unit: moving it is an
    /// officer's decision, not a token's.
    /// - Throws: `CollectorError`: `unauthenticated` in one wording for every reason that a token is not good;
    ///   `permissionDenied` for a revoked device.
    func enroll(_ enrollment: Enrollment) async throws(CollectorError) -> (unitCode: String, unitName: String) {
        let now = clock.now()
        let digest = SHA256.hash(Array(enrollment.tokenSecret.utf8))
        return try await database.write { sql in
            guard let token = try TokenStore(sql: sql).redeem(secretDigest: digest, now: now) else {
                throw CollectorError(
                    .unauthenticated,
                    "This token is not valid: it may be mistyped, expired, used up or revoked. Ask for a new one."
                )
            }
            let known = try DeviceStore(sql: sql).state(enrollment.deviceID)
            if let known, known.isRevoked {
                throw CollectorError(
                    .permissionDenied,
                    "This device was revoked. Remove its state and enroll a new key."
                )
            }
            try DeviceStore(sql: sql).upsert(
                id: enrollment.deviceID,
                publicKey: enrollment.publicKey,
                unitCode: token.unitCode,
                hostName: enrollment.hostName,
                agentVersion: enrollment.agentVersion,
                certificateExpiresAt: enrollment.certificateExpiresAt,
                now: now
            )
            try AuditStore(sql: sql).add(
                actor: "token:\(token.id)",
                action: known == nil ? "device-enrolled" : "device-enrolled-again",
                target: enrollment.deviceID,
                detail: "certificate \(enrollment.certificateSerial)",
                now: now
            )
            let unit = known?.unitCode ?? token.unitCode
            return (unit, try UnitStore(sql: sql).name(of: unit) ?? unit)
        }
    }

    /// Writes down that a device has a new certificate.
    /// - Throws: `CollectorError` (`permissionDenied`) for a device that is not enrolled, or revoked.
    func recordRenewal(
        of deviceID: String,
        certificateSerial: String,
        expiresAt: Milliseconds
    ) async throws(CollectorError) {
        let now = clock.now()
        try await database.write { sql in
            guard let state = try DeviceStore(sql: sql).state(deviceID), !state.isRevoked else {
                throw CollectorError(.permissionDenied, "This device is not enrolled here, or was revoked.")
            }
            try DeviceStore(sql: sql).setCertificateExpiry(deviceID, at: expiresAt)
            try AuditStore(sql: sql).add(
                actor: "device:\(deviceID)",
                action: "certificate-renewed",
                target: deviceID,
                detail: "certificate \(certificateSerial)",
                now: now
            )
        }
    }
}
