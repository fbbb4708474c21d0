import Shared

/// What the commands about units say.
extension Phrases {
    // MARK: - Commands

    static let unitsAbstract = Phrase(
        "How the units stand: allocation, seats, shortfall, devices and conflicts.",
        vi: "Tình hình các đơn vị: phân bổ, suất bản quyền, phần còn thiếu, thiết bị và xung đột."
    )
    static let unitsDiscussion = Phrase(
        """
        What needs attention stands on top: conflicts, then devices over the cap, violations, the share that is silent, and \
        shortfall. A closed unit is shown with --closed, and with the unit that it went into.
        """,
        vi: """
            Đơn vị cần chú ý đứng trên cùng: xung đột, rồi đến thiết bị vượt định mức, vi phạm, tỷ lệ mất liên lạc và phần \
            còn thiếu. Đơn vị đã giải thể được hiện khi có --closed, kèm đơn vị mà nó nhập vào.
            """
    )
    static let unitAbstract = Phrase(
        "One unit: show it, and change units by decisions.",
        vi: "Một đơn vị: xem, và thay đổi đơn vị theo văn bản."
    )
    static let unitShowAbstract = Phrase(
        "One unit in full: officer in charge, seats, findings, requests and what was decided about it.",
        vi: "Một đơn vị đầy đủ: cán bộ phụ trách, suất bản quyền, phát hiện, đề nghị và các quyết định đã có."
    )
    static let unitShowDiscussion = Phrase(
        """
        CSV has a row for each term in which the unit has seats (term_…), with the figures and the contact of the unit in \
        front, its findings as sums, and the numbers of its open requests. JSON has all of it.
        """,
        vi: """
            CSV có mỗi kỳ bản quyền của đơn vị một dòng (term_…), phía trước là số liệu và thông tin liên hệ của đơn vị, tổng \
            số phát hiện, và số của các đề nghị đang chờ. JSON có đầy đủ.
            """
    )
    static let unitAddAbstract = Phrase("Add a unit, without seats.", vi: "Thêm một đơn vị, chưa có suất bản quyền.")
    static let unitAddDiscussion = Phrase(
        "The new unit gets its seats by khien allocation set, and its devices by a token or khien device move.",
        vi: """
            Đơn vị mới được cấp suất bằng lệnh khien allocation set, và có thiết bị nhờ mã ghi danh hoặc lệnh khien device \
            move.
            """
    )
    static let unitRenameAbstract = Phrase(
        "Give a unit another name; its code stays.",
        vi: "Đổi tên một đơn vị; mã đơn vị giữ nguyên."
    )
    static let unitMergeAbstract = Phrase(
        "Merge units into another one, with all that they have.",
        vi: "Sáp nhập các đơn vị vào một đơn vị khác, cùng toàn bộ những gì đang có."
    )
    static let unitMergeDiscussion = Phrase(
        """
        Devices, seats, findings, requests, tokens, officers and history go along in one step; the codes and names of the \
        merged units lead to the other one from then on. That unit must exist (khien unit add).
        """,
        vi: """
            Thiết bị, suất bản quyền, phát hiện, đề nghị, mã ghi danh, cán bộ và lịch sử được chuyển theo trong một bước; từ \
            đó mã và tên của các đơn vị cũ dẫn đến đơn vị nhận. Đơn vị nhận phải có sẵn (khien unit add).
            """
    )
    static let unitSplitAbstract = Phrase(
        "Split a new unit off, with some of the devices and seats.",
        vi: "Tách ra một đơn vị mới, kèm một phần thiết bị và suất bản quyền."
    )
    static let unitSplitDiscussion = Phrase(
        """
        The devices are named by --device, once for each, or by --devices with a file of one id on each line; lines that \
        begin with # are comments. khien devices --unit lists the ids.
        """,
        vi: """
            Thiết bị được nêu bằng --device, mỗi thiết bị một lần, hoặc bằng --devices với một tệp mỗi dòng một mã số; dòng \
            bắt đầu bằng # là ghi chú. Lệnh khien devices --unit liệt kê các mã số.
            """
    )
    static let unitCloseAbstract = Phrase(
        "Close a unit that has no devices in service; its seats go back to the reserve.",
        vi: "Đóng một đơn vị không còn thiết bị đang dùng; suất bản quyền trở về dự phòng."
    )

