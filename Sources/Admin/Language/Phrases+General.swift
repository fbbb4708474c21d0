import Shared

/// The program as a whole, the options of all commands, and files of this machine.
extension Phrases {
    // MARK: - The program

    static let khienAbstract = Phrase(
        "Which devices have the licensed antivirus, which have several, and which units need seats.",
        vi: "Thiết bị nào có phần mềm diệt virus bản quyền, thiết bị nào có nhiều phần mềm, đơn vị nào cần thêm suất."
    )

    static let khienDiscussion = Phrase(
        """
        Asks the collector that the officer's profile names. Exit status: 0 done; 1 the collector refused and changed \
        nothing; 2 the command line, the profile or a file is wrong, and nothing was changed; 3 the collector did not \
        answer, and the message says whether a change may have been made; 4 the answer could not be written, and what was \
        to be changed is changed. Days are written 2025-07-01, or day/month/year as 01/07/2025.
        """,
        vi: """
            Hỏi máy chủ thu thập ghi trong hồ sơ của cán bộ. Mã kết thúc: 0 đã xong; 1 máy chủ thu thập từ chối và chưa \
            thay đổi gì; 2 dòng lệnh, hồ sơ hoặc tệp sai, chưa thay đổi gì; 3 máy chủ thu thập không trả lời, thông báo \
            cho biết thay đổi có thể đã được thực hiện hay không; 4 không ghi được câu trả lời ra, còn thay đổi thì đã \
            được thực hiện. Ngày được ghi dạng 01/07/2025 (ngày/tháng/năm) hoặc 2025-07-01.
            """
    )

    static let versionAbstract = Phrase(
        "The version of this program. Asks nobody.",
        vi: "Phiên bản của chương trình này. Không hỏi máy chủ."
    )

    static let completionsAbstract = Phrase(
        "Print the script by which a shell completes commands and options.",
        vi: "In ra bản gợi ý lệnh và tùy chọn cho shell."
    )

    static let completionsDiscussion = Phrase(
        """
        bash: khien completions bash > ~/.local/share/bash-completion/completions/khien
        zsh: khien completions zsh > a folder of $fpath, as _khien
        fish: khien completions fish > ~/.config/fish/completions/khien.fish
        """,
        vi: """
            bash: khien completions bash > ~/.local/share/bash-completion/completions/khien
            zsh: khien completions zsh > một thư mục trong $fpath, đặt tên _khien
            fish: khien completions fish > ~/.config/fish/completions/khien.fish
            """
    )

    static let completionsShellHelp = Phrase("bash, zsh or fish.", vi: "bash, zsh hoặc fish.")

    // MARK: - Options of all commands

    static let formatHelp = Phrase(
        "How to write the answer: table, json or csv.",
        vi: "Dạng của câu trả lời: table (bảng), json hoặc csv."
    )

    static let bomHelp = Phrase(
        "Begin CSV with a byte order mark, so that Excel shows Vietnamese rightly.",
        vi: "Ghi dấu BOM ở đầu tệp CSV, để Excel hiển thị đúng tiếng Việt."
    )

    static let bomWithoutCSV = Phrase(
        "--bom belongs to --format csv. Leave it away, or add --format csv.",
        vi: "--bom chỉ dùng cùng --format csv. Hãy bỏ --bom, hoặc thêm --format csv."
    )

    static let langHelp = Phrase(
        "The language to speak: en or vi. Else the profile's, else that of the locale.",
        vi: "Ngôn ngữ hiển thị: en hoặc vi. Nếu không ghi thì theo hồ sơ, rồi theo thiết lập của máy."
    )

    static let profileHelp = Phrase(
        "The officer's profile directory. Else KHIEN_PROFILE, else ~/.config/khien.",
        vi: "Thư mục hồ sơ của cán bộ. Nếu không ghi thì theo KHIEN_PROFILE, rồi ~/.config/khien."
    )

    static let timeoutHelp = Phrase(
        "How long to wait for each answer, such as 10s or 2m.",
        vi: "Chờ mỗi câu trả lời trong bao lâu, ví dụ 10s (giây) hoặc 2m (phút)."
    )

    static func timeoutRange(_ seconds: ClosedRange<Int>) -> Phrase {
        Phrase(
            "--timeout must be from \(seconds.lowerBound) to \(seconds.upperBound) seconds.",
            vi: "--timeout phải từ \(seconds.lowerBound) đến \(seconds.upperBound) giây."
        )
    }

