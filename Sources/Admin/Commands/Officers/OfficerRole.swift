import ArgumentParser
import Messages

/// What an officer may do.
enum OfficerRole: String, CaseIterable, Sendable, ExpressibleByArgument {
    /// Everything.
    case center
    /// What concerns one unit.
    case unit
    /// Looks, and changes nothing.
    case reader

    var wire: Khien_V1_OfficerRole {
        switch self {
        case .center: .center
        case .unit: .unit
        case .reader: .reader
        }
    }
}
