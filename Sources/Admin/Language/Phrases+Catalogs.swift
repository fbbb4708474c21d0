import Shared

/// The catalog, and what is not in it.
extension Phrases {
    static let catalogGroupAbstract = Phrase(
        "What is a sign of which product: publish a new catalog, show the one in use.",
        vi: "Dấu hiệu nào là của sản phẩm nào: ban hành danh mục mới, xem danh mục đang dùng."
    )

    static let catalogPublishAbstract = Phrase(
        "Give all agents a new catalog, and judge every device again by it.",
        vi: "Gửi danh mục mới cho mọi tác tử, và đánh giá lại tất cả thiết bị theo danh mục đó."
    )

    static let catalogPublishDiscussion = Phrase(
        """
        The file is checked here first, then by the collector, which signs it. Its version has to be above the one in use \
        (khien catalog show). An agent fetches it with its next report.
        """,
        vi: """
            Tệp được kiểm tra tại đây trước, sau đó máy chủ thu thập kiểm tra và ký. Phiên bản phải cao hơn bản đang dùng \
            (khien catalog show). Tác tử tải về ở lần báo cáo kế tiếp.
            """
    )

    static let catalogFileHelp = Phrase(
        "The whole catalog as one text; `khien catalog show --text` prints the one in use.",
        vi: "Toàn bộ danh mục trong một tệp văn bản; `khien catalog show --text` in ra bản đang dùng."
    )

    static let catalogDryRunHelp = Phrase(
        "Only check it, and say what it holds.",
        vi: "Chỉ kiểm tra, và cho biết nội dung."
    )

    static func catalogInUse(_ version: UInt32) -> Phrase {
        Phrase(
            "Version \(version) was in use already, with the same text: nothing was changed.",
            vi: "Phiên bản \(version) đã được dùng từ trước với nội dung y hệt: không có gì thay đổi."
        )
    }

    static let catalogShowAbstract = Phrase(
        "Which catalog is in use: its version, its size, and who published it.",
        vi: "Danh mục nào đang dùng: phiên bản, độ lớn, và ai ban hành."
    )

    static let catalogTextHelp = Phrase(
        "Print the catalog itself instead, to be edited and published again.",
        vi: "In ra chính danh mục, để sửa và ban hành lại."
    )

    static let catalogFamiliesHelp = Phrase(
        "List its families of products instead, by the names that policy set and term add take.",
        vi: "Liệt kê các họ sản phẩm trong danh mục, theo tên mà policy set và term add dùng."
    )

    static let catalogOneView = Phrase(
        "--text and --families are two views. Ask for one of them.",
        vi: "--text và --families là hai cách xem. Hãy chọn một."
    )

    static func unreadableCatalog(line: Int, _ message: String) -> Phrase {
        Phrase(
            "The collector's catalog cannot be read (line \(line): \(message)). Use a khien of the collector's version.",
            vi: """
                Không đọc được danh mục của máy chủ thu thập (dòng \(line): \(message)). Hãy dùng bản khien cùng phiên \
                bản với máy chủ.
                """
        )
    }

    static func badCatalog(_ file: String, line: Int, _ message: String) -> Phrase {
        line > 0
            ? Phrase("\(file), line \(line): \(message)", vi: "\(file), dòng \(line): \(message)")
            : Phrase(verbatim: "\(file): \(message)")
    }

    static let versionBefore = Phrase("Version before", vi: "Phiên bản trước")
    static let families = Phrase("Families", vi: "Số họ sản phẩm")
    static let signals = Phrase("Signals", vi: "Số dấu hiệu")
    static let devicesJudged = Phrase("Devices judged again", vi: "Thiết bị được đánh giá lại")
    static let findingsOpened = Phrase("Findings opened", vi: "Phát hiện mới mở")
    static let findingsClosed = Phrase("Findings closed", vi: "Phát hiện được đóng")
    static let unknownsResolved = Phrase("Unknown ones now known", vi: "Phần mềm lạ nay đã biết")
    static let publishedHere = Phrase("Published here", vi: "Ban hành tại đây")
    static let published = Phrase("Published", vi: "Ban hành lúc")
    static let digest = Phrase(verbatim: "SHA-256")

    static let unknownsAbstract = Phrase(
        "What is registered or placed like an antivirus on devices and is not in the catalog: for review.",
        vi: "Những gì đăng ký hoặc cài như phần mềm diệt virus trên thiết bị mà chưa có trong danh mục: cần xem xét."
    )

    static let unknownsDiscussion = Phrase(
        """
        None of these counts for a conflict. Look at what a device reported, then add the product to the catalog, or add it \
        there as a look-alike, and publish the catalog.
        """,
        vi: """
            Không mục nào ở đây được tính là xung đột. Hãy xem thiết bị đã báo cáo gì, rồi bổ sung sản phẩm vào danh mục, \
            hoặc ghi là phần mềm trông giống, và ban hành danh mục.
            """
    )

    static let firstSeen = Phrase("First seen", vi: "Thấy lần đầu")
    static let onDevice = Phrase("On device", vi: "Trên thiết bị")
    static let reportedFacts = Phrase("What it reported", vi: "Nội dung báo cáo")
}
