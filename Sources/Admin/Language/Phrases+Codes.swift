import Shared

/// The code words of the wire, as people read them. In English they are the words themselves, which are also what options
/// take.
extension Phrases {
    static func word(_ kind: FindingKind) -> Phrase {
        switch kind {
        case .multipleAntivirus: Phrase(kind.word, vi: "nhiều phần mềm diệt virus")
        case .unapprovedAntivirus: Phrase(kind.word, vi: "phần mềm chưa được duyệt")
        case .noAntivirus: Phrase(kind.word, vi: "không có phần mềm diệt virus")
        case .ghostRegistration: Phrase(kind.word, vi: "đăng ký không còn thực")
        case .protectionOff: Phrase(kind.word, vi: "đã tắt bảo vệ")
        case .outdatedSignatures: Phrase(kind.word, vi: "mẫu nhận diện đã cũ")
        case .overCap: Phrase(kind.word, vi: "vượt định mức")
        case .termExpired: Phrase(kind.word, vi: "kỳ bản quyền đã hết hạn")
        }
    }

    static func word(_ role: ProductRole) -> Phrase {
        switch role {
        case .antivirus: Phrase(role.word, vi: "diệt virus")
        case .edr: Phrase(role.word, vi: "cảm biến EDR")
        case .onDemand: Phrase(role.word, vi: "quét theo yêu cầu")
        case .builtIn: Phrase(role.word, vi: "có sẵn trong hệ điều hành")
        case .component: Phrase(role.word, vi: "thành phần")
        case .management: Phrase(role.word, vi: "quản trị")
        case .unknown: Phrase(role.word, vi: "chưa xác định")
        }
    }

    static func word(_ grade: EvidenceGrade) -> Phrase {
        switch grade {
        case .remnant: Phrase(grade.word, vi: "tàn dư")
        case .registered: Phrase(grade.word, vi: "chỉ có đăng ký")
        case .confirmed: Phrase(grade.word, vi: "đã xác nhận")
        }
    }

    static func word(_ weight: FactWeight) -> Phrase {
        switch weight {
        case .leftover: Phrase(weight.word, vi: "còn sót lại")
        case .registered: Phrase(weight.word, vi: "có đăng ký")
        case .installed: Phrase(weight.word, vi: "đã cài đặt")
        case .running: Phrase(weight.word, vi: "đang chạy")
        }
    }

    static func word(_ protection: ProductStatus.Protection) -> Phrase {
        switch protection {
        case .on: Phrase(protection.word, vi: "bật")
        case .off: Phrase(protection.word, vi: "tắt")
        case .snoozed: Phrase(protection.word, vi: "tạm dừng")
        case .expired: Phrase(protection.word, vi: "hết hạn")
        case .passive: Phrase(protection.word, vi: "thụ động")
        }
    }

    static func word(_ signatures: ProductStatus.Signatures) -> Phrase {
        switch signatures {
        case .current: Phrase(signatures.word, vi: "mới")
        case .outdated: Phrase(signatures.word, vi: "đã cũ")
        }
    }

    static func word(_ license: ProductStatus.License) -> Phrase {
        switch license {
        case .valid: Phrase(license.word, vi: "còn hiệu lực")
        case .expired: Phrase(license.word, vi: "hết hạn")
        case .missing: Phrase(license.word, vi: "không có")
        }
    }

    static func word(_ state: SourceStatus.State) -> Phrase {
        switch state {
        case .complete: Phrase(state.word, vi: "đầy đủ")
        case .absent: Phrase(state.word, vi: "không có")
        case .partial: Phrase(state.word, vi: "một phần")
        case .unavailable: Phrase(state.word, vi: "không đọc được")
        }
    }

    // MARK: - Words that only the wire has

    static let wordInOrder = Phrase("in-order", vi: "đạt")
    static let wordInViolation = Phrase("in-violation", vi: "vi phạm")
    static let wordSilent = Phrase("silent", vi: "mất liên lạc")
    static let wordRevoked = Phrase("revoked", vi: "đã thu hồi")
    static let wordRetired = Phrase("retired", vi: "ngừng sử dụng")
    static let wordMerged = Phrase("merged", vi: "đã gộp")
    static let wordNone = Phrase("none", vi: "không")
    static let wordHeld = Phrase("held", vi: "đang giữ")
    static let wordOverCap = Phrase("over-cap", vi: "vượt định mức")
    static let wordIdle = Phrase("idle", vi: "tạm nhả")
    static let wordCenter = Phrase("center", vi: "trung tâm")
    static let wordUnit = Phrase("unit", vi: "đơn vị")
    static let wordReader = Phrase("reader", vi: "chỉ xem")
    static let wordOpen = Phrase("open", vi: "đang mở")
    static let wordClosed = Phrase("closed", vi: "đã đóng")
}
