import Crypto
import SwiftASN1
import X509

/// A profile directory in the making: the key is made here, the certificate comes from the collector.
struct ProfileDraft {
    /// Where it is.
    let directory: String
    /// PKCS#10 in DER over the new key.
    let certificateRequest: [UInt8]
    private let key: P256.Signing.PrivateKey

    /// Creates the directory with everything but the certificate; never overwrites one.
    ///
    /// - Parameters:
    ///   - directory: The path; its parent must exist.
    ///   - description: What `profile.json` says.
    ///   - authority: The root that the collector's certificate comes from, in PEM.
    /// - Throws: `AdminError` (`localFile`).
    init(directory: String, description: Description, authority: [UInt8]) throws(AdminError) {
        self.directory = directory
        key = P256.Signing.PrivateKey()
        do {
            let request = try CertificateSigningRequest(
                version: .v1,
                subject: DistinguishedName { CommonName(description.name) },
                privateKey: Certificate.PrivateKey(key),
                attributes: CertificateSigningRequest.Attributes(),
                signatureAlgorithm: .ecdsaWithSHA256
            )
            var serializer = DER.Serializer()
            try serializer.serialize(request)
            certificateRequest = serializer.serializedBytes
        } catch {
            throw AdminError(
                .localFile,
                "A certificate request cannot be made for this name. Use a shorter one.",
                cause: error
            )
        }

        do {
            try LocalFile.createFolder(directory)
        } catch {
            throw Self.failure(directory, error)
        }
        do {
            try write(Profile.File.key, key.pemRepresentation.utf8)
            try write(Profile.File.authority, authority)
            try write(Profile.File.description, description.json.utf8)
        } catch {
            discard()
            throw error
        }
    }

    /// Completes the directory.
    ///
    /// - Parameter der: What the collector issued, X.509 in DER.
    /// - Throws: `AdminError` (`badAnswer`) when it is not for this key.
    func complete(certificate der: [UInt8]) throws(AdminError) {
        let pem: String
        do {
            let certificate = try Certificate(derEncoded: der)
            guard certificate.publicKey == Certificate.PublicKey(key.publicKey) else {
                throw AdminError(
                    .badAnswer,
                    "The collector's certificate is for another key. Revoke the officer; try again."
                )
            }
            pem = try certificate.serializeAsPEM().pemString
        } catch let error as AdminError {
            throw error
        } catch {
            throw AdminError(
                .badAnswer,
                "The collector's certificate cannot be read. Revoke the officer, and use a khien of the collector's version.",
                cause: error
            )
        }
        try write(Profile.File.certificate, "\(pem)\n".utf8)
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
            throw Self.failure("\(directory)/\(file)", error)
        }
    }

    private static func failure(_ path: String, _ failure: LocalFile.Failure) -> AdminError {
        AdminError(
            .localFile,
            "\(path) \(failure.reason). Name a folder with --out that does not exist yet, in one where you may write.",
            cause: failure
        )
    }
}

extension ProfileDraft {
    /// What `profile.json` says.
    struct Description: Sendable, Hashable {
        var name: String
        var role: String
        /// Empty but for a unit's officer.
        var unit: String
        var endpoint: Endpoint

        /// The text of the file.
        var json: String {
            let members = [
                JSONValue.Member("name", .string(name)),
                JSONValue.Member("role", .string(role)),
                JSONValue.Member("unit", .string(unit)),
                JSONValue.Member("endpoint", .string(endpoint.description)),
            ]
            return JSONValue.object(members).indented() + "\n"
        }
    }
}
