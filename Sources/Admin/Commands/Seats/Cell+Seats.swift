import Messages
import Shared

extension Cell {
    /// A count that is to be looked at when it is not zero.
    static func count(_ value: UInt32, _ tone: Tone) -> Cell { Cell.count(value).tone(value > 0 ? tone : nil) }

    /// A number of the wire whose zero means that there is none.
    static func reference(_ value: UInt64) -> Cell { value == 0 ? .absent : .large(value) }

    /// What has become of a term.
    static func word(_ state: Khien_V1_TermState) -> Cell {
        switch state {
        case .unspecified: .absent
        case .upcoming: .word("upcoming", Phrases.termUpcoming).tone(.faint)
        case .inForce: .word("in-force", Phrases.termInForce).tone(.good)
        case .expired: .word("expired", Phrases.termExpired).tone(.bad)
        case .succeeded: .word("succeeded", Phrases.termSucceeded).tone(.faint)
        case .UNRECOGNIZED(let number): .text("unknown-\(number)")
        }
    }

    /// An account of the ledger: its own word stays in data, people read whose it is.
    static func account(_ account: String) -> Cell {
        switch account {
        case "contract": .word(account, Phrases.contractAccount)
        case "reserve": .word(account, Phrases.reserveAccount)
        // Where a unit's officer is not told which other unit it was.
        case "center": .word(account, Phrases.wordCenter)
        default: .word(account, Phrase(verbatim: account.hasPrefix("unit:") ? String(account.dropFirst(5)) : account))
        }
    }
}
