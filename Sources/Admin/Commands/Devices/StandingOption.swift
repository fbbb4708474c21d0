import ArgumentParser
import Messages

/// How devices stand, as `--standing` takes it.
enum StandingOption: String, CaseIterable, Sendable, ExpressibleByArgument {
    case inOrder = "in-order"
    case inViolation = "in-violation"
    case silent
    case revoked
    case retired
    case merged

    var wire: Khien_V1_Standing {
        switch self {
        case .inOrder: .inOrder
        case .inViolation: .inViolation
        case .silent: .silent
        case .revoked: .revoked
        case .retired: .retired
        case .merged: .merged
        }
    }
}
