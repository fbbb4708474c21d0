import Shared

/// Findings with their life, and the policy.
extension Phrases {
    // MARK: - Commands

    static let findingsAbstract = Phrase(
        "What devices break: the overdue first, with deadline and state.",
        vi: "Các phát hiện trên thiết bị: quá hạn xếp trước, kèm hạn xử lý và trạng thái."
    )

    static let findingsDiscussion = Phrase(
        """
        Without --state, those that are open or acknowledged. A waived one is no violation until its last day; how many \
        there are stands below the list.
        """,
        vi: """
            Nếu không có --state thì liệt kê các phát hiện đang mở hoặc đã tiếp nhận. Phát hiện được miễn trừ không tính là \
            vi phạm cho đến ngày cuối; số lượng ghi ở dưới danh sách.
            """
    )

    static let conflictsAbstract = Phrase(
        "The devices on which several antivirus products are proven to be installed.",
        vi: "Các thiết bị được xác nhận đang cài đặt nhiều phần mềm diệt virus."
    )

    static let conflictsDiscussion = Phrase(
        "The short form of khien findings --kind multiple-antivirus.",
        vi: "Dạng rút gọn của khien findings --kind multiple-antivirus."
    )

    static let findingGroup = Phrase(
        "One finding: show it, acknowledge it, waive it until a day.",
        vi: "Một phát hiện: xem, tiếp nhận, miễn trừ đến một ngày."
    )

    static let findingShowAbstract = Phrase(
        "One finding with everything that happened to it.",
        vi: "Một phát hiện với toàn bộ diễn biến."
    )

    static let findingShowDiscussion = Phrase(
        """
        CSV has a row for each event, with the columns of the finding and the numbers of earlier findings in front. JSON has \
        the earlier findings in full.
        """,
        vi: """
            CSV có mỗi sự kiện một dòng, phía trước là các cột của phát hiện và số của những phát hiện trước đây. JSON có đầy \
            đủ những phát hiện trước đây.
            """
    )

    static let findingAcknowledgeAbstract = Phrase(
        "Say that you have seen a finding and are at it; it counts as before.",
        vi: "Tiếp nhận một phát hiện để xử lý; phát hiện vẫn được tính như trước."
    )

    static let findingWaiveAbstract = Phrase(
        "Tolerate a finding until a day; it is no violation until then.",
        vi: "Miễn trừ một phát hiện đến một ngày; đến khi đó không tính là vi phạm."
    )

    static let findingUnwaiveAbstract = Phrase(
        "End a waiver now.",
        vi: "Chấm dứt miễn trừ ngay bây giờ."
    )

    // MARK: - Arguments

    static let findingKindHelp = Phrase(
        "Only this kind, such as multiple-antivirus; may be repeated.",
        vi: "Chỉ loại này, ví dụ multiple-antivirus; có thể lặp lại."
    )

    static let findingSinceHelp = Phrase(
        "Only those that opened on this day or later, such as 2025-07-01.",
        vi: "Chỉ các phát hiện mở từ ngày này trở đi, ví dụ 2025-07-01."
    )

    static let findingStateHelp = Phrase(
        "Only those in this state.",
        vi: "Chỉ các phát hiện ở trạng thái này."
    )

    static let findingIDHelp = Phrase(
        "The finding's number, as khien findings shows it.",
        vi: "Số của phát hiện, như khien findings hiển thị."
    )

    static let findingNoteHelp = Phrase(
        "What is being done, for the record.",
        vi: "Việc đang làm, để lưu hồ sơ."
    )

    static let findingUntilHelp = Phrase(
        "The last day of the waiver, at most 366 days ahead, such as 2025-12-31.",
        vi: "Ngày cuối của miễn trừ, không quá 366 ngày tới, ví dụ 2025-12-31."
    )

    static let reasonHelp = Phrase("Why; it is kept in the record.", vi: "Lý do; được lưu hồ sơ.")
    static let kindValue = Phrase("kind", vi: "loại")

    // MARK: - Headers

