internal import Shared

/// An account of a term's ledger; all accounts of a term sum to zero.
enum LedgerAccount: Sendable, Hashable {
    /// What was bought: negative by the term's total.
    case contract
    /// What no unit holds.
    case reserve
    /// What a unit holds, by its code at the time.
    case unit(String)

    /// As it is stored and shown: `contract`, `reserve`, `unit:CODE`.
    var text: String {
        switch self {
        case .contract: "contract"
        case .reserve: "reserve"
        case .unit(let code): "unit:\(code)"
        }
    }
}

/// One entry of the ledger, before it is written.
struct LedgerPosting: Sendable, Hashable {
    var term: Int64
    var from: LedgerAccount
    var to: LedgerAccount
    var seats: Int
    /// The decision's number.
    var document: String
    var reason = ""
    var officer: String
    /// From which day it holds.
    var effectiveOn: Day
    /// The request that it answers.
    var requestID: Int64?
}