    // MARK: - Options

    static let unitArgumentHelp = Phrase(
        "The unit: its code, an old code, or its name.",
        vi: "Đơn vị: mã, mã cũ hoặc tên."
    )
    static let unitSortHelp = Phrase(
        "In which order: attention (default), appendix or name.",
        vi: "Thứ tự: attention (cần chú ý, mặc định), appendix (theo phụ lục) hoặc name (theo tên)."
    )
    static let unitClosedHelp = Phrase(
        "With the units that were closed or merged.",
        vi: "Kèm các đơn vị đã đóng hoặc đã sáp nhập."
    )
    static let newUnitCodeHelp = Phrase(
        "The code of the new unit: 1 to 64 characters of a-z, 0-9 and '-'. One that was used before is refused.",
        vi: "Mã của đơn vị mới: 1 đến 64 ký tự a-z, 0-9 và '-'. Mã đã từng dùng sẽ bị từ chối."
    )
    static let newUnitNameHelp = Phrase("The official name.", vi: "Tên chính thức.")
    static let unitGroupHelp = Phrase(
        "department, district, commune or other.",
        vi: "department (sở, ngành), district (cấp huyện), commune (cấp xã) hoặc other (khác)."
    )
    static let unitRegroupHelp = Phrase(
        "department, district, commune or other; without it the group stays.",
        vi:
            "department (sở, ngành), district (cấp huyện), commune (cấp xã) hoặc other (khác); bỏ trống thì giữ nguyên nhóm."
    )
    static let unitMergedHelp = Phrase(
        "The units that cease to be: codes or names.",
        vi: "Các đơn vị thôi hoạt động: mã hoặc tên."
    )
    static let unitIntoHelp = Phrase(
        "The unit that they go into: a code or a name.",
        vi: "Đơn vị nhận sáp nhập: mã hoặc tên."
    )
    static let unitSplitHelp = Phrase(
        "The unit that is split; it stays.",
        vi: "Đơn vị được tách; đơn vị này vẫn giữ nguyên."
    )
    static let splitSeatsHelp = Phrase(
        "What the new unit gets of the allocation in the current term.",
        vi: "Số suất đơn vị mới nhận từ phân bổ trong kỳ hiện hành."
    )
    static let splitDeviceHelp = Phrase(
        "A device that goes along: its id, or the beginning of it. May be repeated.",
        vi: "Thiết bị chuyển theo: mã số hoặc phần đầu của mã số. Có thể lặp lại."
    )
    static let splitDevicesHelp = Phrase(
        "A file of the devices that go along, one id on each line.",
        vi: "Tệp các thiết bị chuyển theo, mỗi dòng một mã số."
    )
    static let groupValue = Phrase("group", vi: "nhóm")
    static let documentHelp = Phrase("The number of the decision.", vi: "Số văn bản của quyết định.")
    static let documentValue = Phrase("number", vi: "số-văn-bản")
    static let decisionReasonHelp = Phrase("Why; it is kept with the decision.", vi: "Lý do; được lưu cùng quyết định.")
    static let effectiveHelp = Phrase(
        "The day from which it holds, such as 2025-07-01; without it today.",
        vi: "Ngày có hiệu lực, ví dụ 2025-07-01; bỏ trống là hôm nay."
    )
    static let decisionRevisionHelp = Phrase(
        """
        Decide on what was seen earlier: the revision that was shown then. It is refused when somebody has changed \
        anything since.
        """,
        vi: """
            Quyết định theo những gì đã xem trước đó: lần sửa được hiện khi ấy. Lệnh bị từ chối nếu từ đó đã có người thay \
            đổi.
            """
    )

    // MARK: - Refusals of arguments

    static func emptyOption(_ option: String) -> Phrase {
        Phrase("\(option) is empty. Write what belongs there.", vi: "\(option) đang trống. Hãy ghi nội dung cần thiết.")
    }

