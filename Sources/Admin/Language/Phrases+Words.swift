import Shared

/// The words that several commands use, most of them as headers of columns.
extension Phrases {
    // MARK: - Things

    static let unit = Phrase("Unit", vi: "Đơn vị")
    static let unitCode = Phrase("Unit code", vi: "Mã đơn vị")
    static let unitName = Phrase("Name of the unit", vi: "Tên đơn vị")
    static let units = Phrase("Units", vi: "Số đơn vị")
    static let device = Phrase("Device", vi: "Thiết bị")
    static let devices = Phrase("Devices", vi: "Số thiết bị")
    static let host = Phrase("Host", vi: "Tên máy")
    static let officer = Phrase("Officer", vi: "Cán bộ")
    static let product = Phrase("Product", vi: "Sản phẩm")
    static let products = Phrase("Products", vi: "Sản phẩm")
    static let family = Phrase("Family", vi: "Họ sản phẩm")
    static let vendor = Phrase("Vendor", vi: "Nhà cung cấp")
    static let version = Phrase("Version", vi: "Phiên bản")
    static let antivirus = Phrase("Antivirus", vi: "Phần mềm diệt virus")
    static let finding = Phrase("Finding", vi: "Phát hiện")
    static let findings = Phrase("Findings", vi: "Phát hiện")
    static let conflicts = Phrase("Conflicts", vi: "Xung đột")
    static let seat = Phrase("Seat", vi: "Suất bản quyền")
    static let seats = Phrase("Seats", vi: "Số suất")
    static let term = Phrase("Term", vi: "Kỳ bản quyền")
    static let request = Phrase("Request", vi: "Đề nghị")
    static let requests = Phrase("Requests", vi: "Đề nghị")
    static let ledger = Phrase("Ledger", vi: "Sổ cái")
    static let token = Phrase("Token", vi: "Mã ghi danh")
    static let profile = Phrase("Profile", vi: "Hồ sơ")
    static let policy = Phrase("Policy", vi: "Chính sách")
    static let document = Phrase("Document", vi: "Số văn bản")
    static let reason = Phrase("Reason", vi: "Lý do")
    static let account = Phrase("Account", vi: "Tài khoản")

    // MARK: - Properties

    static let id = Phrase("Id", vi: "Mã số")
    static let code = Phrase("Code", vi: "Mã")
    static let name = Phrase("Name", vi: "Tên")
    static let group = Phrase("Group", vi: "Nhóm")
    static let kind = Phrase("Kind", vi: "Loại")
    static let state = Phrase("State", vi: "Trạng thái")
    static let standing = Phrase("Standing", vi: "Tình trạng")
    static let severity = Phrase("Severity", vi: "Mức độ")
    static let role = Phrase("Role", vi: "Vai trò")
    static let platform = Phrase("Platform", vi: "Nền tảng")
    static let operatingSystem = Phrase("Operating system", vi: "Hệ điều hành")
    static let agentVersion = Phrase("Agent", vi: "Phiên bản tác tử")
    static let contact = Phrase("Contact", vi: "Liên hệ")
    static let note = Phrase("Note", vi: "Ghi chú")
    static let revision = Phrase("Revision", vi: "Lần sửa")
    static let action = Phrase("Action", vi: "Thao tác")
    static let detail = Phrase("Detail", vi: "Chi tiết")
    static let value = Phrase("Value", vi: "Giá trị")

    // MARK: - Figures

    static let allocated = Phrase("Allocated", vi: "Phân bổ")
    static let used = Phrase("Used", vi: "Đã dùng")
    static let cap = Phrase("Cap", vi: "Định mức")
    static let overCap = Phrase("Over cap", vi: "Vượt định mức")
    static let shortfall = Phrase("Shortfall", vi: "Còn thiếu")
    static let waiting = Phrase("Waiting", vi: "Đang chờ")
    static let idle = Phrase("Idle", vi: "Tạm nhả")
    static let reserve = Phrase("Reserve", vi: "Dự phòng")
    /// The reserve, as it is typed where no Vietnamese can be.
    static let reserveWithoutMarks = "du phong"
    static let total = Phrase("Total", vi: "Tổng số")
    static let sum = Phrase("Sum", vi: "Cộng")
    static let inOrder = Phrase("In order", vi: "Đạt")
    static let inViolation = Phrase("Violation", vi: "Vi phạm")
    static let silent = Phrase("Silent", vi: "Mất liên lạc")
    static let overdue = Phrase("Overdue", vi: "Quá hạn")
    static let days = Phrase("Days", vi: "Số ngày")
    static let before = Phrase("Before", vi: "Trước")
    static let after = Phrase("After", vi: "Sau")
    static let change = Phrase("Change", vi: "Thay đổi")

    // MARK: - Times

    static let since = Phrase("Since", vi: "Từ")
    static let until = Phrase("Until", vi: "Đến")
    static let day = Phrase("Day", vi: "Ngày")
    static let startsOn = Phrase("Begins", vi: "Bắt đầu")
    static let endsOn = Phrase("Ends", vi: "Kết thúc")
    static let effectiveOn = Phrase("Effective", vi: "Hiệu lực từ")
    static let opened = Phrase("Opened", vi: "Mở lúc")
    static let closed = Phrase("Closed", vi: "Đóng lúc")
    static let deadline = Phrase("Deadline", vi: "Hạn xử lý")
    static let created = Phrase("Created", vi: "Tạo lúc")
    static let createdBy = Phrase("Created by", vi: "Người tạo")
    static let by = Phrase("By", vi: "Người thực hiện")
    static let enrolled = Phrase("Enrolled", vi: "Ghi danh lúc")
    static let lastReport = Phrase("Last report", vi: "Báo cáo gần nhất")
    static let revoked = Phrase("Revoked", vi: "Thu hồi lúc")
    static let certificateUntil = Phrase("Certificate until", vi: "Chứng thư đến")

    // MARK: - Names of values in help

    static let idValue = Phrase("id", vi: "mã-số")
    static let codeValue = Phrase("code", vi: "mã")
    static let unitValue = Phrase("unit", vi: "đơn-vị")
    static let textValue = Phrase("text", vi: "nội-dung")
    static let folderValue = Phrase("dir", vi: "thư-mục")
    static let fileValue = Phrase("file", vi: "tệp")
    static let timeValue = Phrase("time", vi: "thời-gian")
    static let dateValue = Phrase("date", vi: "ngày")
    static let daysValue = Phrase("days", vi: "số-ngày")
    static let countValue = Phrase("n", vi: "số")
    static let nameValue = Phrase("name", vi: "tên")
    static let languageValue = Phrase("language", vi: "ngôn-ngữ")
    static let formatValue = Phrase("format", vi: "dạng")
    static let orderValue = Phrase("order", vi: "thứ-tự")
    static let roleValue = Phrase("role", vi: "vai-trò")

    // MARK: - Answers

    static let yes = Phrase("yes", vi: "có")
    static let no = Phrase("no", vi: "không")
    static let nothingChanged = Phrase("Nothing was changed.", vi: "Chưa có gì thay đổi.")
    static let onlyChecked = Phrase(
        "Only checked; nothing was changed.",
        vi: "Chỉ mới kiểm tra; chưa có gì thay đổi."
    )
}
