import Shared

/// What the commands about terms, allocations, the ledger and seats say.
extension Phrases {
    // MARK: - Terms

    static let termAbstract = Phrase("License terms: add, list, show.", vi: "Kỳ bản quyền: thêm, liệt kê, xem.")
    static let termAddAbstract = Phrase("Add a term of a license contract.", vi: "Thêm một kỳ của hợp đồng bản quyền.")
    static let termAddDiscussion = Phrase(
        """
        With --renews the new term takes the place of another one on its first day, and the seats in use move to it then. \
        Without it the term stands beside the others. All its seats are in reserve until they are allocated.
        """,
        vi: """
            Có --renews, kỳ mới thay cho một kỳ khác từ ngày đầu tiên, và các suất đang dùng chuyển sang kỳ mới khi đó. Không \
            có, kỳ mới tồn tại song song với các kỳ khác. Toàn bộ suất nằm trong dự phòng cho đến khi được phân bổ.
            """
    )
    static let termListAbstract = Phrase(
        "The terms: how many seats, until when, and what is left in reserve.",
        vi: "Các kỳ bản quyền: bao nhiêu suất, đến khi nào, dự phòng còn bao nhiêu."
    )
    static let termShowAbstract = Phrase(
        "One term, and what the units hold in it.",
        vi: "Một kỳ bản quyền, và số suất của các đơn vị trong kỳ."
    )
    static let termShowDiscussion = Phrase(
        "CSV has a row for each unit that holds seats, with the columns of the term (term_…) in front.",
        vi: "CSV có mỗi đơn vị được phân bổ một dòng, phía trước là các cột của kỳ bản quyền (term_…)."
    )
    static let termIDHelp = Phrase(
        "The term's number, as khien term list shows it; without it the current one.",
        vi: "Số của kỳ, như khien term list hiển thị; bỏ trống là kỳ hiện hành."
    )
    static let termFamilyHelp = Phrase(
        "The catalog's family of the licensed product, such as kaspersky-endpoint-security.",
        vi: "Họ sản phẩm được cấp bản quyền theo danh mục, ví dụ kaspersky-endpoint-security."
    )
    static let termTotalHelp = Phrase("Seats of the whole contract.", vi: "Số suất của cả hợp đồng.")
    static let termStartsHelp = Phrase("The first day, such as 2025-10-13.", vi: "Ngày đầu tiên, ví dụ 2025-10-13.")
    static let termEndsHelp = Phrase("The last day, such as 2026-10-12.", vi: "Ngày cuối cùng, ví dụ 2026-10-12.")
    static let termSilenceHelp = Phrase(
        "Days of silence after which a device's seat is released.",
        vi: "Số ngày mất liên lạc mà sau đó suất của thiết bị được nhả ra."
    )
    static let termDocumentHelp = Phrase("The number of the contract.", vi: "Số của hợp đồng.")
    static let termRenewsHelp = Phrase(
        "The number of the term whose place it takes.",
        vi: "Số của kỳ mà kỳ này thay thế."
    )
    static let termCopyHelp = Phrase(
        "Give each unit what it holds in the term that is renewed.",
        vi: "Cấp cho mỗi đơn vị đúng số suất đang có trong kỳ được thay."
    )
    static let termValue = Phrase("term", vi: "kỳ")
    static let familyValue = Phrase("family", vi: "họ")

    static func termDaysInWrongOrder(starts: String, ends: String) -> Phrase {
        Phrase(
            "The term would end (\(ends)) before it begins (\(starts)). Correct --starts or --ends.",
            vi: "Kỳ kết thúc (\(ends)) trước khi bắt đầu (\(starts)). Hãy sửa --starts hoặc --ends."
        )
    }

    static let copyWithoutRenewal = Phrase(
        "--copy-allocations needs --renews: it copies from the term that is renewed.",
        vi: "--copy-allocations cần có --renews: số suất được chép từ kỳ được thay."
    )

