import Messages
import Shared

extension Cell {
    /// A word of the wire's enumerations: absent when unspecified, its number when a newer collector sent it.
    private static func word(_ number: Int, _ word: String?) -> Cell {
        number == 0 ? .absent : .text(word ?? unknown(number))
    }

    private static func unknown(_ number: Int) -> String { "unknown-\(number)" }

    static func word(_ standing: Khien_V1_Standing) -> Cell {
        switch standing {
        case .unspecified: .absent
        case .inOrder: .text("in-order")
        case .inViolation: .text("in-violation")
        case .silent: .text("silent")
        case .revoked: .text("revoked")
        case .UNRECOGNIZED(let number): .text(unknown(number))
        }
    }

    static func word(_ seat: Khien_V1_SeatState) -> Cell {
        switch seat {
        case .unspecified: .absent
        case .none: .text("none")
        case .held: .text("held")
        case .overCap: .text("over-cap")
        case .UNRECOGNIZED(let number): .text(unknown(number))
        }
    }

    static func word(_ role: Khien_V1_OfficerRole) -> Cell {
        switch role {
        case .unspecified: .absent
        case .center: .text("center")
        case .unit: .text("unit")
        case .reader: .text("reader")
        case .UNRECOGNIZED(let number): .text(unknown(number))
        }
    }

    static func word(_ kind: Khien_V1_FindingKind) -> Cell {
        word(kind.rawValue, FindingKind(rawValue: kind.rawValue)?.word)
    }

    static func words(_ kinds: [Khien_V1_FindingKind]) -> Cell {
        .list(kinds.map { FindingKind(rawValue: $0.rawValue)?.word ?? unknown($0.rawValue) })
    }

    static func word(_ platform: Khien_V1_Platform) -> Cell {
        word(platform.rawValue, HostDescription.Platform(rawValue: platform.rawValue)?.word)
    }

    static func word(_ grade: Khien_V1_Grade) -> Cell {
        word(grade.rawValue, EvidenceGrade(rawValue: grade.rawValue)?.word)
    }

    static func word(_ role: Khien_V1_Role) -> Cell {
        word(role.rawValue, ProductRole(rawValue: role.rawValue)?.word)
    }

    static func word(_ source: Khien_V1_Source) -> Cell {
        word(source.rawValue, FactSource(rawValue: source.rawValue)?.word)
    }

    static func word(_ weight: Khien_V1_Weight) -> Cell {
        word(weight.rawValue, FactWeight(rawValue: weight.rawValue)?.word)
    }

    static func word(_ kind: Khien_V1_SignalKind) -> Cell {
        word(kind.rawValue, SignalKind(rawValue: kind.rawValue)?.word)
    }

    static func word(_ protection: Khien_V1_Protection) -> Cell {
        word(protection.rawValue, ProductStatus.Protection(rawValue: protection.rawValue)?.word)
    }

    static func word(_ signatures: Khien_V1_Signatures) -> Cell {
        word(signatures.rawValue, ProductStatus.Signatures(rawValue: signatures.rawValue)?.word)
    }

    static func word(_ license: Khien_V1_License) -> Cell {
        word(license.rawValue, ProductStatus.License(rawValue: license.rawValue)?.word)
    }

    static func word(_ state: Khien_V1_SourceState) -> Cell {
        word(state.rawValue, SourceStatus.State(rawValue: state.rawValue)?.word)
    }
}
