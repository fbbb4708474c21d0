import Shared

/// Officers: who may use the command line, and who is in charge of a unit.
extension Phrases {
    // MARK: - Commands

    static let officerGroup = Phrase(
        "Who may use this command line, and who is in charge of a unit.",
        vi: "Ai được dùng dòng lệnh này, và ai là cán bộ phụ trách của đơn vị."
    )

    static let officerAddAbstract = Phrase(
        "Make a profile for another officer; the key is made here.",
        vi: "Tạo hồ sơ cho cán bộ khác; khóa được tạo tại đây."
    )

    static let officerAddDiscussion = Phrase(
        """
        Creates the folder with profile.json, key.pem, certificate.pem and authority.pem; never overwrites one. Without --out \
        it is called like the officer, and stands where you are. Better, because the key then never travels: khien profile \
        request on the officer's machine, and khien officer sign here.
        """,
        vi: """
            Tạo thư mục gồm profile.json, key.pem, certificate.pem và authority.pem; không bao giờ ghi đè. Nếu không có --out, \
            thư mục mang tên cán bộ và nằm trong thư mục hiện tại. Cách tốt hơn, vì khóa không phải chuyển đi: chạy khien \
            profile request trên máy của cán bộ, rồi khien officer sign tại đây.
            """
    )

    static let officerSignAbstract = Phrase(
        "Answer an officer's request: sign its key, and write the bundle to send back.",
        vi: "Trả lời đề nghị của cán bộ: ký khóa và ghi tệp hồ sơ để gửi lại."
    )

    static let officerSignDiscussion = Phrase(
        """
        The request comes from khien profile request. The bundle holds the certificate, the authority, the collector's \
        address, role, unit and language; nothing in it is secret. Compare the key's fingerprint with the officer over the \
        telephone first, or have it checked with --key. A certificate lasts a year: before it ends, the officer \
        makes another request with the same key (khien profile renew), and --renew signs it.
        """,
        vi: """
            Đề nghị do khien profile request tạo ra. Tệp hồ sơ gồm chứng thư, cơ quan cấp, địa chỉ máy chủ thu thập, vai \
            trò, đơn vị và ngôn ngữ; không có gì bí mật. Hãy gọi điện đối chiếu dấu vân tay của khóa với cán bộ trước khi \
            ký, hoặc để chương trình kiểm tra bằng --key. Chứng thư có hiệu lực một năm: trước khi hết hạn, cán bộ tạo \
            đề nghị mới với cùng khóa đó (khien profile renew) và --renew ký lại.
            """
    )

    static let officerRenewHelp = Phrase(
        "The officer is there already and gets a new certificate. From its first use on the former one is refused.",
        vi: "Cán bộ đã có và được cấp chứng thư mới. Từ lần đầu dùng chứng thư mới, chứng thư cũ bị từ chối."
    )

    static let officerListAbstract = Phrase(
        "Who may use this command line, and until when.",
        vi: "Ai được dùng dòng lệnh này, và đến khi nào."
    )

    static let officerRevokeAbstract = Phrase(
        "Refuse an officer's profile from now on.",
        vi: "Từ chối hồ sơ của một cán bộ kể từ bây giờ."
    )

    static let officerSetAbstract = Phrase(
        "Name the officer in charge of a unit: contact, and the day of the training.",
        vi: "Ghi cán bộ phụ trách của đơn vị: thông tin liên hệ và ngày tập huấn."
    )

    static let officerSetDiscussion = Phrase(
        """
        What is left out stays as it is; an empty text removes what was there. With another name somebody else is in charge: \
        telephone, mail and training of the former one are removed, unless they are given anew.
        """,
        vi: """
            Mục nào bỏ qua thì giữ nguyên; để trống ("") thì xóa nội dung đang có. Khi đổi họ tên nghĩa là đổi người phụ trách: \
            số điện thoại, thư điện tử và ngày tập huấn của người trước bị xóa, trừ khi ghi lại trong cùng lệnh.
            """
    )

    // MARK: - Arguments

    static let officerRoleHelp = Phrase(
        "center: everything; unit: one unit; reader: looks and changes nothing.",
        vi: "center: toàn quyền; unit: trong một đơn vị; reader: chỉ xem, không thay đổi gì."
    )

    static let officerUnitHelp = Phrase(
        "The code of the unit; for the role unit only.",
        vi: "Mã đơn vị; chỉ dùng với vai trò unit."
    )

