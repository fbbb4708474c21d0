internal import Shared

extension ProductStatus {
    /// What is said of the protection, for officers.
    var sentence: String {
        var parts: [String] = []
        switch protection {
        case .on: parts.append("its protection is on")
        case .off: parts.append("its protection is OFF")
        case .snoozed: parts.append("its protection is off for a while")
        case .expired: parts.append("its license is over, so it protects no longer")
        case .passive: parts.append("it stands aside for another antivirus")
        case nil: parts.append("nobody says whether it protects")
        }
        let made = signaturesAt.map { " (of \(SystemInformation.text(seconds: $0)))" } ?? ""
        switch signatures {
        case .current: parts.append("its signatures are current\(made)")
        case .outdated: parts.append("its signatures are OUT OF DATE\(made)")
        case nil: parts.append(made.isEmpty ? "nobody says how old its signatures are" : "it has signatures\(made)")
        }
        switch license {
        case .valid: parts.append("its license is in force")
        case .expired: parts.append("its license is over")
        case .missing: parts.append("it has no license")
        case nil: break
        }
        if !server.isEmpty {
            let contact = serverContactAt.map { ", last heard of on \(SystemInformation.text(seconds: $0))" } ?? ""
            parts.append("it is managed by \(PrintableText.escape(server))\(contact)")
        }
        return "By \(source.noun): \(parts.joined(separator: "; "))."
    }
}
