import Messages
import Shared

/// What is shown and asked before something is overwritten.
extension Phrases {
    static let yesHelp = Phrase(
        "Do not ask: go on, whatever stands there now.",
        vi: "Không hỏi lại: cứ tiếp tục, dù hiện đang có gì."
    )

    static let goOn = Phrase("Go on? [y/N]", vi: "Tiếp tục? [c/K]")

    static let notConfirmed = Phrase("Nothing was changed.", vi: "Không có gì thay đổi.")

    static func unconfirmed(_ change: Phrase, revision: UInt64) -> Phrase {
        Phrase(
            """
            \(change.english) Nothing was changed: nobody is here to be asked. Add --revision \(revision) if you decided on \
            that state, or --yes to go on whatever is there.
            """,
            vi: """
                \(change.vietnamese) Không có gì thay đổi: không có ai để hỏi lại. Hãy thêm --revision \(revision) nếu bạn đã \
                căn cứ vào trạng thái đó, hoặc --yes để tiếp tục dù đang có gì.
                """
        )
    }

    /// Of what cannot be undone.
    static func unconfirmed(_ change: Phrase) -> Phrase {
        Phrase(
            "\(change.english) Nothing was changed: nobody is here to be asked. Add --yes to go on.",
            vi: "\(change.vietnamese) Không có gì thay đổi: không có ai để hỏi lại. Hãy thêm --yes để thực hiện."
        )
    }

    static func unitsWillGo(_ units: [String], into other: String, seats: UInt32, devices: UInt32) -> Phrase {
        let named = units.map { "“\($0)”" }.joined(separator: ", ")
        return Phrase(
            "\(named) will go into “\(other)” for good, with \(seats) seats and \(devices) devices.",
            vi: "\(named) sẽ sáp nhập hẳn vào “\(other)”, cùng \(seats) suất và \(devices) thiết bị."
        )
    }

    static func unitWillClose(_ unit: String, seats: UInt32) -> Phrase {
        Phrase(
            "“\(unit)” will be closed for good; its \(seats) seats go back to the reserve.",
            vi: "“\(unit)” sẽ ngừng hoạt động hẳn; \(seats) suất của đơn vị trở về dự phòng."
        )
    }

    static func deviceWillBeRevoked(_ host: String, unit: String) -> Phrase {
        Phrase(
            "“\(host)” of unit \(unit) will be revoked for good: its key is never accepted again.",
            vi:
                "“\(host)” của đơn vị \(unit) sẽ bị thu hồi vĩnh viễn: khóa của thiết bị không bao giờ được chấp nhận nữa."
        )
    }

    static func officerWillBeRevoked(_ name: String) -> Phrase {
        Phrase(
            "The profile of “\(name)” will be revoked for good, and the name is not given again.",
            vi: "Hồ sơ của “\(name)” sẽ bị thu hồi vĩnh viễn, và tên này không được cấp lại."
        )
    }

    static func deviceWillMove(_ host: String, from unit: String, to other: String) -> Phrase {
        Phrase(
            "“\(host)” is in unit \(unit) now, and would be in \(other).",
            vi: "“\(host)” hiện thuộc đơn vị \(unit), sẽ chuyển sang \(other)."
        )
    }

    /// Where a cap is below what is in use.
    static func aboveTheCap(used: UInt32, seats: UInt32) -> Phrase {
        let excess = used - min(used, seats)
        return Phrase(
            "\(used) are in use, \(excess) of them above the cap then; nobody loses a seat.",
            vi: "Đang dùng \(used) suất, khi đó vượt định mức \(excess) suất; không thiết bị nào mất suất."
        )
    }

    /// Whether a typed line means yes, in either language, with or without diacritics.
    static func isYes(_ line: String) -> Bool {
        let word = line.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        return ["y", "yes", "c", "có", "co"].contains(word)
    }

    static func allocationWillChange(_ unit: String, from former: UInt32, to seats: Int) -> Phrase {
        Phrase(
            "\(unit) has \(former) seats now, and would have \(seats).",
            vi: "\(unit) hiện có \(former) suất, sẽ có \(seats)."
        )
    }

    static func allocationWillChange(
        _ unit: String,
        from former: UInt32,
        to seats: Int,
        by officer: String,
        document: String
    ) -> Phrase {
        Phrase(
            "\(unit) has \(former) seats now, by \(officer) with \(document), and would have \(seats).",
            vi: "\(unit) hiện có \(former) suất (do \(officer) ghi theo \(document)), sẽ có \(seats)."
        )
    }

    static func importWillChange(units: Int, reserve: UInt32) -> Phrase {
        Phrase(
            "The file changes \(units) units now, and leaves \(reserve) seats in reserve.",
            vi: "Tệp hiện làm thay đổi \(units) đơn vị, dự phòng còn lại \(reserve) suất."
        )
    }

    static func unitWillBeRenamed(_ unit: String, to name: String) -> Phrase {
        Phrase(
            "The unit is called “\(unit)” now, and would be “\(name)”.",
            vi: "Đơn vị hiện có tên “\(unit)”, sẽ đổi thành “\(name)”."
        )
    }

    static func unitWillBeRegrouped(from former: Phrase, to group: Phrase) -> Phrase {
        Phrase(
            "Its group is “\(former.english)” now, and would be “\(group.english)”.",
            vi: "Nhóm hiện là “\(former.vietnamese)”, sẽ đổi thành “\(group.vietnamese)”."
        )
    }

    /// Two sentences, one after the other.
    static func joined(_ first: Phrase, _ second: Phrase) -> Phrase {
        Phrase("\(first.english) \(second.english)", vi: "\(first.vietnamese) \(second.vietnamese)")
    }

    static func findingWillChange(_ id: UInt64, state: String, host: String) -> Phrase {
        Phrase(
            "Finding \(id) on \(host) stands so now: \(state).",
            vi: "Phát hiện số \(id) trên \(host) hiện ở trạng thái: \(state)."
        )
    }

    static func findingIsWaived(_ id: UInt64, host: String, until day: String, by officer: String) -> Phrase {
        Phrase(
            "Finding \(id) on \(host) is waived until \(day) now, by \(officer).",
            vi: "Phát hiện số \(id) trên \(host) hiện được miễn trừ đến \(LocalDate.vietnamese(day)), do \(officer)."
        )
    }

    static func requestHasChanged(_ request: Khien_V1_SeatRequest) -> Phrase {
        let unit = "\(request.unitName) (\(request.unitCode))"
        return Phrase(
            """
            Request \(request.id) has changed since it was filed: it is \(unit) that asks for \(request.seats) seats now, and \
            it was given \(request.allocatedSeats) and uses \(request.usedSeats).
            """,
            vi: """
                Đề nghị \(request.id) đã thay đổi sau khi lập: hiện \(unit) là đơn vị đề nghị \(request.seats) suất; đơn vị này \
                được phân bổ \(request.allocatedSeats) suất và đang dùng \(request.usedSeats).
                """
        )
    }

    static func policyWillChange(_ changes: String, revision: UInt64) -> Phrase {
        Phrase(
            "The policy (revision \(revision)) would change: \(changes).",
            vi: "Chính sách (lần sửa \(revision)) sẽ thay đổi: \(changes)."
        )
    }
}
