import Shared

/// The policy: approved products, deadlines, severity, silence.
extension Phrases {
    // MARK: - Commands

    static let policyGroup = Phrase(
        "What counts as approved, how severe findings are, and by when they are to be closed.",
        vi: "Sản phẩm được duyệt, mức độ của các phát hiện và hạn xử lý."
    )

    static let policyShowAbstract = Phrase("The policy in force.", vi: "Chính sách đang áp dụng.")

    static let policySetAbstract = Phrase(
        "Change the policy. For the center.",
        vi: "Thay đổi chính sách. Dành cho trung tâm."
    )

    static let policySetDiscussion = Phrase(
        "Only what is named changes. Products of the licenses are approved anyway; others can be approved beside them.",
        vi: "Chỉ thay đổi những mục được nêu. Sản phẩm có bản quyền luôn được duyệt; có thể duyệt thêm sản phẩm khác."
    )

    // MARK: - Arguments

    static let approveHelp = Phrase(
        "Approve an antivirus beside the licensed ones; may be repeated.",
        vi: "Duyệt thêm một phần mềm diệt virus ngoài các sản phẩm có bản quyền; có thể lặp lại."
    )

    static let disapproveHelp = Phrase(
        "Take an approval back; may be repeated.",
        vi: "Rút lại việc duyệt một sản phẩm; có thể lặp lại."
    )

    static let deadlineHelp = Phrase(
        "Days from the opening of a finding to its deadline, such as multiple-antivirus=7; may be repeated.",
        vi: "Số ngày từ khi mở phát hiện đến hạn xử lý, ví dụ multiple-antivirus=7; có thể lặp lại."
    )

    static let severityHelp = Phrase(
        "How severe a kind is, notice, warning or critical, such as no-antivirus=critical; may be repeated.",
        vi: "Mức độ của một loại: notice, warning hoặc critical, ví dụ no-antivirus=critical; có thể lặp lại."
    )

    static let silentAfterHelp = Phrase(
        "Days without a report after which a device counts as silent.",
        vi: "Số ngày không có báo cáo thì thiết bị bị coi là mất liên lạc."
    )

    static let reportIntervalHelp = Phrase(
        "Seconds between two reports of a device.",
        vi: "Số giây giữa hai lần báo cáo của một thiết bị."
    )

    static let policyFamilyValue = Phrase("family", vi: "họ-sản-phẩm")
    static let kindDaysValue = Phrase("kind=days", vi: "loại=số-ngày")
    static let kindSeverityValue = Phrase("kind=severity", vi: "loại=mức-độ")
    static let secondsValue = Phrase("seconds", vi: "số-giây")

    // MARK: - Headers

    static let licensedFamilies = Phrase("Licensed products", vi: "Sản phẩm có bản quyền")
    static let approvedFamilies = Phrase("Approved beside them", vi: "Được duyệt thêm")
    static let silentAfter = Phrase("Silent after days", vi: "Mất liên lạc sau số ngày")
    static let reportInterval = Phrase("Seconds between reports", vi: "Số giây giữa hai báo cáo")
    static let deadlineDays = Phrase("Days to the deadline", vi: "Số ngày đến hạn xử lý")
    static let policyKinds = Phrase("Kinds of findings", vi: "Các loại phát hiện")
    static let noKinds = Phrase("None.", vi: "Không có.")

    // MARK: - Notes

    /// A setting of one kind of finding.
    static func ofKind(_ setting: Phrase, _ kind: Phrase) -> Phrase {
        Phrase("\(setting.english) (\(kind.english))", vi: "\(setting.vietnamese) (\(kind.vietnamese))")
    }

    static let policyNow = Phrase("Policy now", vi: "Chính sách hiện nay")

    static let policyAsBefore = Phrase(
        "The policy said this before.",
        vi: "Chính sách vốn đã như vậy."
    )

    // MARK: - What can be wrong

    static let policyEmpty = Phrase(
        """
        Say what to change: --approve, --disapprove, --deadline, --severity, --silent-after or --report-interval.
        """,
        vi: """
            Hãy nêu nội dung cần thay đổi: --approve, --disapprove, --deadline, --severity, --silent-after hoặc \
            --report-interval.
            """
    )

    static func familyWrong(_ family: String) -> Phrase {
        Phrase(
            "“\(family)” is no family of the catalog: 1 to 64 characters of a-z, 0-9 and hyphen.",
            vi: "“\(family)” không phải là họ sản phẩm trong danh mục: từ 1 đến 64 ký tự gồm a-z, 0-9 và dấu gạch nối."
        )
    }

    static func familyTwice(_ family: String) -> Phrase {
        Phrase(
            "“\(family)” is named twice. Approve it or disapprove it, once.",
            vi: "“\(family)” được nêu hai lần. Chỉ duyệt hoặc rút lại việc duyệt, một lần."
        )
    }

    static func tooManyFamilies(_ limit: Int) -> Phrase {
        Phrase(
            "At most \(limit) products can be approved or disapproved at once. Make several changes.",
            vi: "Mỗi lần chỉ duyệt hoặc rút lại việc duyệt tối đa \(limit) sản phẩm. Hãy chia thành nhiều lần."
        )
    }

    static func kindWrong(_ kinds: String) -> Phrase {
        Phrase(
            "It must begin with a kind of finding and an equals sign; the kinds are \(kinds).",
            vi: "Giá trị phải bắt đầu bằng một loại phát hiện và dấu bằng; các loại gồm \(kinds)."
        )
    }

    static func deadlineWrong(_ range: ClosedRange<Int>) -> Phrase {
        Phrase(
            "The days must be a whole number from \(range.lowerBound) to \(range.upperBound).",
            vi: "Số ngày phải là số nguyên từ \(range.lowerBound) đến \(range.upperBound)."
        )
    }

    static let severityWrong = Phrase(
        "The severity must be notice, warning or critical.",
        vi: "Mức độ phải là notice, warning hoặc critical."
    )

    static func kindTwice(_ kind: FindingKind, _ option: String) -> Phrase {
        Phrase(
            "\(option) names \(kind.word) twice. Name each kind once.",
            vi: "\(option) nêu \(kind.word) hai lần. Mỗi loại chỉ nêu một lần."
        )
    }

    static func policyRange(_ option: String, _ range: ClosedRange<Int>) -> Phrase {
        Phrase(
            "\(option) must be from \(range.lowerBound) to \(range.upperBound).",
            vi: "\(option) phải từ \(range.lowerBound) đến \(range.upperBound)."
        )
    }
}
