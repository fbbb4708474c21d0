import Shared

/// Profiles: asked for, signed, installed and shown.
extension Phrases {
    // MARK: - Commands

    static let profileGroup = Phrase(
        "Your own profile: ask the center for it, install it, show it.",
        vi: "Hồ sơ của chính mình: đề nghị cấp, cài đặt, xem."
    )

    static let profileRequestAbstract = Phrase(
        "Make a key on this machine, and a request that the center can sign.",
        vi: "Tạo khóa trên máy này, cùng một đề nghị để trung tâm ký."
    )

    static let profileRequestDiscussion = Phrase(
        """
        Creates the folder with key.pem, which is a secret and never leaves this machine, and request.pem, which holds \
        nothing secret. Send request.pem to the provincial center; install what comes back with khien profile install.
        """,
        vi: """
            Tạo thư mục gồm key.pem (bí mật, không bao giờ rời khỏi máy này) và request.pem (không có gì bí mật). Hãy gửi \
            request.pem cho trung tâm của tỉnh; khi nhận lại tệp hồ sơ, cài đặt bằng khien profile install.
            """
    )

    static let profileInstallAbstract = Phrase(
        "Complete the profile on this machine with the bundle that the center sent.",
        vi: "Hoàn tất hồ sơ trên máy này bằng tệp hồ sơ do trung tâm gửi."
    )

    static let profileInstallDiscussion = Phrase(
        """
        The bundle must be for the key that khien profile request made in the folder. Nothing is overwritten, but for a \
        certificate of the same officer that ends earlier; the collector's address and the language in profile.json stay. \
        Compare the authority's fingerprint with the center's over the telephone, or have it checked with --authority.
        """,
        vi: """
            Tệp hồ sơ phải được cấp cho đúng khóa mà khien profile request đã tạo trong thư mục. Không có gì bị \
            ghi đè, trừ chứng thư hết hạn sớm hơn của cùng cán bộ; địa chỉ máy chủ thu thập và ngôn ngữ trong profile.json \
            được giữ nguyên. Hãy gọi điện đối chiếu dấu vân tay của cơ quan cấp chứng thư với trung tâm, hoặc để chương trình \
            kiểm tra bằng --authority.
            """
    )

    static let profileRenewAbstract = Phrase(
        "Ask for another year: a new request with the key of this profile.",
        vi: "Gia hạn thêm một năm: tạo đề nghị mới với khóa của hồ sơ này."
    )

    static let profileRenewDiscussion = Phrase(
        """
        Send request.pem to the provincial center, which signs it with khien officer sign --renew, and install what comes \
        back with khien profile install. From the first use of the new certificate on the former one is refused.
        """,
        vi: """
            Gửi request.pem cho trung tâm của tỉnh để ký bằng khien officer sign --renew, rồi cài đặt tệp nhận lại bằng \
            khien profile install. Từ lần đầu dùng chứng thư mới, chứng thư cũ bị từ chối.
            """
    )

    static let profileShowAbstract = Phrase(
        "Who the profile is for, until when, and which collector it trusts. Asks nobody.",
        vi: "Hồ sơ của ai, có hiệu lực đến khi nào, tin cậy máy chủ thu thập nào. Không hỏi máy chủ."
    )

    // MARK: - Arguments

    static let officerNameHelp = Phrase(
        "1 to 64 characters of a-z, 0-9, full stop and hyphen.",
        vi: "Từ 1 đến 64 ký tự gồm a-z, 0-9, dấu chấm và dấu gạch nối."
    )

    static let requestFolderHelp = Phrase(
        "The folder to create; without it, that of the profile.",
        vi: "Thư mục sẽ được tạo; nếu bỏ trống thì dùng thư mục hồ sơ."
    )

    static let bundleHelp = Phrase(
        "The file that the center sent.",
        vi: "Tệp hồ sơ do trung tâm gửi."
    )

    static let installFolderHelp = Phrase(
        "The folder that khien profile request made; without it, that of the profile.",
        vi: "Thư mục mà khien profile request đã tạo; nếu bỏ trống thì dùng thư mục hồ sơ."
    )

    static let authorityFingerprintHelp = Phrase(
        "Refuse a bundle whose authority has another fingerprint than this one.",
        vi: "Từ chối tệp hồ sơ nếu dấu vân tay của cơ quan cấp chứng thư khác với giá trị này."
    )

    static let fingerprintValue = Phrase("fingerprint", vi: "dấu-vân-tay")

    static let installFolderMissing = Phrase(
        "--dir needs the path of the folder that khien profile request made.",
        vi: "--dir cần đường dẫn của thư mục mà khien profile request đã tạo."
    )

    // MARK: - Headers

    static let folder = Phrase("Folder", vi: "Thư mục")
    static let requestFile = Phrase("Request", vi: "Tệp đề nghị")
    static let keyFingerprint = Phrase("Fingerprint of the key", vi: "Dấu vân tay của khóa")
    static let authorityFingerprint = Phrase("Fingerprint of the authority", vi: "Dấu vân tay của cơ quan cấp")
    static let collectorHeader = Phrase("Collector", vi: "Máy chủ thu thập")
    static let language = Phrase("Language", vi: "Ngôn ngữ")
    static let certificateFrom = Phrase("Certificate from", vi: "Chứng thư từ")
    static let profileDaysLeft = Phrase("Days left", vi: "Số ngày còn lại")

