internal import Shared

/// The officer who asks, with what that officer may see and change.
struct Caller: Sendable, Hashable {
    let name: String
    let role: OfficerRole
    /// The only unit that a unit's officer may see; `nil` for officers who see all.
    let ownUnit: String?

    /// Refuses whoever may only look.
    func requireChange() throws(CollectorError) {
        guard role != .reader else {
            throw CollectorError(
                .permissionDenied,
                Phrase(
                    "A reader changes nothing. Ask an officer of the unit or the center.",
                    vi: "Tài khoản chỉ xem không được thay đổi gì. Hãy đề nghị cán bộ của đơn vị hoặc trung tâm."
                )
            )
        }
    }

    /// Refuses whoever is not of the center.
    func requireCenter() throws(CollectorError) {
        guard role == .center else {
            throw CollectorError(
                .permissionDenied,
                Phrase(
                    "Only officers of the center may do this. Ask the center.",
                    vi: "Chỉ cán bộ của trung tâm được làm việc này. Hãy đề nghị trung tâm."
                )
            )
        }
    }

    /// Refuses whoever may see one unit only.
    func requireProvince() throws(CollectorError) {
        guard ownUnit == nil else {
            throw CollectorError(
                .permissionDenied,
                Phrase(
                    "Only officers of the center and readers may see this. Ask the center.",
                    vi: "Chỉ cán bộ của trung tâm và tài khoản chỉ xem được xem mục này. Hãy đề nghị trung tâm."
                )
            )
        }
    }

    /// What a decision without its reason is answered.
    static let missingReason = CollectorError(
        .invalidArgument,
        Phrase(
            "Say why in 1 to 500 bytes: --reason \"…\".",
            vi: "Hãy nêu lý do, từ 1 đến 500 byte: --reason \"…\"."
        )
    )
}
