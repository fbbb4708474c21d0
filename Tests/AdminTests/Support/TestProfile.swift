import Foundation

/// A profile directory with everything in order.
struct TestProfile {
    let folder: TemporaryFolder

    var path: String { folder.path }

    init(_ authority: TestAuthority, name: String = "center", endpoint: String, validUntil: Date? = nil) throws {
        folder = try TemporaryFolder()
        let issued = try authority.officer(name, validUntil: validUntil ?? TestAuthority.farAhead)
        let description = """
            {"name": "\(name)", "role": "center", "unit": "", "endpoint": "\(endpoint)"}
            """
        try folder.write("profile.json", description, mode: 0o644)
        try folder.write("key.pem", issued.key)
        try folder.write("certificate.pem", issued.certificate, mode: 0o644)
        try folder.write("authority.pem", authority.certificate, mode: 0o644)
    }
}
