import Shared

/// Tokens and join strings.
extension Phrases {
    static let tokenGroupAbstract = Phrase(
        "What devices enroll with: create, list, revoke.",
        vi: "Mã để thiết bị ghi danh: tạo, liệt kê, thu hồi."
    )

    static let tokenCreateAbstract = Phrase(
        "Make a join string, with which devices enroll into a unit.",
        vi: "Tạo chuỗi ghi danh để thiết bị gia nhập một đơn vị."
    )

    static let tokenUnitHelp = Phrase(
        "The code of the unit that the devices will belong to.",
        vi: "Mã của đơn vị mà các thiết bị sẽ thuộc về."
    )

    static let tokenUsesHelp = Phrase(
        "How many devices may enroll with it.",
        vi: "Bao nhiêu thiết bị được ghi danh bằng mã này."
    )

    static let tokenExpiresHelp = Phrase(
        "How long it is good for, such as 30m, 12h or 7d.",
        vi: "Thời hạn sử dụng, ví dụ 30m (phút), 12h (giờ) hoặc 7d (ngày)."
    )

    static func usesRange(_ uses: ClosedRange<Int>) -> Phrase {
        Phrase(
            "--uses must be from \(uses.lowerBound) to \(uses.upperBound).",
            vi: "--uses phải từ \(uses.lowerBound) đến \(uses.upperBound)."
        )
    }

    static let expiresRange = Phrase("--expires must be from 1m to 365d.", vi: "--expires phải từ 1m đến 365d.")

    static let badJoinString = Phrase(
        "The collector's join string cannot be read. Revoke the token, and use a khien of the collector's version.",
        vi: """
            Không đọc được chuỗi ghi danh của máy chủ thu thập. Hãy thu hồi mã, và dùng bản khien cùng phiên bản với máy \
            chủ.
            """
    )

    static let tokenCreated = Phrase(
        "Enroll a device with this line; the join string is a secret, and is shown only now:",
        vi: "Ghi danh thiết bị bằng dòng dưới đây; chuỗi ghi danh là bí mật, và chỉ hiển thị lúc này:"
    )

    static let tokenListAbstract = Phrase(
        "The tokens that were created, the newest first; never their secrets.",
        vi: "Các mã ghi danh đã tạo, mới nhất ở trên; không bao giờ hiện phần bí mật."
    )

    static let tokenRevokeAbstract = Phrase(
        "Make a token worthless; devices that enrolled with it stay enrolled.",
        vi: "Vô hiệu một mã ghi danh; thiết bị đã ghi danh bằng mã đó vẫn giữ nguyên."
    )

    static let tokenIDHelp = Phrase(
        "The token's id, as khien token list shows it.",
        vi: "Mã số như khien token list hiển thị."
    )

    static let emptyTokenID = Phrase("The token's id is missing.", vi: "Thiếu mã số của mã ghi danh.")
    static let uses = Phrase("Uses", vi: "Số lần dùng")
    static let usesLeft = Phrase("Left", vi: "Còn lại")
    static let expires = Phrase("Expires", vi: "Hết hạn lúc")
    static let joinString = Phrase("Join string", vi: "Chuỗi ghi danh")
    static let revokedToken = Phrase("Revoked token", vi: "Mã bị thu hồi")
}