    static let termNumber = Phrase("Term", vi: "Kỳ số")
    static let totalSeats = Phrase("Seats", vi: "Tổng số suất")
    static let allocatedSeats = Phrase("Allocated", vi: "Đã phân bổ")
    static let usedSeats = Phrase("In use", vi: "Đang dùng")
    static let daysLeft = Phrase("Days left", vi: "Số ngày còn lại")
    static let silenceDays = Phrase("Silence after days", vi: "Nhả suất sau số ngày")
    static let contract = Phrase("Contract", vi: "Số hợp đồng")
    static let renews = Phrase("Renews", vi: "Thay cho kỳ")
    static let termAddedBy = Phrase("Added by", vi: "Người thêm")
    static let termAddedAt = Phrase("Added", vi: "Thêm lúc")
    static let termUpcoming = Phrase("upcoming", vi: "sắp tới")
    static let termInForce = Phrase("in-force", vi: "đang hiệu lực")
    static let termExpired = Phrase("expired", vi: "đã hết hạn")
    static let termSucceeded = Phrase("succeeded", vi: "đã được thay")

    /// The line below a list: which license it is about, for those who may not see the province's figures.
    static func termLine(id: UInt32, product: String, starts: String, ends: String) -> Phrase {
        Phrase(
            "Term \(id): \(product), from \(starts) to \(ends).",
            vi: "Kỳ \(id): \(product), từ \(starts) đến \(ends)."
        )
    }

    static func termFigures(total: UInt32, allocated: UInt32, reserve: UInt32) -> Phrase {
        Phrase(
            "Seats of the contract: \(total); allocated \(allocated), in reserve \(reserve).",
            vi: "Tổng số suất của hợp đồng: \(total); đã phân bổ \(allocated), dự phòng \(reserve)."
        )
    }

    static func ledgerRevision(_ revision: UInt64) -> Phrase {
        Phrase("Revision of the ledger: \(revision).", vi: "Lần sửa của sổ cái: \(revision).")
    }

    // MARK: - Warnings about the end of a term

    static func termEndsWithinQuarter(id: UInt32, product: String, ends: String, days: Int32) -> Phrase {
        Phrase(
            "Term \(id) (\(product)) ends on \(ends); days left: \(days). Prepare its renewal.",
            vi: "Kỳ \(id) (\(product)) kết thúc ngày \(ends); còn \(days) ngày. Hãy chuẩn bị gia hạn."
        )
    }

    static func termEndsWithinMonth(id: UInt32, product: String, ends: String, days: Int32) -> Phrase {
        Phrase(
            "Warning: term \(id) (\(product)) ends on \(ends); days left: \(days). Enter its renewal: khien term add --renews \(id)",
            vi: """
                Cảnh báo: kỳ \(id) (\(product)) kết thúc ngày \(ends); chỉ còn \(days) ngày. Hãy nhập kỳ thay thế: khien term \
                add --renews \(id)
                """
        )
    }

    static func termEndsWithinWeek(id: UInt32, product: String, ends: String, days: Int32) -> Phrase {
        Phrase(
            """
            Urgent: term \(id) (\(product)) ends on \(ends); days left: \(days). Without a renewal all its devices get the \
            finding term-expired: khien term add --renews \(id)
            """,
            vi: """
                Khẩn: kỳ \(id) (\(product)) kết thúc ngày \(ends); chỉ còn \(days) ngày. Nếu không gia hạn, mọi thiết bị của \
                kỳ sẽ bị ghi phát hiện hết hạn bản quyền: khien term add --renews \(id)
                """
        )
    }

    static func termIsOver(id: UInt32, product: String, ends: String, days: Int32) -> Phrase {
        Phrase(
            """
            Expired: term \(id) (\(product)) ended on \(ends), days ago: \(days). Its seats stay, and its devices have the \
            finding term-expired until a renewal is in force: khien term add --renews \(id)
            """,
            vi: """
                Hết hạn: kỳ \(id) (\(product)) đã kết thúc ngày \(ends), cách đây \(days) ngày. Các suất vẫn giữ nguyên, nhưng \
                thiết bị bị ghi phát hiện hết hạn bản quyền cho đến khi có kỳ thay thế: khien term add --renews \(id)
                """
        )
    }

    // MARK: - Allocations

