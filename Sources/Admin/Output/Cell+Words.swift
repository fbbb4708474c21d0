import Messages
import Shared

extension Cell {
    /// A word of the wire's enumerations: absent when unspecified, its number when a newer collector sent it.
    private static func word(_ number: Int, _ word: Word?) -> Cell {
        if let word { return .word(word.code, word.phrase) }
        return number == 0 ? .absent : .text(unknown(number))
    }

    /// The same for what technicians call by one name in every language.
    private static func name(_ number: Int, _ name: String?) -> Cell {
        word(number, name.map { Word($0, Phrase(verbatim: $0)) })
    }

    private static func unknown(_ number: Int) -> String { "unknown-\(number)" }

    static func word(_ standing: Khien_V1_Standing) -> Cell {
        switch standing {
        case .unspecified: .absent
        case .inOrder: .word("in-order", Phrases.wordInOrder).tone(.good)
        case .inViolation: .word("in-violation", Phrases.wordInViolation).tone(.bad)
        case .silent: .word("silent", Phrases.wordSilent).tone(.warning)
        case .revoked: .word("revoked", Phrases.wordRevoked).tone(.faint)
        case .retired: .word("retired", Phrases.wordRetired).tone(.faint)
        case .merged: .word("merged", Phrases.wordMerged).tone(.faint)
        case .UNRECOGNIZED(let number): .text(unknown(number))
        }
    }

    static func word(_ seat: Khien_V1_SeatState) -> Cell {
        switch seat {
        case .unspecified: .absent
        case .none: .word("none", Phrases.wordNone)
        case .held: .word("held", Phrases.wordHeld)
        case .overCap: .word("over-cap", Phrases.wordOverCap).tone(.bad)
        case .idle: .word("idle", Phrases.wordIdle).tone(.warning)
        case .UNRECOGNIZED(let number): .text(unknown(number))
        }
    }

    static func word(_ role: Khien_V1_OfficerRole) -> Cell {
        switch role {
        case .unspecified: .absent
        case .center: .word("center", Phrases.wordCenter)
        case .unit: .word("unit", Phrases.wordUnit)
        case .reader: .word("reader", Phrases.wordReader)
        case .UNRECOGNIZED(let number): .text(unknown(number))
        }
    }

    static func word(_ kind: Khien_V1_FindingKind) -> Cell {
        word(kind.rawValue, FindingKind(rawValue: kind.rawValue).map { Word($0.word, Phrases.word($0)) })
    }

    static func words(_ kinds: [Khien_V1_FindingKind]) -> Cell {
        .words(
            kinds.map { kind in
                guard let known = FindingKind(rawValue: kind.rawValue) else {
                    return Word(unknown(kind.rawValue), Phrase(verbatim: unknown(kind.rawValue)))
                }
                return Word(known.word, Phrases.word(known))
            }
        )
    }

    static func word(_ platform: Khien_V1_Platform) -> Cell {
        name(platform.rawValue, HostDescription.Platform(rawValue: platform.rawValue)?.word)
    }

    static func word(_ grade: Khien_V1_Grade) -> Cell {
        word(grade.rawValue, EvidenceGrade(rawValue: grade.rawValue).map { Word($0.word, Phrases.word($0)) })
    }

    static func word(_ role: Khien_V1_Role) -> Cell {
        word(role.rawValue, ProductRole(rawValue: role.rawValue).map { Word($0.word, Phrases.word($0)) })
    }

    static func word(_ source: Khien_V1_Source) -> Cell {
        name(source.rawValue, FactSource(rawValue: source.rawValue)?.word)
    }

    static func word(_ weight: Khien_V1_Weight) -> Cell {
        word(weight.rawValue, FactWeight(rawValue: weight.rawValue).map { Word($0.word, Phrases.word($0)) })
    }

    static func word(_ kind: Khien_V1_SignalKind) -> Cell {
        name(kind.rawValue, SignalKind(rawValue: kind.rawValue)?.word)
    }

    static func word(_ protection: Khien_V1_Protection) -> Cell {
        word(
            protection.rawValue,
            ProductStatus.Protection(rawValue: protection.rawValue).map { Word($0.word, Phrases.word($0)) }
        )
    }

    static func word(_ signatures: Khien_V1_Signatures) -> Cell {
        word(
            signatures.rawValue,
            ProductStatus.Signatures(rawValue: signatures.rawValue).map { Word($0.word, Phrases.word($0)) }
        )
    }

    static func word(_ license: Khien_V1_License) -> Cell {
        word(
            license.rawValue,
            ProductStatus.License(rawValue: license.rawValue).map { Word($0.word, Phrases.word($0)) }
        )
    }

    static func word(_ state: Khien_V1_SourceState) -> Cell {
        word(state.rawValue, SourceStatus.State(rawValue: state.rawValue).map { Word($0.word, Phrases.word($0)) })
    }
}
