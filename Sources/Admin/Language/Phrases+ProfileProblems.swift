import Shared

/// What can be wrong with a profile, and how to come by a good one.
extension Phrases {
    private static let profileRemedy = Phrase(
        """
        A profile comes from khien-collector init (the first one), from khien officer add, or from khien profile request on \
        your own machine; name its folder with --profile or KHIEN_PROFILE.
        """,
        vi: """
            Hồ sơ được tạo bằng khien-collector init (hồ sơ đầu tiên), bằng khien officer add, hoặc bằng khien profile \
            request trên máy của chính mình; hãy chỉ ra thư mục hồ sơ bằng --profile hoặc KHIEN_PROFILE.
            """
    )

    static let noHome = Phrase(
        "There is no profile: neither --profile, nor KHIEN_PROFILE, nor HOME is set. \(profileRemedy.english)",
        vi: "Chưa có hồ sơ: không có --profile, KHIEN_PROFILE hay HOME. \(profileRemedy.vietnamese)"
    )

    static func profileOpenToOthers(_ path: String) -> Phrase {
        Phrase(
            "\(path) can be read by other users of this machine. Correct it with: chmod 600 \(path)",
            vi: "Người dùng khác của máy này có thể đọc \(path). Hãy sửa bằng lệnh: chmod 600 \(path)"
        )
    }

    static func profileUnusable(_ path: String, _ failure: LocalFile.Failure) -> Phrase {
        Phrase(
            "The profile cannot be used: \(path) \(failure.reason). \(profileRemedy.english)",
            vi: "Không dùng được hồ sơ: \(path) \(failure.reason). \(profileRemedy.vietnamese)"
        )
    }

    static func profileDescriptionDamaged(_ path: String) -> Phrase {
        Phrase(
            "\(path) is damaged: it must be JSON with name, role, unit and endpoint. \(profileRemedy.english)",
            vi: "\(path) bị hỏng: tệp phải ở dạng JSON với name, role, unit và endpoint. \(profileRemedy.vietnamese)"
        )
    }

    static func profileEndpointWrong(_ path: String, _ endpoint: String) -> Phrase {
        Phrase(
            "\(path) names the endpoint “\(endpoint)”; it must be HOST:PORT, such as 127.0.0.1:7443 or [::1]:7443.",
            vi: """
                \(path) ghi địa chỉ “\(endpoint)”; địa chỉ phải có dạng MÁY:CỔNG, ví dụ 127.0.0.1:7443 hoặc [::1]:7443.
                """
        )
    }

    static func profilePEMDamaged(_ path: String) -> Phrase {
        Phrase(
            "\(path) is damaged: it does not hold what it should in PEM. \(profileRemedy.english)",
            vi: "\(path) bị hỏng: nội dung không đúng dạng PEM cần có. \(profileRemedy.vietnamese)"
        )
    }

    static func profilePairWrong(_ directory: String) -> Phrase {
        Phrase(
            "key.pem and certificate.pem in \(directory) do not belong together. \(profileRemedy.english)",
            vi: "key.pem và certificate.pem trong \(directory) không thuộc về nhau. \(profileRemedy.vietnamese)"
        )
    }

    static func profileExpired(_ directory: String, _ moment: Timestamp) -> Phrase {
        Phrase(
            """
            The certificate in \(directory) was valid until \(moment.universal). Type khien profile renew, and send the \
            request to the provincial center; where nobody can sign there any more: khien-collector renew-officer.
            """,
            vi: """
                Chứng thư trong \(directory) chỉ có hiệu lực đến \(moment.universal). Hãy chạy khien profile \
                renew và gửi đề nghị cho trung tâm của tỉnh; nếu tại trung tâm không còn ai ký được: khien-collector \
                renew-officer.
                """
        )
    }
}