    static let findingNumber = Phrase("Number", vi: "Số")
    static let acknowledgedBy = Phrase("Acknowledged by", vi: "Người tiếp nhận")
    static let acknowledgedAt = Phrase("Acknowledged", vi: "Tiếp nhận lúc")
    static let waivedUntil = Phrase("Waived until", vi: "Miễn trừ đến")
    static let waivedBy = Phrase("Waived by", vi: "Người miễn trừ")
    static let waiverReason = Phrase("Reason of the waiver", vi: "Lý do miễn trừ")
    static let event = Phrase("Event", vi: "Diễn biến")
    static let time = Phrase("Time", vi: "Thời điểm")
    static let happened = Phrase("What happened", vi: "Diễn biến")
    static let earlierFindings = Phrase(
        "Earlier findings of the same kind on this device",
        vi: "Các phát hiện cùng loại trước đây trên thiết bị này"
    )
    static let nothingHappened = Phrase("Nothing is recorded.", vi: "Chưa có gì được ghi lại.")
    static let noEarlierFindings = Phrase("None.", vi: "Không có.")

    // MARK: - Words

    static let stateAcknowledged = Phrase("acknowledged", vi: "đã tiếp nhận")
    static let stateWaived = Phrase("waived", vi: "được miễn trừ")
    static let severityNotice = Phrase("notice", vi: "lưu ý")
    static let severityWarning = Phrase("warning", vi: "cảnh báo")
    static let severityCritical = Phrase("critical", vi: "nghiêm trọng")

    /// What happened to a finding; `nil` for a word of a newer collector.
    static func findingEvent(_ word: String) -> Phrase? {
        switch word {
        case "opened": Phrase("opened", vi: "mở")
        case "reopened": Phrase("reopened", vi: "mở lại")
        case "acknowledged": Phrase("acknowledged", vi: "tiếp nhận")
        case "waived": Phrase("waived", vi: "miễn trừ")
        case "waiver-ended": Phrase("waiver-ended", vi: "hết thời hạn miễn trừ")
        case "unwaived": Phrase("unwaived", vi: "chấm dứt miễn trừ")
        case "products-changed": Phrase("products-changed", vi: "sản phẩm thay đổi")
        case "acknowledgement-ended": Phrase("acknowledgement-ended", vi: "hủy tiếp nhận do có sản phẩm mới")
        case "closed": Phrase("closed", vi: "đóng")
        default: nil
        }
    }

    // MARK: - Notes

    static func overdueCount(_ count: UInt32) -> Phrase {
        Phrase("\(count) overdue.", vi: "\(count) quá hạn xử lý.")
    }

    static func waivedCount(_ count: UInt32) -> Phrase {
        Phrase(
            "\(count) waived, not in this list (khien findings --state waived).",
            vi: "\(count) được miễn trừ, không có trong danh sách này (khien findings --state waived)."
        )
    }

    // MARK: - What can be wrong

    static let findingIDWrong = Phrase(
        "A finding's number is 1 or more; khien findings shows the numbers.",
        vi: "Số của phát hiện phải từ 1 trở lên; khien findings hiển thị các số này."
    )

    static func textLength(_ option: String, _ range: ClosedRange<Int>) -> Phrase {
        Phrase(
            "\(option) must be from \(range.lowerBound) to \(range.upperBound) bytes.",
            vi: "\(option) phải dài từ \(range.lowerBound) đến \(range.upperBound) byte."
        )
    }

    static func textTooLong(_ option: String, _ limit: Int) -> Phrase {
        Phrase("\(option) must be at most \(limit) bytes.", vi: "\(option) dài tối đa \(limit) byte.")
    }

    static let dayWrong = Phrase(
        "A day is written as year-month-day, such as 2025-07-01, or as day/month/year, such as 01/07/2025.",
        vi: "Ngày được viết theo dạng ngày/tháng/năm, ví dụ 01/07/2025, hoặc năm-tháng-ngày, ví dụ 2025-07-01."
    )

    static let sinceInFuture = Phrase(
        "--since is in the future: nothing can have opened then. Name an earlier day.",
        vi: "--since ở tương lai nên chưa thể có phát hiện nào. Hãy nêu một ngày sớm hơn."
    )

    static let untilWrong = Phrase(
        "--until must be a day after today and at most 366 days ahead.",
        vi: "--until phải là một ngày sau hôm nay và không quá 366 ngày tới."
    )
}