    static let officerEndpointHelp = Phrase(
        "Where the officer reaches the collector; without it, where this profile does. A renewal does not change it.",
        vi:
            "Địa chỉ để cán bộ kết nối tới máy chủ thu thập; nếu bỏ trống thì như hồ sơ này. Gia hạn không đổi địa chỉ này."
    )

    static let officerLanguageHelp = Phrase(
        "What the command line speaks to the officer; without it, what it speaks now.",
        vi: "Ngôn ngữ của dòng lệnh đối với cán bộ; nếu bỏ trống thì như hiện tại."
    )

    static let officerFolderHelp = Phrase(
        "The folder to create; without it, one with the officer's name, in the present folder.",
        vi: "Thư mục sẽ được tạo; nếu bỏ trống thì mang tên cán bộ, trong thư mục hiện tại."
    )
    static let bundleOutHelp = Phrase("The file to create.", vi: "Tệp sẽ được tạo.")

    static let requestFileHelp = Phrase(
        "The officer's request.pem.",
        vi: "Tệp request.pem của cán bộ."
    )

    static let keyFingerprintHelp = Phrase(
        "Refuse a request whose key has another fingerprint than this one.",
        vi: "Từ chối đề nghị nếu khóa có dấu vân tay khác với giá trị này."
    )

    static let officerToRevokeHelp = Phrase(
        "The officer's name, as khien officer list shows it.",
        vi: "Tên cán bộ, như khien officer list hiển thị."
    )

    static let contactUnitHelp = Phrase(
        "The unit: its code or its name.",
        vi: "Đơn vị: mã hoặc tên."
    )

    static let contactNameHelp = Phrase("Who is in charge.", vi: "Họ tên cán bộ phụ trách.")
    static let contactPhoneHelp = Phrase("The telephone number.", vi: "Số điện thoại.")
    static let contactEmailHelp = Phrase("The mail address.", vi: "Địa chỉ thư điện tử.")

    static let contactTrainedHelp = Phrase(
        "The day of the training, such as 2025-07-01.",
        vi: "Ngày tập huấn, ví dụ 2025-07-01."
    )

    static let revisionHelp = Phrase(
        "The revision that you decided on; without it, the present one.",
        vi: "Lần sửa mà bạn đã căn cứ khi quyết định; nếu bỏ trống thì lấy lần hiện tại."
    )

    static let revisionWrong = Phrase(
        "--revision is 1 or more, as khien … show gives it.",
        vi: "--revision phải từ 1 trở lên, như khien … show hiển thị."
    )

    static let endpointValue = Phrase("host:port", vi: "máy:cổng")
    static let numberValue = Phrase("text", vi: "số")

    // MARK: - Headers

    static let officerSince = Phrase("Added", vi: "Thêm lúc")
    static let revokedOfficer = Phrase("Revoked officer", vi: "Cán bộ bị thu hồi quyền")
    static let bundleFile = Phrase("Bundle", vi: "Tệp hồ sơ")
    static let inCharge = Phrase("In charge", vi: "Cán bộ phụ trách")
    static let phone = Phrase("Telephone", vi: "Điện thoại")
    static let email = Phrase("Mail", vi: "Thư điện tử")
    static let trainedOn = Phrase("Trained", vi: "Ngày tập huấn")

    // MARK: - Notes

    static func officerAdded(_ folder: String) -> Phrase {
        Phrase(
            """
            Hand the folder \(folder) to the officer over a safe way; key.pem in it is a secret and exists nowhere else. The \
            officer uses it with --profile or KHIEN_PROFILE.
            """,
            vi: """
                Hãy giao thư mục \(folder) cho cán bộ bằng cách an toàn; key.pem trong đó là bí mật và không có bản nào khác. \
                Cán bộ dùng hồ sơ bằng --profile hoặc KHIEN_PROFILE.
                """
        )
    }

    static func officerSigned(_ bundle: String) -> Phrase {
        Phrase(
            """
            Send \(bundle) to the officer, who runs khien profile install on it, and read the authority's fingerprint out \
            over the telephone.
            """,
            vi: """
                Hãy gửi \(bundle) cho cán bộ để cài đặt bằng khien profile install, và gọi điện đọc dấu vân tay của cơ quan \
                cấp chứng thư.
                """
        )
    }

    // MARK: - What can be wrong

