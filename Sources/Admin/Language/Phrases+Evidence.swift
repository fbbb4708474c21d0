import Shared

/// What agents and the collector's records say in words of their own: programs get those words, people these.
///
/// `{}` stands for what is filled in.
extension Phrases {
    /// What an agent says of a fact, and why it could not read a source; the longer ones first.
    static let reportedTexts = [
        Phrase(
            "a large folder, no program among its first entries",
            vi: "thư mục lớn, không thấy chương trình trong các mục đầu"
        ),
        Phrase("removed, its configuration remains", vi: "đã gỡ, còn tệp cấu hình"),
        Phrase("installed, but its files are gone", vi: "có ghi là đã cài đặt, nhưng tệp không còn"),
        Phrase(
            "rpm is not installed, its database cannot be read",
            vi: "chưa cài rpm nên không đọc được dữ liệu của nó"
        ),
        Phrase(
            "the database is empty, but the file lists of packages are there",
            vi: "cơ sở dữ liệu trống, nhưng vẫn có danh sách tệp của các gói"
        ),
        Phrase(
            "no product to ask was seen, and not every source was read",
            vi: "không thấy sản phẩm nào để hỏi, và chưa đọc được hết các nguồn"
        ),
        Phrase(
            "{} paths cannot be looked at: run as root",
            vi: "{} đường dẫn không xem được: hãy chạy bằng quyền root"
        ),
        Phrase(
            "only this user's processes can be seen: run as root",
            vi: "chỉ thấy tiến trình của người dùng này: hãy chạy bằng quyền root"
        ),
        Phrase(
            "{} executables of interest cannot be looked at: run as root",
            vi: "{} tệp chương trình cần xem không xem được: hãy chạy bằng quyền root"
        ),
        Phrase("permission denied: run as root", vi: "không có quyền: hãy chạy bằng quyền root"),
        Phrase("a folder that only root can look into", vi: "thư mục chỉ root mới xem được"),
        Phrase("a folder without a program", vi: "thư mục không có chương trình"),
        Phrase("folder with {}", vi: "thư mục có {}"),
        Phrase("neither file nor folder", vi: "không phải tệp, cũng không phải thư mục"),
        Phrase("an empty file", vi: "tệp rỗng"),
        Phrase("file", vi: "tệp"),
        Phrase("a link to nothing", vi: "liên kết không còn đích"),
        Phrase("a bundle without its list", vi: "gói ứng dụng thiếu danh sách"),
        Phrase("an application without its program", vi: "ứng dụng không còn chương trình"),
        Phrase("application", vi: "ứng dụng"),
        Phrase("its program cannot be looked at", vi: "không xem được chương trình của nó"),
        Phrase("its bundle is gone", vi: "gói ứng dụng không còn"),
        Phrase("configuration or data", vi: "tệp cấu hình hoặc dữ liệu"),
        Phrase("its unit file is gone", vi: "tệp unit không còn"),
        Phrase("its program is gone", vi: "chương trình không còn"),
        Phrase("its files are gone", vi: "các tệp không còn"),
        Phrase("its file is gone", vi: "tệp không còn"),
        Phrase("what it starts cannot be told", vi: "không rõ nó khởi chạy gì"),
        Phrase("starts with the boot loader", vi: "khởi chạy cùng bộ nạp hệ điều hành"),
        Phrase("starts with the system", vi: "khởi chạy cùng hệ điều hành"),
        Phrase("starts by itself", vi: "tự khởi chạy"),
        Phrase("starts on demand", vi: "khởi chạy khi cần"),
        Phrase("starts {}", vi: "khởi chạy {}"),
        Phrase("disabled", vi: "đã tắt"),
        Phrase("masked", vi: "bị chặn (masked)"),
        Phrase("active", vi: "đang hoạt động"),
        Phrase("loaded", vi: "đã nạp"),
        Phrase("not running", vi: "không chạy"),
        Phrase("running", vi: "đang chạy"),
        Phrase("protected by Windows", vi: "được Windows bảo vệ"),
        Phrase("altitude {}", vi: "độ cao {}"),
        Phrase("of package {}", vi: "thuộc gói {}"),
        Phrase("installed in part", vi: "cài đặt dở dang"),
        Phrase("installed in {}", vi: "cài đặt trong {}"),
        Phrase("installed", vi: "đã cài đặt"),
        Phrase("no revision of it is current", vi: "không có bản nào đang dùng"),
        Phrase("by its short name only", vi: "chỉ theo tên rút gọn"),
        Phrase("by its name only", vi: "chỉ theo tên"),
        Phrase("by Security Center", vi: "do Security Center báo"),
        Phrase("there", vi: "có tệp"),
        Phrase("named by Security Center", vi: "có tên trong Security Center"),
        Phrase("stopped at its deadline", vi: "dừng lại khi hết thời gian"),
        Phrase("not a regular file", vi: "không phải tệp thông thường"),
        Phrase("larger than the limit", vi: "lớn hơn giới hạn"),
        Phrase("symbolic links in a circle", vi: "liên kết tượng trưng lặp vòng"),
        Phrase("/proc is not mounted", vi: "/proc chưa được gắn"),
        Phrase("more than {} entries", vi: "nhiều hơn {} mục"),
        Phrase("more than {} processes", vi: "nhiều hơn {} tiến trình"),
        Phrase("more than {} packages", vi: "nhiều hơn {} gói"),
        Phrase("{} lines of rpm's output were not understood", vi: "{} dòng kết quả của rpm không hiểu được"),
    ]

