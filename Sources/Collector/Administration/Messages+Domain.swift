internal import Messages
internal import Shared

extension Khien_V1_Token {
    init(_ token: TokenRecord) {
        self.init()
        id = token.id
        unitCode = token.unitCode
        uses = UInt32(clamping: token.uses)
        usesLeft = UInt32(clamping: token.usesLeft)
        createdAtMs = token.createdAt.value
        expiresAtMs = token.expiresAt.value
        createdBy = token.createdBy
        if let moment = token.revokedAt { revokedAtMs = moment.value }
    }
}

extension Khien_V1_Officer {
    init(_ officer: OfficerRecord) {
        self.init()
        name = officer.name
        role = Khien_V1_OfficerRole(rawValue: officer.role.rawValue) ?? .unspecified
        unitCode = officer.unitCode ?? ""
        createdAtMs = officer.createdAt.value
        certificateExpiresAtMs = officer.certificateExpiresAt.value
        if let moment = officer.revokedAt { revokedAtMs = moment.value }
    }
}