    static let emptyProfile = Phrase(
        "--profile needs the path of a directory.",
        vi: "--profile cần đường dẫn của một thư mục."
    )

    static let unitOptionHelp = Phrase(
        "Only this unit, by its code, a former code or its name; khien units lists them.",
        vi: "Chỉ đơn vị này, ghi mã, mã cũ hoặc tên; xem danh sách bằng khien units."
    )

    static let emptyUnit = Phrase(
        "--unit needs the code or the name of a unit.",
        vi: "--unit cần mã hoặc tên của một đơn vị."
    )

    static let limitHelp = Phrase(
        "At most this many rows; all without it.",
        vi: "Nhiều nhất bấy nhiêu dòng; không ghi thì lấy tất cả."
    )

    static func limitRange(_ rows: ClosedRange<Int>) -> Phrase {
        Phrase(
            "--limit must be from \(rows.lowerBound) to \(rows.upperBound).",
            vi: "--limit phải từ \(rows.lowerBound) đến \(rows.upperBound)."
        )
    }

    static func columnsLeftOut(_ names: [String]) -> Phrase {
        let list = names.joined(separator: ", ")
        return Phrase(
            "Columns left out for lack of width: \(list). A wider window or --format csv has them.",
            vi: "Các cột bị ẩn vì cửa sổ hẹp: \(list). Mở rộng cửa sổ, hoặc dùng --format csv để xem đủ."
        )
    }

    // MARK: - Files

    static func unreadableFile(_ file: String, _ reason: String) -> Phrase {
        Phrase(verbatim: "\(file): \(reason)")
    }

    static func unwritableOutput(_ reason: Phrase) -> Phrase {
        Phrase(
            "The output cannot be written: \(reason.english).",
            vi: "Không ghi được kết quả ra: \(reason.vietnamese)."
        )
    }

    static let fileNotFound = Phrase("does not exist", vi: "không tồn tại")
    static let fileExists = Phrase("exists already", vi: "đã có sẵn")
    static let notAFile = Phrase("is not a regular file", vi: "không phải tệp thông thường")
    static let fileOpenToOthers = Phrase("can be read by other users", vi: "người dùng khác đọc được")

    static func fileTooLarge(_ bytes: Int) -> Phrase {
        Phrase("is too large: at most \(bytes / 1024) KiB", vi: "quá lớn: tối đa \(bytes / 1024) KiB")
    }

    static func fileFailed(_ reason: Phrase) -> Phrase {
        Phrase("failed: \(reason.english)", vi: "gặp lỗi: \(reason.vietnamese)")
    }

    // MARK: - What the system says

    static let noSuchFile = Phrase("No such file or directory", vi: "không có tệp hoặc thư mục này")
    static let noPermission = Phrase("Permission denied", vi: "không có quyền")
    static let notAllowed = Phrase("Operation not permitted", vi: "thao tác không được phép")
    static let noSpace = Phrase("No space left on device", vi: "ổ đĩa đã hết chỗ")
    static let overQuota = Phrase("Disk quota exceeded", vi: "đã hết hạn mức ổ đĩa")
    static let readOnly = Phrase("Read-only file system", vi: "ổ đĩa chỉ cho đọc")
    static let isFolder = Phrase("Is a directory", vi: "đây là thư mục")
    static let notFolder = Phrase("Not a directory", vi: "đây không phải thư mục")
    static let nameTooLong = Phrase("File name too long", vi: "tên tệp quá dài")
    static let linkLoop = Phrase("Too many levels of symbolic links", vi: "liên kết tượng trưng lặp vòng")
    static let inputOutput = Phrase("Input/output error", vi: "lỗi đọc hoặc ghi của thiết bị")
    static let connectionRefused = Phrase("Connection refused", vi: "máy kia từ chối kết nối")
    static let connectionReset = Phrase("Connection reset by peer", vi: "máy kia cắt kết nối")
    static let connectionTimedOut = Phrase("Connection timed out", vi: "kết nối quá thời gian chờ")
    static let noRoute = Phrase("No route to host", vi: "không có đường mạng tới máy kia")
    static let networkUnreachable = Phrase("Network is unreachable", vi: "không tới được mạng kia")
}