    static func longOption(_ option: String, bytes: Int) -> Phrase {
        Phrase(
            "\(option) is longer than \(bytes) bytes. Shorten it.",
            vi: "\(option) dài hơn \(bytes) byte. Hãy rút ngắn lại."
        )
    }

    static func outOfRange(_ option: String, _ range: ClosedRange<Int>) -> Phrase {
        Phrase(
            "\(option) must be a whole number from \(range.lowerBound) to \(range.upperBound).",
            vi: "\(option) phải là số nguyên từ \(range.lowerBound) đến \(range.upperBound)."
        )
    }

    static func plainNumber(_ range: ClosedRange<Int>) -> Phrase {
        Phrase(
            "Write a plain number without separators, such as 1000, from \(range.lowerBound) to \(range.upperBound).",
            vi:
                "Hãy ghi một số viết liền, không có dấu ngăn cách, ví dụ 1000, từ \(range.lowerBound) đến \(range.upperBound)."
        )
    }

    static func badDay(_ option: String, _ text: String) -> Phrase {
        Phrase(
            """
            \(option): “\(text)” is no day of the calendar. Write year, month and day, such as 2025-07-01, or day/month/year, \
            such as 01/07/2025.
            """,
            vi: """
                \(option): “\(text)” không phải là một ngày hợp lệ. Hãy ghi ngày/tháng/năm, ví dụ 01/07/2025, hoặc \
                năm-tháng-ngày, ví dụ 2025-07-01.
                """
        )
    }

    static func badUnitCode(_ code: String) -> Phrase {
        Phrase(
            "“\(code)” cannot be a unit's code. Use 1 to 64 characters of a-z, 0-9 and '-'.",
            vi: "“\(code)” không dùng làm mã đơn vị được. Hãy dùng 1 đến 64 ký tự a-z, 0-9 và '-'."
        )
    }

    static func repeatedUnit(_ unit: String) -> Phrase {
        Phrase(
            "The unit “\(unit)” is named twice. Name each unit once.",
            vi: "Đơn vị “\(unit)” được nêu hai lần. Hãy nêu mỗi đơn vị một lần."
        )
    }

    static func mergedIntoItself(_ unit: String) -> Phrase {
        Phrase(
            "The unit “\(unit)” cannot be merged into itself. Name another one with --into.",
            vi: "Đơn vị “\(unit)” không thể sáp nhập vào chính nó. Hãy nêu đơn vị khác bằng --into."
        )
    }

    static func tooManyUnits(_ limit: Int) -> Phrase {
        Phrase(
            "More than \(limit) units cannot be merged at once. Merge them in several steps.",
            vi: "Không thể sáp nhập hơn \(limit) đơn vị một lần. Hãy chia thành nhiều bước."
        )
    }

    static let splitDevicesTwice = Phrase(
        "Name the devices either by --device or by --devices, not by both.",
        vi: "Hãy nêu thiết bị bằng --device hoặc bằng --devices, không dùng cả hai."
    )

    static func repeatedDevice(_ device: String) -> Phrase {
        Phrase(
            "The device “\(device)” is named twice. Name each device once.",
            vi: "Thiết bị “\(device)” được nêu hai lần. Hãy nêu mỗi thiết bị một lần."
        )
    }

    static func shortDeviceID(_ device: String, bytes: Int) -> Phrase {
        Phrase(
            "“\(device)” is no device's id. Write the id, or at least its first \(bytes) characters (khien devices).",
            vi: "“\(device)” không phải mã số thiết bị. Hãy ghi mã số, ít nhất \(bytes) ký tự đầu (khien devices)."
        )
    }

    static func tooManyDevices(_ limit: Int) -> Phrase {
        Phrase(
            "More than \(limit) devices cannot go along at once. Split with some, and move the others by khien device move.",
            vi: """
                Không thể chuyển hơn \(limit) thiết bị một lần. Hãy tách với một phần, rồi chuyển số còn lại bằng khien \
                device move.
                """
        )
    }

    static func emptyDeviceFile(_ file: String) -> Phrase {
        Phrase(
            "\(file) names no device. Write one id on each line.",
            vi: "\(file) không nêu thiết bị nào. Hãy ghi mỗi dòng một mã số."
        )
    }

