import Shared

/// When the collector is out of reach, refuses, or answers what cannot be used.
extension Phrases {
    static func unreachable(_ endpoint: Endpoint, detail: String) -> Phrase {
        Phrase(
            """
            The collector at \(endpoint) cannot be reached. Check that khien-collector runs there, that the network lets \
            you through to that port, and that the profile belongs to this collector.
              Detail: \(detail)
            """,
            vi: """
                Không kết nối được tới máy chủ thu thập tại \(endpoint). Hãy kiểm tra khien-collector có đang chạy ở đó \
                không, mạng có cho phép tới cổng đó không, và hồ sơ có đúng là của máy chủ này không.
                  Chi tiết: \(detail)
                """
        )
    }

    static let otherHost = Phrase(
        "The certificate of the collector is for another name or address than the profile's endpoint.",
        vi: "Chứng thư của máy chủ thu thập được cấp cho tên hoặc địa chỉ khác với địa chỉ ghi trong hồ sơ."
    )

    static let handshake = Phrase(
        """
        TLS failed: the collector's certificate does not come from the profile's authority.pem, or the collector does not \
        accept the profile's certificate.
        """,
        vi: """
            Bắt tay TLS không thành công: chứng thư của máy chủ thu thập không do authority.pem trong hồ sơ cấp, hoặc \
            máy chủ không chấp nhận chứng thư của hồ sơ.
            """
    )

    static func deadline(_ endpoint: Endpoint) -> Phrase {
        Phrase(
            """
            The collector at \(endpoint) gave no answer in time. Check that it is the right host and port and that the \
            network lets you through, or allow more time with --timeout.
            """,
            vi: """
                Máy chủ thu thập tại \(endpoint) không trả lời kịp thời gian chờ. Hãy kiểm tra đã đúng máy và cổng chưa, \
                mạng có cho phép không, hoặc tăng thời gian chờ bằng --timeout.
                """
        )
    }

    static func changeUncertain(_ endpoint: Endpoint, detail: String?) -> Phrase {
        Phrase(
            """
            The change was sent to the collector at \(endpoint), and no answer came back: it may have been made, and it \
            may not. Look at what stands there now (the show or list command of what you change), and repeat the command \
            only when nothing has changed.\(detail.map { "\n  Detail: \($0)" } ?? "")
            """,
            vi: """
                Yêu cầu thay đổi đã được gửi tới máy chủ thu thập tại \(endpoint) nhưng không nhận được trả lời: thay đổi \
                có thể đã được thực hiện, cũng có thể chưa. Hãy xem lại dữ liệu hiện có (bằng lệnh show hoặc list tương \
                ứng), và chỉ chạy lại lệnh khi thấy chưa có gì thay đổi.\(detail.map { "\n  Chi tiết: \($0)" } ?? "")
                """
        )
    }

    static func changeNotPrinted(_ reason: String) -> Phrase {
        Phrase(
            """
            The change was made; only its result could not be printed. Do not repeat the command: look at the result with \
            the show or list command of what you changed.
              Detail: \(reason)
            """,
            vi: """
                Thay đổi đã được thực hiện; chỉ không in được kết quả ra. Đừng chạy lại lệnh: hãy xem kết quả bằng lệnh \
                show hoặc list tương ứng.
                  Chi tiết: \(reason)
                """
        )
    }

    static func unauthenticated(_ officer: String, said: String) -> Phrase {
        Phrase(
            """
            The collector does not accept the profile of “\(officer)”: \(said)
            The officer may have been revoked. Ask the provincial center for a new profile (khien officer add).
            """,
            vi: """
                Máy chủ thu thập không chấp nhận hồ sơ của “\(officer)”: \(said)
                Có thể cán bộ này đã bị thu hồi quyền. Hãy đề nghị trung tâm của tỉnh cấp hồ sơ mới (khien officer add).
                """
        )
    }

    static func permissionDenied(_ officer: String, said: String) -> Phrase {
        Phrase(
            "The collector refused the officer “\(officer)”: \(said)",
            vi: "Máy chủ thu thập từ chối cán bộ “\(officer)”: \(said)"
        )
    }

    static func collectorBusy(_ endpoint: Endpoint, said: String) -> Phrase {
        Phrase(
            """
            The collector at \(endpoint) answered that it cannot do this now: \(said)
            The connection and your profile are in order. If it goes on, tell who looks after the collector.
            """,
            vi: """
                Máy chủ thu thập tại \(endpoint) trả lời rằng hiện chưa thực hiện được: \(said)
                Kết nối và hồ sơ của bạn không có vấn đề. Nếu tình trạng kéo dài, hãy báo người quản trị máy chủ.
                """
        )
    }

    static func unknownCall(_ endpoint: Endpoint, said: String) -> Phrase {
        Phrase(
            """
            What answers at \(endpoint) does not know this command.
            Probably that is not the officers' port but the one at which devices enroll. Ask the center for the right \
            address, and put it into profile.json as endpoint. If other commands work, use a khien of the collector's \
            version (khien version).
              Detail: \(said)
            """,
            vi: """
                Máy chủ tại \(endpoint) không biết lệnh này.
                Có lẽ đó không phải cổng dành cho cán bộ mà là cổng ghi danh thiết bị. Hãy hỏi trung tâm địa chỉ đúng, rồi \
                ghi vào mục endpoint trong profile.json. Nếu các lệnh khác vẫn chạy được, hãy dùng bản khien cùng phiên \
                bản với máy chủ (khien version).
                  Chi tiết: \(said)
                """
        )
    }

    static func busy(said: String) -> Phrase {
        Phrase(
            "The collector refused for lack of room: \(said) Nothing was changed; try again later.",
            vi: "Máy chủ thu thập từ chối vì hết chỗ: \(said) Chưa có gì thay đổi; xin thử lại sau."
        )
    }

    static func collectorFault(said: String) -> Phrase {
        Phrase(
            "The collector failed: \(said) Its log says more.",
            vi: "Máy chủ thu thập gặp lỗi: \(said) Xem thêm trong nhật ký của máy chủ."
        )
    }

    static func refused(said: String) -> Phrase {
        Phrase("The collector refused: \(said)", vi: "Máy chủ thu thập từ chối: \(said)")
    }

    static func listInterrupted(_ rows: Int) -> Phrase {
        Phrase(
            "The list broke off after \(rows) rows: what was written is not complete.",
            vi: "Danh sách bị đứt sau \(rows) dòng: những gì đã ghi ra chưa đầy đủ."
        )
    }

    static let repeatedPage = Phrase(
        """
        The collector's pages go in a circle; the list is not complete. Use a khien of the collector's version, and report \
        this.
        """,
        vi: """
            Các trang của máy chủ thu thập lặp lại vòng tròn; danh sách chưa đầy đủ. Hãy dùng bản khien cùng phiên bản \
            với máy chủ, và báo lại lỗi này.
            """
    )

    static let tooManyRows = Phrase(
        "The list is longer than this program takes. Narrow it with --unit or --limit.",
        vi: "Danh sách dài hơn mức chương trình xử lý được. Hãy thu hẹp bằng --unit hoặc --limit."
    )
}