    // MARK: - Notes

    static func requestMade(_ request: String) -> Phrase {
        Phrase(
            """
            Send \(request) to the provincial center, and keep the fingerprint at hand: the center compares it with you \
            over the telephone before it signs. The folder holds your key; give it to nobody.
            """,
            vi: """
                Hãy gửi \(request) cho trung tâm của tỉnh và giữ sẵn dấu vân tay của khóa: trung tâm sẽ gọi điện đối chiếu \
                trước khi ký. Thư mục này chứa khóa của bạn; không đưa cho bất kỳ ai.
                """
        )
    }

    /// What the center types, with the options that fit.
    static func renewalToSign(_ options: String) -> Phrase {
        Phrase(
            "The center signs it with: khien officer sign FILE --renew \(options) --out BUNDLE",
            vi: "Trung tâm ký bằng lệnh: khien officer sign TỆP --renew \(options) --out TỆP-HỒ-SƠ"
        )
    }

    /// What to do with the answer; with the option that names the folder, if one is needed.
    static func requestNext(_ option: String) -> Phrase {
        Phrase(
            "When the center's file has come: khien profile install FILE\(option)",
            vi: "Khi đã nhận được tệp của trung tâm: khien profile install TỆP\(option)"
        )
    }

    /// What to do next; with the option that names the folder, if one is needed.
    static func profileInstalled(_ option: String) -> Phrase {
        Phrase(
            "Compare the authority's fingerprint with the center's over the telephone. Then try: khien units\(option)",
            vi: """
                Hãy gọi điện đối chiếu dấu vân tay của cơ quan cấp với trung tâm. Sau đó dùng thử: khien units\(option)
                """
        )
    }

    static func profileEndsSoon(_ days: Int64) -> Phrase {
        Phrase(
            """
            Your certificate ends in \(days) days. Type khien profile renew, and send the request to the provincial center \
            in time.
            """,
            vi: """
                Chứng thư của bạn sẽ hết hiệu lực sau \(days) ngày. Hãy chạy khien profile renew và kịp thời gửi đề nghị cho \
                trung tâm của tỉnh.
                """
        )
    }

    static let profileIsOver = Phrase(
        """
        Your certificate is over: the collector refuses it. Type khien profile renew, and send the request to the provincial \
        center.
        """,
        vi: """
            Chứng thư của bạn đã hết hiệu lực: máy chủ thu thập sẽ từ chối. Hãy chạy khien profile renew và gửi đề nghị cho \
            trung tâm của tỉnh.
            """
    )

    // MARK: - What can be wrong

    static let requestCannotBeMade = Phrase(
        "A certificate request cannot be made for this name. Use a shorter one.",
        vi: "Không tạo được đề nghị cấp chứng thư cho tên này. Hãy dùng tên ngắn hơn."
    )

    static func folderNotCreated(_ path: String, _ failure: LocalFile.Failure) -> Phrase {
        Phrase(
            """
            \(path) \(failure.reason). Name a folder with --out that does not exist yet, in one where you may \
            write.
            """,
            vi: """
                \(path) \(failure.reason). Hãy dùng --out chỉ ra một thư mục chưa có, nằm trong thư mục mà bạn \
                được phép ghi.
                """
        )
    }

    static func fileNotWritten(_ path: String, _ failure: LocalFile.Failure) -> Phrase {
        Phrase(
            "\(path) \(failure.reason). Name a file that does not exist yet, in a folder where you may write.",
            vi: """
                \(path) \(failure.reason). Hãy chỉ ra một tệp chưa có, nằm trong thư mục mà bạn được phép ghi.
                """
        )
    }

    static func fileNotRead(_ path: String, _ failure: LocalFile.Failure) -> Phrase {
        Phrase(
            "\(path) \(failure.reason). Check the path, and that you may read the file.",
            vi: "\(path) \(failure.reason). Hãy kiểm tra lại đường dẫn và quyền đọc tệp."
        )
    }

    static func noKeyForBundle(_ directory: String) -> Phrase {
        Phrase(
            """
            There is no \(directory)/key.pem, so this bundle cannot be used here. It works only on the machine and in the \
            folder where khien profile request made the key; name that folder with --dir.
            """,
            vi: """
                Không có \(directory)/key.pem nên không dùng được tệp hồ sơ này ở đây. Tệp chỉ dùng được trên đúng máy và \
                trong đúng thư mục mà khien profile request đã tạo khóa; hãy chỉ ra thư mục đó bằng --dir.
                """
        )
    }

    static let saysSomethingElse = Phrase("says something else", vi: "có nội dung khác")