    static let allocationAbstract = Phrase(
        "What the units hold by decisions: list, set, import.",
        vi: "Số suất phân bổ cho các đơn vị theo văn bản: liệt kê, đặt, nhập từ tệp."
    )
    static let allocationListAbstract = Phrase(
        "What each unit holds in a term, by which decision.",
        vi: "Số suất của từng đơn vị trong một kỳ, theo văn bản nào."
    )
    static let allocationSetAbstract = Phrase(
        "Set what a unit is to hold: more comes out of the reserve, less goes back to it.",
        vi: "Đặt số suất của một đơn vị: phần tăng lấy từ dự phòng, phần giảm trả về dự phòng."
    )
    static let allocationSetDiscussion = Phrase(
        "A cap below its use takes no seat away: it refuses new ones, and khien seats --over shows the excess.",
        vi: """
            Định mức thấp hơn số đang dùng không thu hồi suất nào: chỉ không cấp thêm, và khien seats --over cho thấy phần \
            vượt.
            """
    )
    static let allocationImportAbstract = Phrase(
        "Allocate seats as a file says: shows the difference, and changes it with --apply.",
        vi: "Phân bổ theo một tệp: cho xem chênh lệch trước, và thực hiện khi có --apply."
    )
    static let allocationImportDiscussion = Phrase(
        """
        The file is text in UTF-8 with the columns code (or name) and seats, separated by tabs, semicolons or commas. Units \
        that it does not name stay as they are. It is applied whole or not at all.
        """,
        vi: """
            Tệp là văn bản UTF-8 gồm các cột mã (hoặc tên) và số suất, cách nhau bằng dấu tab, chấm phẩy hoặc phẩy. Đơn vị \
            không nêu trong tệp giữ nguyên. Tệp được thực hiện toàn bộ hoặc không thực hiện gì.
            """
    )
    static let allocationSeatsHelp = Phrase("What the unit is to hold.", vi: "Số suất đơn vị được giữ.")
    static let allocationFileHelp = Phrase("The file of the decision.", vi: "Tệp của quyết định.")
    static let applyHelp = Phrase(
        "Apply it; without this only the difference is shown.",
        vi: "Thực hiện; không có tùy chọn này thì chỉ hiện chênh lệch."
    )
    static let revisionWithoutApply = Phrase(
        "--revision is for --apply; without --apply nothing is decided. Add --apply, or leave --revision out.",
        vi: "--revision đi cùng --apply; không có --apply thì chưa quyết định gì. Hãy thêm --apply hoặc bỏ --revision."
    )

    static let formerSeats = Phrase("Before", vi: "Trước")
    static let newSeats = Phrase("After", vi: "Sau")
    static let seatsDifference = Phrase("Change", vi: "Thay đổi")
    static let decidedOn = Phrase("Effective", vi: "Hiệu lực từ")
    static let importOutcome = Phrase("Result", vi: "Kết quả")
    static let importApplied = Phrase("Applied.", vi: "Đã thực hiện.")
    static let importOnlyShown = Phrase(
        "Only shown; nothing was changed.",
        vi: "Chỉ mới hiển thị; chưa có gì thay đổi."
    )
    static let importTitle = Phrase("Import", vi: "Nhập phân bổ")
    static let changedUnits = Phrase("Units that change", vi: "Đơn vị thay đổi")
    static let unchangedUnits = Phrase("Units unchanged", vi: "Đơn vị không đổi")
    static let reserveBefore = Phrase("Reserve before", vi: "Dự phòng trước")
    static let reserveAfter = Phrase("Reserve after", vi: "Dự phòng sau")
    static let nothingToChange = Phrase(
        "The file changes nothing: all units that it names hold that already.",
        vi: "Tệp không làm thay đổi gì: các đơn vị nêu trong tệp đã có đúng số suất đó."
    )
    static let applyWith = Phrase("Apply it with", vi: "Để thực hiện, dùng lệnh")

    static func applyAgain(revision: UInt64) -> Phrase {
        Phrase(
            "Run the same command again with --apply --revision \(revision)",
            vi: "Hãy chạy lại lệnh này với --apply --revision \(revision)"
        )
    }

    static func emptyFile(_ file: String) -> Phrase {
        Phrase(
            "\(file) is empty. Write one line for each unit: its code and its seats.",
            vi: "\(file) trống. Hãy ghi mỗi đơn vị một dòng: mã và số suất."
        )
    }

    // MARK: - The ledger

