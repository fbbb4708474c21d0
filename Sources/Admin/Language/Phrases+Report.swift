import Messages
import Shared

/// The table of units as a document.
extension Phrases {
    static let reportAbstract = Phrase(
        "Write the table of units in the form of the official appendix, to be printed or opened in a spreadsheet.",
        vi: "Lập bảng các đơn vị theo mẫu phụ lục, để in hoặc mở bằng bảng tính."
    )

    static let reportDiscussion = Phrase(
        """
        In Vietnamese, unless --lang says otherwise. As CSV it begins with a byte order mark, so that Excel shows \
        Vietnamese rightly.
        """,
        vi: """
            Bằng tiếng Việt, trừ khi --lang ghi khác. Tệp CSV có dấu BOM ở đầu để Excel hiển thị đúng tiếng Việt.
            """
    )

    static let reportFormatHelp = Phrase(
        "html: a page of A4 to print; csv: for a spreadsheet.",
        vi: "html: trang A4 để in; csv: cho bảng tính."
    )

    static let reportOutHelp = Phrase(
        "The file to write; without it, the output.",
        vi: "Tệp cần ghi; không ghi thì in ra màn hình."
    )

    static let reportForceHelp = Phrase(
        "Replace the file if there is one; only a regular file.",
        vi: "Thay tệp cũ nếu đã có; chỉ thay tệp thông thường."
    )
    static let reportTitleHelp = Phrase("The title of the table.", vi: "Tên của bảng.")

    static let reportPlaceHelp = Phrase(
        "The place in front of the date.",
        vi: "Địa danh ghi trước ngày tháng."
    )

    static let reportDocumentHelp = Phrase(
        "The number of the document that the table belongs to.",
        vi: "Số của văn bản mà bảng này kèm theo."
    )

    static let emptyReportFile = Phrase("--out needs the path of a file.", vi: "--out cần đường dẫn của một tệp.")

    static func reportTextRange(_ bytes: ClosedRange<Int>) -> Phrase {
        Phrase(
            "--title, --place and --document must be from \(bytes.lowerBound) to \(bytes.upperBound) bytes.",
            vi: "--title, --place và --document phải dài từ \(bytes.lowerBound) đến \(bytes.upperBound) byte."
        )
    }

    static func reportWritten(_ file: String) -> Phrase { Phrase("Written: \(file)", vi: "Đã ghi: \(file)") }

    static func reportExists(_ file: String) -> Phrase {
        Phrase(
            "\(file) exists already. Name another file with --out, or replace it with --force.",
            vi: "\(file) đã có sẵn. Hãy ghi tệp khác bằng --out, hoặc thay tệp này bằng --force."
        )
    }

    static func reportNotAFile(_ file: String) -> Phrase {
        Phrase(
            """
            \(file) is no regular file, and is not replaced. Name another file with --out; to write into a pipe or a \
            device, leave --out away and redirect the output to it.
            """,
            vi: """
                \(file) không phải tệp thông thường nên không được thay. Hãy ghi tệp khác bằng --out; để ghi vào một đường \
                ống hoặc thiết bị thì bỏ --out và chuyển hướng kết quả vào đó.
                """
        )
    }

    // MARK: - The document

    static let reportTitle = Phrase(
        "Appendix: use of the antivirus licenses by the units",
        vi: "Phụ lục: Tình hình sử dụng bản quyền phần mềm diệt virus của các đơn vị"
    )

    static let reportNumber = Phrase("No.", vi: "STT")
    static let reportUnit = Phrase("Unit", vi: "Tên đơn vị")
    static let reportAllocated = Phrase("Allocated", vi: "Số lượng phân bổ")
    static let reportInstalled = Phrase("Installed", vi: "Đã cài đặt")
    static let reportTotal = Phrase("Total", vi: "Tổng cộng")
    static let departments = Phrase("Departments", vi: "Các sở, ban, ngành")
    static let districts = Phrase("Districts, towns and cities", vi: "Các huyện, thị xã, thành phố")
    static let communes = Phrase("Communes and wards", vi: "Các xã, phường, đặc khu")
    static let otherUnits = Phrase("Other units", vi: "Các đơn vị khác")

    static func reportBelongsTo(_ document: String) -> Phrase {
        Phrase("(With document No. \(document))", vi: "(Kèm theo văn bản số \(document))")
    }

    static func reportTerm(_ term: Khien_V1_Term) -> Phrase {
        let starts = Day(term.startsOn)
        let ends = Day(term.endsOn)
        let contract = Phrase(
            term.document.isEmpty ? "" : ", document \(term.document)",
            vi: term.document.isEmpty ? "" : ", văn bản số \(term.document)"
        )
        let dates = [starts, ends].map { $0.map { LocalDate.text($0, in: .vietnamese) } ?? "-" }
        // A unit's officer is not told the province's figures: what is not known is not zero.
        let figures = Phrase(
            term.hasFigures ? "; \(term.totalSeats) seats in all, \(term.reserveSeats) in reserve" : "",
            vi: term.hasFigures ? "; tổng số \(term.totalSeats) suất, dự phòng \(term.reserveSeats) suất" : ""
        )
        return Phrase(
            """
            Term: \(term.productFamily), \(term.startsOn) to \(term.endsOn)\(contract.english)\(figures.english).
            """,
            vi: """
                Kỳ bản quyền: \(term.productFamily), từ \(dates[0]) đến \(dates[1])\(contract.vietnamese)\
                \(figures.vietnamese).
                """
        )
    }

    static func reportDate(_ day: Day, place: String?) -> Phrase {
        let (year, month, number) = day.parts
        // As official documents write it: days below 10 and the first two months with a zero, so that nothing is added.
        let dayText = number < 10 ? "0\(number)" : String(number)
        let monthText = month < 3 ? "0\(month)" : String(month)
        let vietnamese = "ngày \(dayText) tháng \(monthText) năm \(year)"
        return Phrase(
            place.map { "\($0), \(day)" } ?? "\(day)",
            vi: place.map { "\($0), \(vietnamese)" } ?? "Ngày \(vietnamese.dropFirst(5))"
        )
    }
}
