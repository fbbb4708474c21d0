internal import Shared

extension FindingKind {
    /// What is broken, for officers.
    func sentence(names: [String], approved: String) -> String {
        let list = names.joined(separator: " and ")
        return switch self {
        case .multipleAntivirus: "\(list) are all active here, and only one may be."
        case .unapprovedAntivirus: "\(list) is here, and the approved product is \(approved)."
        case .noAntivirus: "everything could be read, and nothing protects this device."
        case .ghostRegistration: "the system still lists \(list), of which nothing is here; clean the list up."
        case .protectionOff: "\(list) is here, and says that it does not protect now."
        case .outdatedSignatures: "\(list) protects with signatures that are out of date."
        case .overCap: "its unit has no free seat of \(approved) left for it; the unit has to ask for more."
        case .termExpired: "the license term of \(approved) is over, and has to be renewed."
        }
    }
}
