internal import Shared

extension CatalogError {
    /// Why a catalog was not published.
    ///
    /// Who writes catalogs reads the columns' English words; the line and the kind of mistake are said in both languages.
    var phrase: Phrase {
        let kind = code.phrase
        return Phrase(
            "Not published: catalog, line \(line): \(kind.english) (\(message)).",
            vi: "Chưa ban hành được: danh mục, dòng \(line): \(kind.vietnamese) (\(message))."
        )
    }
}

extension CatalogError.Code {
    fileprivate var phrase: Phrase {
        switch self {
        case .malformedLine:
            Phrase(
                "wrong number of columns, an empty one, no UTF-8, or no version",
                vi: "sai số cột, có cột trống, không phải UTF-8, hoặc thiếu dòng version"
            )
        case .unknownWord:
            Phrase("a word that the column does not know", vi: "cột có từ không được quy định")
        case .unknownFamily:
            Phrase("a family that has no row", vi: "họ sản phẩm chưa được khai báo")
        case .unknownSource:
            Phrase("a source that has no row", vi: "nguồn chưa được khai báo")
        case .duplicate:
            Phrase("stands there twice", vi: "có mục bị trùng")
        case .ambiguousSignal:
            Phrase("a signal of two families", vi: "một dấu hiệu được gán cho hai họ sản phẩm")
        case .tooLarge:
            Phrase("larger than allowed", vi: "vượt quá kích thước cho phép")
        case .missing:
            Phrase("no catalog came with the program", vi: "chương trình không có danh mục kèm theo")
        }
    }
}
