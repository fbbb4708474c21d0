import SwiftASN1
import X509

/// A profile directory in the making on behalf of another officer: the key is made here, the certificate comes from the
/// collector.
struct ProfileDraft {
    /// Where it is.
    let directory: String
    /// PKCS#10 in DER over the new key.
    let certificateRequest: [UInt8]
    private let key: ProfileKey
    private let description: ProfileDescription

    /// Creates the directory with the key and the authority; never overwrites one.
    ///
    /// - Parameters:
    ///   - directory: The path; its parent must exist.
    ///   - description: What `profile.json` says.
    ///   - authority: The root that the collector's certificate comes from, in PEM.
    /// - Throws: `AdminError` (`localFile`).
    init(directory: String, description: ProfileDescription, authority: [UInt8]) throws(AdminError) {
        self.directory = directory
        self.description = description
        key = ProfileKey()
        do {
            certificateRequest = try ProfileRequest(name: description.name, key: key).der
        } catch {
            throw AdminError(.localFile, Phrases.requestCannotBeMade, cause: error)
        }

        do {
            try LocalFile.createFolder(directory)
        } catch {
            throw AdminError(.localFile, Phrases.folderNotCreated(directory, error), cause: error)
        }
        do {
            try write(Profile.File.key, key.pem.utf8)
            try write(Profile.File.authority, authority)
        } catch {
            discard()
            throw error
        }
    }

    /// Completes the directory; the description comes last, because without it the directory is no profile.
    ///
    /// - Parameters:
    ///   - der: What the collector issued, X.509 in DER.
    ///   - unit: The unit's code, as the collector understood it.
    /// - Throws: `AdminError` (`badAnswer`) when it is not for this key and officer.
    func complete(certificate der: [UInt8], unit: String) throws(AdminError) {
        let certificate: OfficerCertificate
        let pem: String
        do {
            certificate = try OfficerCertificate(der: der)
            pem = try OfficerCertificate.pem([certificate.certificate])
        } catch {
            throw AdminError(.badAnswer, Phrases.unreadableCertificate, cause: error)
        }
        guard key.belongs(to: certificate.certificate), certificate.name == description.name else {
            throw AdminError(.badAnswer, Phrases.otherKeyCertified)
        }
        var description = description
        description.unit = unit
        try write(Profile.File.certificate, pem.utf8)
        try write(Profile.File.description, description.json.utf8)
    }

    /// Removes what was created, after a refusal.
    func discard() {
        for file in [Profile.File.key, Profile.File.authority, Profile.File.description, Profile.File.certificate] {
            LocalFile.remove("\(directory)/\(file)")
        }
        LocalFile.removeFolder(directory)
    }

    private func write(_ file: String, _ bytes: some Collection<UInt8>) throws(AdminError) {
        do {
            try LocalFile.create("\(directory)/\(file)", bytes)
        } catch {
            throw AdminError(.localFile, Phrases.folderNotCreated("\(directory)/\(file)", error), cause: error)
        }
    }
}
