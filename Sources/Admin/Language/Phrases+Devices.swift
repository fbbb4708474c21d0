import Shared

/// Devices, and what is found on them.
extension Phrases {
    // MARK: - Commands

    static let devicesAbstract = Phrase(
        "The enrolled devices: standing, findings, seat and antivirus.",
        vi: "Các thiết bị đã ghi danh: tình trạng, phát hiện, suất bản quyền và phần mềm diệt virus."
    )

    static let devicesDiscussion = Phrase(
        "Without --standing, all but those that are revoked, retired or merged into another record.",
        vi: "Nếu không có --standing thì liệt kê tất cả, trừ thiết bị đã thu hồi, ngừng sử dụng hoặc đã gộp."
    )

    static let deviceGroupAbstract = Phrase(
        "One device: show it, take it out of use, move it, merge two records of it, refuse it.",
        vi: "Một thiết bị: xem, ngừng sử dụng, chuyển đơn vị, gộp hai bản ghi, thu hồi."
    )

    static let deviceShowAbstract = Phrase(
        "One device in full: its products, what proves them, its findings, its seat and what was done to it.",
        vi: "Toàn bộ về một thiết bị: sản phẩm và bằng chứng, phát hiện, suất bản quyền và các thao tác đã làm."
    )

    static let deviceRetireAbstract = Phrase(
        "Take a device out of use: its seat is free, and it counts no more.",
        vi: "Ngừng sử dụng một thiết bị: nhả suất bản quyền và không tính thiết bị này nữa."
    )

    static let deviceRetireDiscussion = Phrase(
        "A report that comes more than a day later brings it back by itself.",
        vi: "Nếu hơn một ngày sau vẫn có báo cáo thì thiết bị tự động được đưa trở lại."
    )

    static let deviceRestoreAbstract = Phrase(
        "Bring a retired device back into use.",
        vi: "Đưa thiết bị đã ngừng sử dụng trở lại."
    )

    static let deviceMoveAbstract = Phrase(
        "Move a device to another unit, with its seat.",
        vi: "Chuyển một thiết bị sang đơn vị khác, kèm suất bản quyền."
    )

    static let deviceMergeAbstract = Phrase(
        "Say that two records are one machine; seat and place in the queue go to the one that is kept.",
        vi: "Gộp hai bản ghi của cùng một máy; suất và chỗ chờ chuyển sang bản ghi được giữ lại."
    )

    static let deviceUnmergeAbstract = Phrase(
        "Take a merge back: the two records are two machines.",
        vi: "Hủy việc gộp: hai bản ghi là hai máy khác nhau."
    )

    static let deviceRevokeAbstract = Phrase(
        "Refuse a device from now on; its key cannot enroll again.",
        vi: "Từ nay không chấp nhận một thiết bị; khóa của nó không ghi danh lại được."
    )

    // MARK: - Arguments

    static let deviceIDHelp = Phrase(
        "The device's id, or its beginning (at least 4 characters).",
        vi: "Mã số thiết bị, hoặc phần đầu của mã (ít nhất 4 ký tự)."
    )

    static let wholeDeviceIDHelp = Phrase("The device's whole id.", vi: "Mã số đầy đủ của thiết bị.")
    static let mergeKeepHelp = Phrase("The record that stays.", vi: "Bản ghi được giữ lại.")

    static let mergeOtherHelp = Phrase(
        "The record of the same machine that goes.",
        vi: "Bản ghi của cùng máy đó sẽ bị gộp."
    )

    static let unmergeHelp = Phrase("The record that had gone.", vi: "Bản ghi đã bị gộp.")
    static let standingHelp = Phrase("Only those that stand like this.", vi: "Chỉ các thiết bị ở tình trạng này.")

    static let moveUnitHelp = Phrase(
        "Where to: the unit's code, an old code or its name.",
        vi: "Đơn vị đến: mã, mã cũ hoặc tên."
    )

    static let moveFromHelp = Phrase(
        "The code of the unit that you saw it in; without it, where it is now.",
        vi: "Mã đơn vị mà bạn đã thấy khi quyết định; nếu bỏ trống thì lấy đơn vị hiện tại."
    )

    static let deviceValue = Phrase("device", vi: "thiết-bị")
    static let keepValue = Phrase("keep", vi: "giữ-lại")
    static let otherValue = Phrase("other", vi: "bị-gộp")

    // MARK: - Headers

    static let revokedDevice = Phrase("Revoked device", vi: "Thiết bị bị thu hồi")
    static let mergedInto = Phrase("Merged into", vi: "Đã gộp vào")
    static let mergedRecords = Phrase("Merged records", vi: "Các bản ghi đã gộp vào")
    static let seatedDevices = Phrase("Devices that got a seat", vi: "Thiết bị được cấp suất")

    // MARK: - Notes

    static func seated(_ devices: String) -> Phrase {
        Phrase("By this, a seat went to: \(devices).", vi: "Nhờ đó, suất bản quyền được cấp cho: \(devices).")
    }

    static let nobodySeated = Phrase(
        "No other device got a seat by this.",
        vi: "Không có thiết bị nào khác được cấp suất nhờ thao tác này."
    )

    // MARK: - What can be wrong

