internal import Shared

extension AllocationFile {
    /// What a file is, by its first bytes.
    enum Form {
        /// Text in UTF-8, as far as its beginning tells.
        case text
        case utf16
        /// A workbook of a spreadsheet.
        case workbook
        /// A program, a picture or anything else that is no text.
        case binary

        /// Bytes that are looked at.
        private static let beginning = 256

        init(_ bytes: [UInt8]) {
            let marks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]
            // ZIP, which the newer workbooks are, and the container of the older ones.
            let workbooks: [[UInt8]] = [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0]]
            let first = bytes.prefix(Self.beginning)
            let zeros = first.indices.filter { first[$0] == 0 }
            if workbooks.contains(where: bytes.starts) {
                self = .workbook
            } else if marks.contains(where: bytes.starts) {
                self = .utf16
            } else if zeros.isEmpty {
                self = .text
            } else {
                // Every second byte of Latin letters is zero there.
                let isWide = Set(zeros.map { $0 % 2 }).count == 1 && zeros.count * 3 >= first.count
                self = isWide ? .utf16 : .binary
            }
        }

        /// Why it is not read, and what to do.
        var refusal: Phrase {
            switch self {
            case .text:
                Phrase(
                    "The file is not text in UTF-8. In the spreadsheet, save it as \"CSV UTF-8\".",
                    vi: "Tệp không phải văn bản UTF-8. Trong bảng tính, hãy lưu lại theo kiểu \"CSV UTF-8\"."
                )
            case .utf16:
                Phrase(
                    "The file is in UTF-16. In the spreadsheet, save it as \"CSV UTF-8\".",
                    vi: "Tệp được lưu theo bảng mã UTF-16. Trong bảng tính, hãy lưu lại theo kiểu \"CSV UTF-8\"."
                )
            case .workbook:
                Phrase(
                    "The file is a workbook (.xlsx, .xls), no text file. Open it, and save its sheet as \"CSV UTF-8\".",
                    vi:
                        "Tệp là sổ bảng tính (.xlsx, .xls), không phải tệp văn bản. Hãy mở tệp và lưu trang tính theo kiểu "
                        + "\"CSV UTF-8\"."
                )
            case .binary:
                Phrase(
                    "The file is no text file. Save the table of the decision as \"CSV UTF-8\", and name that file.",
                    vi: "Tệp không phải tệp văn bản. Hãy lưu bảng phân bổ theo kiểu \"CSV UTF-8\" rồi chọn tệp đó."
                )
            }
        }
    }
}