    static let officerNameWrong = Phrase(
        "The name must be 1 to 64 characters of a-z, 0-9, full stop and hyphen.",
        vi: "Tên phải có từ 1 đến 64 ký tự gồm a-z, 0-9, dấu chấm và dấu gạch nối."
    )

    static let officerUnitWrong = Phrase(
        "The role unit needs --unit with a code; the other roles go without it.",
        vi: "Vai trò unit phải có --unit kèm mã đơn vị; các vai trò khác không dùng --unit."
    )

    static let officerFolderMissing = Phrase(
        "--out needs the path of a folder to create.",
        vi: "--out cần đường dẫn của thư mục sẽ được tạo."
    )

    static let officerFileMissing = Phrase(
        "--out needs the path of a file to create.",
        vi: "--out cần đường dẫn của tệp sẽ được tạo."
    )

    static let officerEndpointWrong = Phrase(
        "--endpoint must be HOST:PORT, such as khien.example.vn:7443 or [::1]:7443.",
        vi: "--endpoint phải có dạng MÁY:CỔNG, ví dụ khien.example.vn:7443 hoặc [::1]:7443."
    )

    static let officerMissing = Phrase("The officer's name is missing.", vi: "Thiếu tên cán bộ.")

    static let contactEmpty = Phrase(
        "Say what to change: --name, --phone, --email or --trained-on.",
        vi: "Hãy nêu nội dung cần thay đổi: --name, --phone, --email hoặc --trained-on."
    )

    static func contactTooLong(_ option: String, _ limit: Int) -> Phrase {
        Phrase(
            "\(option) must be at most \(limit) bytes. Use a shorter text.",
            vi: "\(option) dài tối đa \(limit) byte. Hãy viết ngắn hơn."
        )
    }

    static let contactEmailWrong = Phrase(
        "--email must be an address such as lan@example.vn.",
        vi: "--email phải là một địa chỉ như lan@example.vn."
    )

    static let contactTrainedWrong = Phrase(
        "--trained-on must be a day from 1990 on that is not in the future, such as 2025-07-01 or 01/07/2025.",
        vi: "--trained-on phải là một ngày từ năm 1990 và không ở tương lai, ví dụ 01/07/2025 hoặc 2025-07-01."
    )

    static func otherRequestKey(_ path: String, is found: Fingerprint, not wanted: Fingerprint) -> Phrase {
        Phrase(
            """
            The key in \(path) has the fingerprint \(found), not \(wanted). Nothing was signed; ask the officer for the \
            right request.
            """,
            vi: """
                Khóa trong \(path) có dấu vân tay \(found), không phải \(wanted). Chưa ký gì; hãy yêu cầu cán bộ gửi đúng đề \
                nghị.
                """
        )
    }

    /// What is wrong with a request, and what to do.
    static func requestProblem(_ path: String, _ problem: ProfileRequestProblem) -> Phrase {
        switch problem {
        case .unreadable, .tooLarge:
            Phrase(
                "\(path) is not a request in PEM. Ask the officer for the request.pem that khien profile request made.",
                vi: """
                    \(path) không phải là đề nghị ở dạng PEM. Hãy yêu cầu cán bộ gửi request.pem do khien profile request \
                    tạo ra.
                    """
            )
        case .otherKey:
            Phrase(
                "The key in \(path) is not P-256. Ask the officer for a request that khien profile request made.",
                vi: """
                    Khóa trong \(path) không phải P-256. Hãy yêu cầu cán bộ gửi đề nghị do khien profile request tạo ra.
                    """
            )
        case .badSignature:
            Phrase(
                "The request in \(path) was not signed with its own key: it was changed. Ask the officer for a new one.",
                vi: """
                    Đề nghị trong \(path) không được ký bằng chính khóa của nó: tệp đã bị thay đổi. Hãy yêu cầu cán bộ gửi đề \
                    nghị mới.
                    """
            )
        case .badName:
            Phrase(
                """
                The request in \(path) names nobody whom an officer can be called: 1 to 64 characters of a-z, 0-9, full \
                stop and hyphen. Ask the officer for a new one.
                """,
                vi: """
                    Tên trong đề nghị \(path) không dùng được cho cán bộ: phải có từ 1 đến 64 ký tự gồm a-z, 0-9, dấu chấm \
                    và dấu gạch nối. Hãy yêu cầu cán bộ gửi đề nghị mới.
                    """
            )
        }
    }
}
