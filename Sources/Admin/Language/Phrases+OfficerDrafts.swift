import Shared

/// When an officer was added or signed, or may have been, and the profile or the bundle is not there.
extension Phrases {
    static let otherKeyCertified = Phrase(
        "The collector's certificate is for another key or officer.",
        vi: "Chứng thư của máy chủ thu thập cấp cho khóa hoặc cán bộ khác."
    )

    static let unreadableCertificate = Phrase(
        "The collector's certificate cannot be read; a khien of the collector's version can (khien version).",
        vi:
            "Không đọc được chứng thư của máy chủ thu thập; hãy dùng bản khien cùng phiên bản với máy chủ (khien version)."
    )

    static let noAnswerInTime = Phrase("no answer in time", vi: "không trả lời kịp thời gian chờ")

    // MARK: - Adding

    static func officerUncertain(_ name: String, _ folder: String, reason: String, _ next: Phrase) -> Phrase {
        Phrase(
            """
            The collector was asked to add the officer “\(name)”, and nobody knows what became of it: the change may have been \
            made, and it may not. The officer's key is kept in \(folder); do not remove it.
              Detail: \(reason)
            \(next.english)
            """,
            vi: """
                Đã đề nghị máy chủ thu thập thêm cán bộ “\(name)” nhưng không rõ kết quả: thay đổi có thể đã được thực \
                hiện, cũng có thể chưa. Khóa của cán bộ được giữ trong \(folder); đừng xóa.
                  Chi tiết: \(reason)
                \(next.vietnamese)
                """
        )
    }

    static func officerNotCompleted(
        _ name: String,
        _ folder: String,
        reason: String,
        _ commands: String
    ) -> Phrase {
        Phrase(
            """
            The officer “\(name)” was added; only the profile in \(folder) is not complete. The officer's key is kept there; \
            do not remove it.
              Detail: \(reason)
            When that is mended, complete the profile:
            \(commands)
            """,
            vi: """
                Đã thêm cán bộ “\(name)”; chỉ hồ sơ trong \(folder) chưa hoàn tất. Khóa của cán bộ được giữ ở đó; đừng xóa.
                  Chi tiết: \(reason)
                Sau khi khắc phục, hãy hoàn tất hồ sơ:
                \(commands)
                """
        )
    }

    static func officerDraftThere(_ folder: String, _ next: Phrase) -> Phrase {
        Phrase(
            """
            \(folder) exists already, with a key and a request of a command that did not come to its end. Nothing was changed.
            \(next.english)
            """,
            vi: """
                \(folder) đã có sẵn, cùng khóa và đề nghị của một lệnh chưa chạy xong. Chưa có gì thay đổi.
                \(next.vietnamese)
                """
        )
    }

    static func officerDraftNext(_ name: String, _ commands: String) -> Phrase {
        Phrase(
            """
            Look for “\(name)” with khien officer list. If the officer is there, complete the profile as below; if not, do \
            the same without --renew.
            \(commands)
            """,
            vi: """
                Hãy tìm “\(name)” bằng khien officer list. Nếu đã có cán bộ này, hãy hoàn tất hồ sơ như dưới đây; nếu chưa \
                có, làm như vậy nhưng bỏ --renew.
                \(commands)
                """
        )
    }

    // MARK: - Signing

    static func signingUncertain(_ name: String, reason: String, _ command: String) -> Phrase {
        Phrase(
            """
            The collector was asked to add the officer “\(name)”, and nobody knows what became of it: the change may have been \
            made, and it may not. No bundle was written.
              Detail: \(reason)
            Look for “\(name)” with khien officer list. If the officer is there, sign as below; if not, repeat the command as \
            it was.
              \(command)
            """,
            vi: """
                Đã đề nghị máy chủ thu thập thêm cán bộ “\(name)” nhưng không rõ kết quả: thay đổi có thể đã được thực \
                hiện, cũng có thể chưa. Chưa ghi tệp hồ sơ.
                  Chi tiết: \(reason)
                Hãy tìm “\(name)” bằng khien officer list. Nếu đã có cán bộ này, hãy ký như dưới đây; nếu chưa có, hãy chạy \
                lại đúng lệnh cũ.
                  \(command)
                """
        )
    }

    static func renewalUncertain(_ name: String, reason: String, _ command: String) -> Phrase {
        Phrase(
            """
            The collector was asked to renew the officer “\(name)”, and nobody knows what became of it: the change may have \
            been made, and it may not. No bundle was written, and the officer's former certificate goes on counting.
              Detail: \(reason)
            Sign the request once more:
              \(command)
            """,
            vi: """
                Đã đề nghị máy chủ thu thập gia hạn cho cán bộ “\(name)” nhưng không rõ kết quả: thay đổi có thể đã \
                được thực hiện, cũng có thể chưa. Chưa ghi tệp hồ sơ, và chứng thư cũ của cán bộ vẫn dùng được.
                  Chi tiết: \(reason)
                Hãy ký lại đề nghị:
                  \(command)
                """
        )
    }

    static func bundleNotWritten(_ path: String, _ name: String, reason: String, _ command: String) -> Phrase {
        Phrase(
            """
            The officer “\(name)” was added, but the bundle \(path) was not written.
              Detail: \(reason)
            When that is mended, sign the request once more:
              \(command)
            """,
            vi: """
                Đã thêm cán bộ “\(name)” nhưng chưa ghi được tệp hồ sơ \(path).
                  Chi tiết: \(reason)
                Sau khi khắc phục, hãy ký lại đề nghị:
                  \(command)
                """
        )
    }

    static func renewalNotWritten(_ path: String, reason: String, _ command: String) -> Phrase {
        Phrase(
            """
            The certificate was signed, but the bundle \(path) was not written. The officer's former certificate goes on \
            counting.
              Detail: \(reason)
            When that is mended, sign the request once more:
              \(command)
            """,
            vi: """
                Đã ký chứng thư nhưng chưa ghi được tệp hồ sơ \(path). Chứng thư cũ của cán bộ vẫn dùng được.
                  Chi tiết: \(reason)
                Sau khi khắc phục, hãy ký lại đề nghị:
                  \(command)
                """
        )
    }
}