    static let deviceIDTooShort = Phrase(
        "The beginning of an id needs at least 4 characters.",
        vi: "Phần đầu của mã số cần ít nhất 4 ký tự."
    )

    static let deviceIDTooLong = Phrase(
        "That is longer than any device's id. Copy the id from khien devices.",
        vi: "Mã số này dài hơn mọi mã thiết bị. Hãy chép mã từ khien devices."
    )

    static let emptyDeviceID = Phrase("The device's id is missing.", vi: "Thiếu mã số thiết bị.")

    static let mergeWithItself = Phrase(
        "A record cannot be merged with itself. Name the two records of the machine.",
        vi: "Không thể gộp một bản ghi với chính nó. Hãy nêu hai bản ghi của máy."
    )

    static let emptyMoveFrom = Phrase("--from needs the code of a unit.", vi: "--from cần mã của một đơn vị.")

    // MARK: - A device in full

    static let unitAndSeat = Phrase("Unit and seat", vi: "Đơn vị và suất bản quyền")
    static let epoch = Phrase("Epoch", vi: "Đợt")
    static let sequence = Phrase("Sequence", vi: "Số thứ tự báo cáo")
    static let grade = Phrase("Grade", vi: "Mức bằng chứng")
    static let approved = Phrase("Approved", vi: "Được duyệt")
    static let conclusion = Phrase("Conclusion", vi: "Kết luận")
    static let protection = Phrase("Protection", vi: "Bảo vệ")
    static let signatures = Phrase("Signatures", vi: "Mẫu nhận diện")
    static let signaturesOf = Phrase("Signatures of", vi: "Mẫu nhận diện ngày")
    static let license = Phrase("License", vi: "Bản quyền")
    static let managementServer = Phrase("Management server", vi: "Máy chủ quản trị")
    static let lastContact = Phrase("Last contact", vi: "Liên hệ gần nhất")
    static let source = Phrase("Source", vi: "Nguồn")
    static let weight = Phrase("Weight", vi: "Trọng lượng")
    static let generic = Phrase("Generic", vi: "Tên chung")
    static let worth = Phrase("Worth", vi: "Giá trị chứng minh")
    static let publisher = Phrase("Publisher", vi: "Nhà phát hành")
    static let roleOfProduct = Phrase("Role of the product", vi: "Vai trò của sản phẩm")
    static let entries = Phrase("Entries", vi: "Số mục")

    static let noProducts = Phrase(
        "No antivirus product, and none that stands beside one.",
        vi: "Không có phần mềm diệt virus, cũng không có phần mềm đi kèm."
    )

    static func productTitle(_ name: String) -> Phrase { Phrase("Product: \(name)", vi: "Sản phẩm: \(name)") }

    static let noFindings = Phrase("None, now or before.", vi: "Không có, hiện nay cũng như trước đây.")

    static let incompleteSources = Phrase(
        "Sources that could not be read to their end",
        vi: "Các nguồn chưa đọc được hết"
    )

    static let seatHistory = Phrase("What happened to its seat", vi: "Diễn biến của suất bản quyền")
    static let deviceHistory = Phrase("What was done to it", vi: "Các thao tác đã thực hiện")

    /// What happened to a seat; `nil` for a word of a newer collector.
    static func seatEvent(_ word: String) -> Phrase? {
        switch word {
        case "taken": Phrase("taken", vi: "được cấp")
        case "queued": Phrase("queued", vi: "vào hàng chờ")
        case "released": Phrase("released", vi: "đã nhả")
        case "left-queue": Phrase("left-queue", vi: "rời hàng chờ")
        case "idle": Phrase("idle", vi: "tạm nhả do mất liên lạc")
        case "moved": Phrase("moved", vi: "chuyển đơn vị")
        case "renewed": Phrase("renewed", vi: "chuyển sang kỳ mới")
        default: nil
        }
    }

    // MARK: - What a fact is worth

    static let unknownRole = Phrase(
        "This program does not know the product's role.",
        vi: "Chương trình này không biết vai trò của sản phẩm."
    )

    static func worth(_ worth: Phrase, as role: Phrase) -> Phrase {
        Phrase("\(worth.english), as \(role.english)", vi: "\(worth.vietnamese), với vai trò \(role.vietnamese)")
    }

    static let worthLeftover = Phrase("left over: proves nothing", vi: "còn sót lại: không chứng minh gì")
    static let worthListed = Phrase("only listed: proves nothing", vi: "chỉ có trong danh mục: không chứng minh gì")
    static let worthUnknown = Phrase("unknown to this program", vi: "chương trình này không biết")

    static let worthGeneric = Phrase(
        "a generic or unconfirmed name: counts only beside another one",
        vi: "tên chung hoặc chưa được xác nhận: chỉ tính khi có thêm dấu hiệu khác"
    )

    static let worthRuns = Phrase("runs: proves it alone", vi: "đang chạy: tự nó đủ chứng minh")

    static let worthRunsGeneric = Phrase(
        "runs under a generic name: proves it with the installed one",
        vi: "chạy dưới tên chung: chứng minh cùng với dấu hiệu đã cài đặt"
    )

    static let worthAgreed = Phrase("counts: a second source agrees", vi: "được tính: có nguồn thứ hai khớp")
    static let worthHalf = Phrase("counts half: needs a second source", vi: "tính một nửa: cần nguồn thứ hai")
}
