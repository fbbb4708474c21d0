/// Why a product counts for the one-antivirus rule, or does not: for officers, who have to defend an accusation.
///
/// Raw values are words of JSON.
public enum Explanation: String, CaseIterable, Sendable, Hashable {
    /// A confirmed antivirus: it counts.
    case confirmedAntivirus = "confirmed-antivirus"
    /// A confirmed antivirus that says itself that it stands aside: it makes no conflict.
    case standsAside = "stands-aside"
    /// The system's own antivirus says that it protects: it counts beside another one.
    case activeBuiltIn = "active-built-in"
    /// The system's own antivirus stands aside or says nothing.
    case inactiveBuiltIn = "inactive-built-in"
    /// Only lists name it; its files are gone.
    case ghost
    /// An antivirus by some signs, and too few of them.
    case unproven = "unproven-antivirus"
    /// An antivirus only by names that others use too, or that nobody has confirmed.
    case onlyWeak = "only-weak-signs"
    /// What a removed product left.
    case remnant
    /// A sensor beside an antivirus.
    case sensor
    /// A scanner without real-time protection.
    case onDemand = "on-demand"
    /// A part of a suite.
    case component
    /// Connects a product to its management server.
    case management
    /// Not in the catalog: for review.
    case unknown

    /// The reason for a product.
    public init(_ product: Product) {
        let present = product.facts.filter { $0.weight > .leftover }
        self =
            if product.role == .unknown {
                .unknown
            } else if product.isConfirmedAntivirus {
                product.standsAside ? .standsAside : .confirmedAntivirus
            } else if product.role == .builtIn {
                product.isActiveBuiltIn ? .activeBuiltIn : .inactiveBuiltIn
            } else if present.isEmpty {
                .remnant
            } else {
                switch product.role {
                case .edr: .sensor
                case .onDemand: .onDemand
                case .component: .component
                case .management: .management
                case .antivirus, .builtIn, .unknown:
                    product.isGhost ? .ghost : present.allSatisfy(\.isWeak) ? .onlyWeak : .unproven
                }
            }
    }

    /// Whether the product is one that the rule counts.
    public var counts: Bool { self == .confirmedAntivirus || self == .activeBuiltIn }
}

extension Explanation {
    /// The reason as a sentence.
    public var sentence: Phrase {
        switch self {
        case .confirmedAntivirus:
            Phrase(
                "Counts: it is proven to be installed.",
                vi: "Được tính: đã chứng minh là được cài đặt."
            )
        case .standsAside:
            Phrase(
                "Makes no conflict: it is installed, and says itself that it stands aside for another antivirus.",
                vi: "Không gây xung đột: có cài đặt, và tự báo là nhường cho phần mềm diệt virus khác."
            )
        case .activeBuiltIn:
            Phrase(
                "Counts: it came with the operating system and says that it protects.",
                vi: "Được tính: có sẵn trong hệ điều hành và báo là đang bảo vệ."
            )
        case .inactiveBuiltIn:
            Phrase(
                "Does not count: it came with the operating system and does not say that it protects.",
                vi: "Không tính: có sẵn trong hệ điều hành và không báo là đang bảo vệ."
            )
        case .ghost:
            Phrase(
                "Does not count: the system still lists it, but its files are gone. Clean the entry up.",
                vi: "Không tính: hệ thống vẫn ghi tên, nhưng tệp đã không còn. Hãy dọn mục này."
            )
        case .unproven:
            Phrase(
                "Does not count: it is named, but not proven to be installed.",
                vi: "Không tính: có tên, nhưng chưa đủ bằng chứng là đã cài đặt."
            )
        case .onlyWeak:
            Phrase(
                "Does not count: only names that others use too, or that nobody has confirmed, speak for it.",
                vi: "Không tính: chỉ có những tên mà phần mềm khác cũng dùng, hoặc chưa ai xác nhận."
            )
        case .remnant:
            Phrase(
                "Does not count: left-overs only.",
                vi: "Không tính: chỉ còn tàn dư sau khi gỡ."
            )
        case .sensor:
            Phrase(
                "Does not count: a sensor that stands beside an antivirus.",
                vi: "Không tính: là cảm biến chạy cạnh phần mềm diệt virus."
            )
        case .onDemand:
            Phrase(
                "Does not count: it scans only when asked.",
                vi: "Không tính: chỉ quét khi được yêu cầu."
            )
        case .component:
            Phrase(
                "Does not count: a part of a suite.",
                vi: "Không tính: là một thành phần của bộ phần mềm."
            )
        case .management:
            Phrase(
                "Does not count: it connects to a management server.",
                vi: "Không tính: chỉ kết nối tới máy chủ quản trị."
            )
        case .unknown:
            Phrase(
                "Does not count: it is not in the catalog. The center has to look at it.",
                vi: "Không tính: chưa có trong danh mục. Trung tâm cần xem xét."
            )
        }
    }
}