    static func notText(_ file: String) -> Phrase {
        Phrase(
            "\(file) is not text in UTF-8. Save it as UTF-8.",
            vi: "\(file) không phải văn bản UTF-8. Hãy lưu lại ở dạng UTF-8."
        )
    }

    // MARK: - Headers and words

    static let unitSuccessor = Phrase("Went into", vi: "Nhập vào")
    static let unitClosedOn = Phrase("Closed on", vi: "Ngày đóng")
    static let unitFormerCodes = Phrase("Old codes", vi: "Mã cũ")
    static let unitAskedByFormer = Phrase("Asked by an old code or name", vi: "Được hỏi bằng mã hoặc tên cũ")
    static let unitFormerName = Phrase("Former name", vi: "Tên cũ")
    static let unitOther = Phrase("Other unit", vi: "Đơn vị liên quan")
    static let recordedAt = Phrase("Recorded", vi: "Ghi nhận lúc")
    static let unitAffectedOfficers = Phrase("Officers affected", vi: "Cán bộ liên quan")
    static let unitOfficerInCharge = Phrase("Officer in charge", vi: "Cán bộ phụ trách")
    static let unitPhone = Phrase("Telephone", vi: "Điện thoại")
    static let unitEmail = Phrase("E-mail", vi: "Thư điện tử")
    static let unitTrainedOn = Phrase("Trained on", vi: "Ngày tập huấn")
    static let unitStanding = Phrase("Standing", vi: "Tình hình")
    static let unitFindingsOpen = Phrase("Open", vi: "Đang mở")
    static let unitFindingsWaived = Phrase("Waived", vi: "Được miễn trừ")
    static let findingsByKind = Phrase("Findings by kind", vi: "Phát hiện theo loại")
    static let seatsByTerm = Phrase("Seats by term", vi: "Suất bản quyền theo kỳ")
    static let openRequests = Phrase("Open requests", vi: "Đề nghị đang chờ quyết định")
    static let unitChanges = Phrase("What was decided about the unit", vi: "Các quyết định về đơn vị")
    static let unitHasNone = Phrase("None.", vi: "Không có.")

    static let departmentGroup = Phrase("department", vi: "sở, ngành")
    static let districtGroup = Phrase("district", vi: "cấp huyện")
    static let communeGroup = Phrase("commune", vi: "cấp xã")
    static let otherGroup = Phrase("other", vi: "khác")

    static let unitAdded = Phrase("added", vi: "thêm mới")
    static let unitRenamed = Phrase("renamed", vi: "đổi tên")
    static let unitMerged = Phrase("merged", vi: "sáp nhập")
    static let unitSplit = Phrase("split", vi: "tách")
    static let unitClosed = Phrase("closed", vi: "đóng")

    // MARK: - Notes

    static func openRequestsNote(_ count: UInt32) -> Phrase {
        Phrase(
            "Open requests for seats: \(count). Show them: khien request list --state open",
            vi: "Đề nghị cấp thêm đang chờ quyết định: \(count). Xem bằng: khien request list --state open"
        )
    }

    static func unitWithoutContact(_ code: String) -> Phrase {
        Phrase(
            "Nobody is named yet: khien officer set --unit \(code)",
            vi: "Chưa cử ai: khien officer set --unit \(code)"
        )
    }

    static func wentAlong(seats: UInt64, devices: UInt64) -> Phrase {
        Phrase(
            "What went along: seats \(seats), devices \(devices).",
            vi: "Đã chuyển theo: \(seats) suất bản quyền, \(devices) thiết bị."
        )
    }

    static func unitToShow(_ code: String) -> Phrase {
        Phrase("Show it: khien unit show \(code)", vi: "Xem đơn vị: khien unit show \(code)")
    }

    static func officersMoved(_ officers: String) -> Phrase {
        Phrase(
            "Officers who see the other unit from now on: \(officers). Tell them.",
            vi: "Cán bộ từ nay theo dõi đơn vị nhận: \(officers). Hãy báo cho họ biết."
        )
    }
}