    /// What was done to a device; `nil` for a word of a newer collector.
    static func deviceAction(_ word: String) -> Phrase? {
        let vietnamese: String? =
            switch word {
            case "device-enrolled": "ghi danh"
            case "device-enrolled-again": "ghi danh lại"
            case "device-returned": "báo cáo trở lại"
            case "device-of-a-closed-unit-reports": "báo cáo khi đơn vị đã đóng"
            case "device-judged-again": "được đánh giá lại"
            case "report-number-used-twice": "dùng lại số báo cáo"
            case "certificate-renewed": "gia hạn chứng thư"
            case "device-revoked": "thu hồi"
            case "device-retired": "ngừng sử dụng"
            case "device-restored": "đưa trở lại sử dụng"
            case "device-moved": "chuyển đơn vị"
            case "device-merged": "gộp vào bản ghi khác"
            case "device-merge-kept": "nhận bản ghi gộp vào"
            case "device-unmerged": "tách khỏi bản ghi khác"
            case "device-unmerge-kept": "tách bản ghi đã gộp"
            case "seat-released-silent": "nhả suất do mất liên lạc"
            default: nil
            }
        return vietnamese.map { Phrase(word, vi: $0) }
    }

    /// What the collector notes beside an action.
    static let actionDetails = [
        Phrase("certificate {}", vi: "chứng thư {}"), Phrase("into {}", vi: "vào {}"), Phrase("from {}", vi: "từ {}"),
    ]

    /// Who did something, as records name it: `officer:lan`; `nil` for what is named otherwise.
    static func actor(_ text: String) -> Phrase? {
        switch text {
        case "collector": return Phrase(text, vi: "máy chủ thu thập")
        case "center": return Phrase(text, vi: "trung tâm")
        case "init": return Phrase(text, vi: "khi khởi tạo")
        default: break
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = text[text.index(after: colon)...]
        switch text[..<colon] {
        case "officer": return Phrase(text, vi: "cán bộ \(name)")
        case "device": return Phrase(text, vi: "thiết bị \(name)")
        case "token": return Phrase(text, vi: "mã ghi danh \(name)")
        case "catalog": return Phrase(text, vi: "danh mục phiên bản \(name)")
        case "policy": return Phrase(text, vi: "chính sách lần sửa \(name)")
        default: return nil
        }
    }
}
