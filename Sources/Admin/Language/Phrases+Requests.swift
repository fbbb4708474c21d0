import Shared

/// What the commands about requests for more seats say.
extension Phrases {
    // MARK: - Commands

    static let requestAbstract = Phrase(
        "Requests for more seats: file, list, show, decide.",
        vi: "Đề nghị cấp thêm suất bản quyền: lập, liệt kê, xem, quyết định."
    )
    static let requestCreateAbstract = Phrase(
        "Ask the center for more seats.",
        vi: "Đề nghị trung tâm cấp thêm suất bản quyền."
    )
    static let requestCreateDiscussion = Phrase(
        "The center decides; khien request show follows it. Seats change by the decision only.",
        vi: "Trung tâm quyết định; theo dõi bằng khien request show. Số suất chỉ thay đổi khi có quyết định."
    )
    static let requestListAbstract = Phrase(
        "The requests: open ones first, the oldest of them on top.",
        vi: "Các đề nghị: chưa quyết định đứng trước, cũ nhất ở trên cùng."
    )
    static let requestShowAbstract = Phrase(
        "One request, its answer, and how the unit stands now.",
        vi: "Một đề nghị, câu trả lời, và tình hình hiện nay của đơn vị."
    )
    static let requestApproveAbstract = Phrase(
        "Grant a request in whole or in part; the ledger changes with it.",
        vi: "Chấp thuận toàn bộ hoặc một phần đề nghị; sổ cái thay đổi cùng lúc."
    )
    static let requestApproveDiscussion = Phrase(
        """
        The seats come out of the reserve, or from a unit that has not installed all that it was given. What the source \
        cannot cover is refused with the figures.
        """,
        vi: """
            Suất được lấy từ dự phòng, hoặc từ một đơn vị chưa cài hết số được phân bổ. Nếu nguồn không đủ, lệnh bị từ chối \
            kèm số liệu.
            """
    )
    static let requestRefuseAbstract = Phrase("Refuse a request.", vi: "Từ chối một đề nghị.")
    static let requestWithdrawAbstract = Phrase(
        "Withdraw a request that was not decided yet.",
        vi: "Rút lại một đề nghị chưa được quyết định."
    )

    // MARK: - Options

    static let requestUnitHelp = Phrase(
        "The unit that needs the seats: a code or a name. A unit's officer may leave it out.",
        vi: "Đơn vị cần thêm suất: mã hoặc tên. Cán bộ của đơn vị có thể bỏ trống."
    )
    static let requestSeatsHelp = Phrase("How many more.", vi: "Số suất cần thêm.")
    static let requestReasonHelp = Phrase(
        "Why they are needed; the center reads it.",
        vi: "Vì sao cần thêm; trung tâm sẽ đọc nội dung này."
    )
    static let requestIDHelp = Phrase(
        "The request's number, as khien request list shows it.",
        vi: "Số của đề nghị, như khien request list hiển thị."
    )
    static let requestStateHelp = Phrase(
        "Only open, approved, refused or withdrawn ones.",
        vi:
            "Chỉ những đề nghị open (chưa quyết định), approved (đã chấp thuận), refused (bị từ chối) hoặc withdrawn (đã rút)."
    )
    static let stateValue = Phrase("state", vi: "trạng-thái")
    static let grantSeatsHelp = Phrase(
        "How many are granted; without it as many as were asked for.",
        vi: "Số suất được cấp; bỏ trống là bằng số đã đề nghị."
    )
    static let grantSourceHelp = Phrase(
        "Where they come from: “reserve”, or a unit's code or name.",
        vi: "Nguồn cấp: “reserve” (dự phòng), hoặc mã hay tên của một đơn vị."
    )
    static let grantSourceValue = Phrase("source", vi: "nguồn")
    static let grantAnswerHelp = Phrase(
        "What the unit is told with the grant.",
        vi: "Nội dung trả lời đơn vị kèm quyết định."
    )
    static let refusalReasonHelp = Phrase(
        "Why; the unit reads it.",
        vi: "Lý do; đơn vị sẽ đọc nội dung này."
    )

    // MARK: - Headers and words

    static let requestedSeats = Phrase("Asked for", vi: "Đề nghị")
    static let grantedSeats = Phrase("Granted", vi: "Được cấp")
    static let requestFiledBy = Phrase("Filed by", vi: "Người lập")
    static let requestFiledAt = Phrase("Filed", vi: "Lập lúc")
    static let grantSource = Phrase("From", vi: "Nguồn")
    static let requestAnswer = Phrase("Answer", vi: "Trả lời")
    static let requestDecidedBy = Phrase("Decided by", vi: "Người quyết định")
    static let requestDecidedAt = Phrase("Decided", vi: "Quyết định lúc")
    static let unitAllocated = Phrase("The unit was allocated", vi: "Đơn vị đã được phân bổ")
    static let unitUsed = Phrase("The unit uses", vi: "Đơn vị đang dùng")
    static let unitWaiting = Phrase("Devices waiting", vi: "Thiết bị đang chờ")
    static let requestOpen = Phrase("open", vi: "chờ quyết định")
    static let requestApproved = Phrase("approved", vi: "đã chấp thuận")
    static let requestRefused = Phrase("refused", vi: "bị từ chối")
    static let requestWithdrawn = Phrase("withdrawn", vi: "đã rút")
    static let grantFromReserve = Phrase("reserve", vi: "dự phòng")

    // MARK: - Notes

    static func reserveNow(_ seats: UInt32) -> Phrase {
        Phrase("The reserve holds now: \(seats).", vi: "Dự phòng hiện còn: \(seats).")
    }

    static func requestFiled(_ id: UInt64) -> Phrase {
        Phrase(
            "The request waits for the center. Follow it: khien request show \(id)",
            vi: "Đề nghị đang chờ trung tâm quyết định. Theo dõi bằng: khien request show \(id)"
        )
    }
}