    static func otherProfileThere(_ path: String) -> Phrase {
        Phrase(
            """
            \(path) is there already and says something else; nothing was overwritten. A new profile needs a folder of its \
            own: khien profile request NAME --out DIR.
            """,
            vi: """
                Đã có \(path) với nội dung khác; không có gì bị ghi đè. Hồ sơ mới cần một thư mục riêng: \
                khien profile request TÊN --out THƯ-MỤC.
                """
        )
    }

    static func pendingProfile(_ directory: String) -> Phrase {
        Phrase(
            """
            The profile in \(directory) is not complete: the request was made, and the center's answer is not installed \
            yet. Send \(directory)/request.pem to the provincial center, and install what comes back with khien profile \
            install.
            """,
            vi: """
                Hồ sơ trong \(directory) chưa hoàn tất: đã tạo đề nghị nhưng chưa cài đặt tệp trả lời của trung tâm. Hãy \
                gửi \(directory)/request.pem cho trung tâm của tỉnh, rồi cài đặt tệp nhận được bằng khien profile install.
                """
        )
    }

    static let bundleDamaged = Phrase(
        "The bundle is damaged. Ask the center to send the file again, as an attachment and not as text in a letter.",
        vi: """
            Tệp hồ sơ bị hỏng. Hãy đề nghị trung tâm gửi lại dưới dạng tệp đính kèm, không dán nội dung vào thư.
            """
    )

    /// What is wrong with a bundle, and what to do.
    static func bundleProblem(_ path: String, _ problem: ProfileBundle.Problem) -> Phrase {
        switch problem {
        case .damaged: Phrase("\(path): \(bundleDamaged.english)", vi: "\(path): \(bundleDamaged.vietnamese)")
        case .otherFormat: bundleOfOtherFormat(path)
        case .otherAuthority: bundleNotSigned(path)
        case .otherName: bundleForOtherName(path)
        case .otherKey: bundleForOtherKey(path)
        case .expired(let moment): bundleOver(path, moment)
        case .notYetValid(let moment): bundleTooEarly(path, moment)
        }
    }

    private static func bundleOfOtherFormat(_ path: String) -> Phrase {
        Phrase(
            "\(path) is a bundle of another version. Use a khien of the center's version (khien version).",
            vi:
                "\(path) là tệp hồ sơ của phiên bản khác. Hãy dùng bản khien cùng phiên bản với trung tâm (khien version)."
        )
    }

    private static func bundleNotSigned(_ path: String) -> Phrase {
        Phrase(
            """
            The certificate in \(path) was not signed by the authority that is in it. Do not use it, and tell the \
            provincial center: the file was changed on its way.
            """,
            vi: """
                Chứng thư trong \(path) không do cơ quan cấp ghi trong tệp ký. Không sử dụng tệp này và hãy báo cho trung \
                tâm của tỉnh: tệp đã bị thay đổi trên đường gửi.
                """
        )
    }

    private static func bundleForOtherName(_ path: String) -> Phrase {
        Phrase(
            """
            \(path) names another officer than its certificate. Do not use it, and tell the provincial center: the file \
            was changed on its way.
            """,
            vi: """
                \(path) ghi tên cán bộ khác với chứng thư. Không sử dụng tệp này và hãy báo cho trung tâm của tỉnh: tệp đã \
                bị thay đổi trên đường gửi.
                """
        )
    }

    private static func bundleForOtherKey(_ path: String) -> Phrase {
        Phrase(
            """
            \(path) is for another key than the one in this folder: it answers another request. Name the folder of that \
            request with --dir, or send this folder's request.pem to the center.
            """,
            vi: """
                \(path) được cấp cho khóa khác với khóa trong thư mục này: đó là trả lời cho một đề nghị khác. Hãy chỉ ra \
                thư mục của đề nghị đó bằng --dir, hoặc gửi request.pem của thư mục này cho trung tâm.
                """
        )
    }

    private static func bundleOver(_ path: String, _ moment: Timestamp) -> Phrase {
        Phrase(
            """
            The certificate in \(path) was valid until \(moment.universal). Check the clock of this machine, or ask the \
            center for a new one.
            """,
            vi: """
                Chứng thư trong \(path) chỉ có hiệu lực đến \(moment.universal). Hãy kiểm tra đồng hồ của máy này, hoặc đề \
                nghị trung tâm cấp chứng thư mới.
                """
        )
    }

    private static func bundleTooEarly(_ path: String, _ moment: Timestamp) -> Phrase {
        Phrase(
            "The certificate in \(path) is valid from \(moment.universal) only. Check the clock of this machine.",
            vi: """
                Chứng thư trong \(path) chỉ có hiệu lực từ \(moment.universal). Hãy kiểm tra đồng hồ của máy này.
                """
        )
    }

    static func otherAuthority(_ path: String, is found: String, not wanted: Fingerprint) -> Phrase {
        Phrase(
            """
            The authority in \(path) has the fingerprint \(found), not \(wanted). Do not use the file, and tell the \
            provincial center.
            """,
            vi: """
                Cơ quan cấp chứng thư trong \(path) có dấu vân tay \(found), không phải \(wanted). Không sử dụng tệp này và hãy \
                báo cho trung tâm của tỉnh.
                """
        )
    }
}
