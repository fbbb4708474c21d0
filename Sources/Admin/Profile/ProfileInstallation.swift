import Shared
import X509

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The two halves of a profile directory on the officer's own machine: the key and the request first, then what the
/// center answered.
struct ProfileInstallation: Sendable {
    /// The directory.
    let directory: String

    /// Where the request stands.
    var requestPath: String { "\(directory)/\(Profile.File.request)" }

    /// Makes the directory with a new key and a request for a certificate; never touches one that exists.
    ///
    /// - Parameters:
    ///   - name: Who asks.
    ///   - withParents: Whether folders above it are created too.
    /// - Returns: the request.
    /// - Throws: `AdminError` (`localFile`).
    func begin(name: String, withParents: Bool) throws(AdminError) -> ProfileRequest {
        let key = ProfileKey()
        let request: ProfileRequest
        do {
            request = try ProfileRequest(name: name, key: key)
        } catch {
            throw AdminError(.localFile, Phrases.requestCannotBeMade, cause: error)
        }
        do {
            if withParents { try LocalFile.createParents(of: directory) }
            try LocalFile.createFolder(directory)
        } catch {
            throw AdminError(.localFile, Phrases.folderNotCreated(directory, error), cause: error)
        }
        do {
            try LocalFile.create("\(directory)/\(Profile.File.key)", key.pem.utf8)
            try LocalFile.create(requestPath, request.pem.utf8)
        } catch {
            discard()
            throw AdminError(.localFile, Phrases.folderNotCreated(directory, error), cause: error)
        }
        return request
    }

    /// Removes what `begin` made, where nobody has a use for it.
    func discard() {
        LocalFile.remove("\(directory)/\(Profile.File.key)")
        LocalFile.remove(requestPath)
        LocalFile.removeFolder(directory)
    }

    /// Asks for another certificate for the key that is there; the former request is of no use any more.
    ///
    /// - Parameter name: Who asks.
    /// - Returns: the request.
    /// - Throws: `AdminError` (`profile`, `localFile`).
    func renew(name: String) throws(AdminError) -> ProfileRequest {
        let request: ProfileRequest
        do {
            request = try ProfileRequest(name: name, key: try key())
        } catch let error as AdminError {
            throw error
        } catch {
            throw AdminError(.localFile, Phrases.requestCannotBeMade, cause: error)
        }
        do {
            try LocalFile.publish(requestPath, Array(request.pem.utf8), isReplacing: true, mode: 0o600)
        } catch {
            throw AdminError(.localFile, Phrases.fileNotWritten(requestPath, error), cause: error)
        }
        return request
    }

    /// The key that `begin` made.
    ///
    /// - Throws: `AdminError` (`profile`).
    func key() throws(AdminError) -> ProfileKey {
        let path = "\(directory)/\(Profile.File.key)"
        let bytes: [UInt8]
        do {
            bytes = try LocalFile.read(path, limit: AdminLimits.profileFileBytes, isPrivate: true)
        } catch .notFound {
            throw AdminError(.profile, Phrases.noKeyForBundle(directory))
        } catch {
            throw ProfileProblem.file(path, error).error(cause: error)
        }
        guard let key = ProfileKey(pem: bytes) else {
            throw ProfileProblem.pem(directory, Profile.File.key).error()
        }
        return key
    }

    /// Completes the directory.
    ///
    /// The description comes last, because without it the directory is no profile. What stands there already must be the
    /// same, so that an interrupted installation can be repeated; or it is a certificate of the same officer that ends
    /// earlier, which is renewed, also where the installation of the former one was interrupted. A renewal says nothing new
    /// of how this machine reaches the collector, or of the officer's language: what the bundle has of them is the signer's.
    ///
    /// - Parameter bundle: Checked for the key of this directory.
    /// - Throws: `AdminError` (`localFile`).
    func complete(_ bundle: ProfileBundle) throws(AdminError) {
        let former = renewed(by: bundle)
        var description = former ?? bundle.description
        description.unit = bundle.description.unit
        let files: [(name: String, text: String)]
        do {
            files = [
                (Profile.File.authority, try OfficerCertificate.pem(bundle.authority)),
                (Profile.File.certificate, try OfficerCertificate.pem([bundle.certificate.certificate])),
                (Profile.File.description, description.json),
            ]
        } catch {
            throw AdminError(.localFile, Phrases.bundleDamaged, cause: error)
        }
        let isRenewal = former != nil
        var missing: [(path: String, text: String, isThere: Bool)] = []
        for file in files {
            let path = "\(directory)/\(file.name)"
            do {
                let present = try LocalFile.read(path, limit: AdminLimits.profileFileBytes)
                if !isRenewal, present == Array(file.text.utf8) { continue }
                guard isRenewal || file.name == Profile.File.certificate && isFormer(present, of: bundle) else {
                    throw AdminError(
                        .localFile,
                        Phrases.otherProfileThere(path),
                        cause: Obstacle(path: path, reason: Phrases.saysSomethingElse.description)
                    )
                }
                missing.append((path, file.text, true))
            } catch let error as AdminError {
                throw error
            } catch LocalFile.Failure.notFound {
                missing.append((path, file.text, false))
            } catch {
                let obstacle = Obstacle(path: path, reason: Self.reason(error))
                throw AdminError(.localFile, Phrases.otherProfileThere(path), cause: obstacle)
            }
        }
        for file in missing {
            do {
                try Self.write(file.path, file.text, isReplacing: isRenewal || file.isThere)
            } catch {
                let obstacle = Obstacle(path: file.path, reason: error.reason)
                throw AdminError(.localFile, Phrases.fileNotWritten(file.path, error), cause: obstacle)
            }
        }
    }

    /// A file that is in the way of a profile's completion, or cannot be written.
    struct Obstacle: Error, CustomStringConvertible {
        /// The file.
        var path: String
        /// What is wrong with it, to stand after the path.
        var reason: String

        var description: String { "\(path) \(reason)" }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? LocalFile.Failure)?.reason ?? "\(type(of: error))"
    }

    private static func write(_ path: String, _ text: String, isReplacing: Bool) throws(LocalFile.Failure) {
        do {
            try LocalFile.publish(path, Array(text.utf8), isReplacing: isReplacing, mode: 0o600)
        } catch .system(EPERM) where !isReplacing {
            // A stick with FAT knows neither links nor rights.
            try LocalFile.create(path, text.utf8)
        }
    }

    /// Whether a file holds an earlier certificate of the officer and the key of a bundle.
    private func isFormer(_ file: [UInt8], of bundle: ProfileBundle) -> Bool {
        guard let former = try? OfficerCertificate(pem: String(decoding: file, as: UTF8.self)) else { return false }
        return former.name == bundle.description.name
            && former.certificate.publicKey == bundle.certificate.certificate.publicKey
            && former.ends.milliseconds <= bundle.certificate.ends.milliseconds
    }

    /// What the profile says whose certificate a bundle replaces: of the same officer and key, from the same authority; `nil`
    /// where it replaces none.
    private func renewed(by bundle: ProfileBundle) -> ProfileDescription? {
        guard let card = try? ProfileCard(directory: directory),
            card.description.name == bundle.description.name,
            card.authority == bundle.authority.compactMap({ try? Fingerprint(of: $0) }),
            card.ends.milliseconds <= bundle.certificate.ends.milliseconds
        else { return nil }
        return card.description
    }
}
