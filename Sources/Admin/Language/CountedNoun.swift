import Shared

/// What a list counts.
///
/// Vietnamese has one form for every number.
struct CountedNoun: Sendable {
    /// One, in English.
    var one: String
    /// Several or none, in English.
    var many: String
    /// Any number, in Vietnamese.
    var vietnamese: String

    /// A noun in all its forms.
    init(_ one: String, _ many: String, vi vietnamese: String) {
        self.one = one
        self.many = many
        self.vietnamese = vietnamese
    }
}

extension CountedNoun {
    static let conflicts = CountedNoun("conflict", "conflicts", vi: "xung đột")
    static let devices = CountedNoun("device", "devices", vi: "thiết bị")
    static let entries = CountedNoun("entry", "entries", vi: "bút toán")
    static let families = CountedNoun("family", "families", vi: "họ sản phẩm")
    static let findings = CountedNoun("finding", "findings", vi: "phát hiện")
    static let officers = CountedNoun("officer", "officers", vi: "cán bộ")
    static let requests = CountedNoun("request", "requests", vi: "đề nghị")
    static let seats = CountedNoun("seat", "seats", vi: "suất bản quyền")
    static let terms = CountedNoun("term", "terms", vi: "kỳ bản quyền")
    static let tokens = CountedNoun("token", "tokens", vi: "mã ghi danh")
    static let units = CountedNoun("unit", "units", vi: "đơn vị")
    static let unknowns = CountedNoun(
        "unknown antivirus",
        "unknown antiviruses",
        vi: "phần mềm diệt virus chưa xác định"
    )
}

extension Phrases {
    /// The line under a list: how many rows there are, and how many of them are shown.
    static func count(_ shown: Int, of total: Int, _ noun: CountedNoun) -> String {
        let english = total == 1 ? noun.one : noun.many
        if shown < total {
            return Phrase(
                "\(shown) of \(total) \(english); --limit cuts the list.",
                vi: "\(shown) trên tổng số \(total) \(noun.vietnamese); danh sách được cắt theo --limit."
            ).description
        }
        return Phrase("\(total) \(english).", vi: "\(total) \(noun.vietnamese).").description
    }
}