    static let ledgerAbstract = Phrase(
        "The ledger of seats: what every account held on a day, and by which decisions.",
        vi: "Sổ cái bản quyền: số suất của từng tài khoản vào một ngày, và các quyết định đã có."
    )
    static let ledgerDiscussion = Phrase(
        """
        Every change takes from one account and gives to another, so that all accounts of a term add up to 0: the contract \
        stands below zero by what was bought. Programs get the entries; with --balances they get the balances.
        """,
        vi: """
            Mỗi thay đổi trừ ở một tài khoản và cộng vào một tài khoản khác, nên tổng mọi tài khoản của một kỳ luôn bằng 0: \
            tài khoản hợp đồng mang số âm đúng bằng số đã mua. Dạng json và csv cho các bút toán; thêm --balances để lấy số \
            dư.
            """
    )
    static let ledgerAtHelp = Phrase(
        "As it was at the end of this day, such as 2025-06-30; without it today.",
        vi: "Theo tình trạng cuối ngày này, ví dụ 2025-06-30; bỏ trống là hôm nay."
    )
    static let ledgerBalancesHelp = Phrase("Only the balances.", vi: "Chỉ hiện số dư.")
    static let ledgerTermHelp = Phrase(
        "Only the term with this number; without it all terms.",
        vi: "Chỉ kỳ có số này; bỏ trống là mọi kỳ."
    )
    static let balances = Phrase("Balances", vi: "Số dư")
    static let ledgerEntries = Phrase("Entries", vi: "Các bút toán")
    static let accountUnit = Phrase("Unit", vi: "Đơn vị")
    static let ledgerFrom = Phrase("From", vi: "Từ tài khoản")
    static let ledgerTo = Phrase("To", vi: "Vào tài khoản")
    static let ledgerRequest = Phrase("Request", vi: "Theo đề nghị")
    static let contractAccount = Phrase("contract", vi: "hợp đồng")
    static let reserveAccount = Phrase("reserve", vi: "dự phòng")
    static let noBalances = Phrase(
        "No account held anything on that day. Ask for another day with --at.",
        vi: "Vào ngày đó chưa tài khoản nào có số dư. Hãy hỏi ngày khác bằng --at."
    )
    static let ledgerProof = Phrase(
        "All accounts add up to 0: every seat that was bought is in the reserve or with a unit.",
        vi: "Tổng mọi tài khoản bằng 0: mọi suất đã mua đều nằm ở dự phòng hoặc ở một đơn vị."
    )

    static func ledgerDisproof(_ sum: Int64) -> Phrase {
        Phrase(
            "The accounts add up to \(sum) and not to 0. Report this: the collector's database is damaged.",
            vi:
                "Tổng các tài khoản là \(sum) chứ không phải 0. Hãy báo ngay: cơ sở dữ liệu của máy chủ thu thập bị hỏng."
        )
    }

    // MARK: - Seats

    static let seatsAbstract = Phrase(
        "Who holds a seat, who waits for one, and whose seat was released by silence.",
        vi: "Thiết bị nào giữ suất, thiết bị nào đang chờ, và suất nào đã được nhả do mất liên lạc."
    )
    static let seatsOverHelp = Phrase(
        "Only devices over the cap: those that wait, and the last come where a cap was lowered.",
        vi: "Chỉ thiết bị vượt định mức: đang chờ, và đến sau cùng ở nơi định mức bị hạ."
    )
    static let seatsWaitingHelp = Phrase(
        "Only devices that wait, in the order in which they get a seat.",
        vi: "Chỉ thiết bị đang chờ, theo thứ tự được cấp suất."
    )
    static let seatsIdleHelp = Phrase(
        "Only seats of devices that were not heard of for this many days.",
        vi: "Chỉ suất của thiết bị mất liên lạc từ chừng này ngày."
    )
    static let severalSeatViews = Phrase(
        "--over, --waiting and --idle are different lists. Give one of them.",
        vi: "--over, --waiting và --idle là các danh sách khác nhau. Hãy chọn một."
    )
    static let seatPlace = Phrase("Place", vi: "Thứ tự chờ")
    static let queuedAt = Phrase("With the product since", vi: "Có phần mềm từ")
    static let seatExcess = Phrase("Excess", vi: "Dôi dư")
}
