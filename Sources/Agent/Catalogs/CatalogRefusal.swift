import Shared

/// Why a catalog of the collector, or the one that is stored, is not used.
struct CatalogRefusal: Error, Hashable, CustomStringConvertible {
    /// What is wrong with it.
    enum Code: Sendable, Hashable {
        /// It cannot be read: cut, changed, over its limit, or never ours.
        case malformed
        /// Its certificate is not from the authority that this device trusts.
        case wrongIssuer
        /// Its certificate is somebody else's: a device's, an officer's, a server's.
        case wrongName
        /// Its certificate's time has passed, or not come.
        case notValidNow
        /// Its certificate's key is not one of P-256.
        case wrongKey
        /// Its signature is not over this text.
        case wrongSignature
        /// The text is no catalog.
        case unreadable
        /// It is not newer than the one in use.
        case notNewer
        /// It is older than one that this device has had, or another text under the same version.
        case rolledBack
    }

    /// What is wrong with it.
    let code: Code
    /// What happened and what to do, in words that are safe to show.
    let message: String

    /// The message.
    var description: String { message }

    static let malformed = CatalogRefusal(code: .malformed, message: "it is damaged")
    static let wrongIssuer = CatalogRefusal(
        code: .wrongIssuer,
        message: "its certificate is not from the authority that this device trusts"
    )
    static let wrongName = CatalogRefusal(
        code: .wrongName,
        message: "its certificate is for something else than catalogs"
    )
    static let notValidNow = CatalogRefusal(
        code: .notValidNow,
        message: "its certificate is not valid now; check the clock of this device first, then tell your officer"
    )
    static let wrongKey = CatalogRefusal(code: .wrongKey, message: "its key is not one of P-256")
    static let wrongSignature = CatalogRefusal(code: .wrongSignature, message: "its signature is not over this text")

    static func unreadable(_ error: CatalogError) -> CatalogRefusal {
        CatalogRefusal(code: .unreadable, message: PrintableText.escape(error.description))
    }

    static func notNewer(_ version: Int, than other: Int) -> CatalogRefusal {
        CatalogRefusal(code: .notNewer, message: "its version \(version) is not above version \(other)")
    }

    static func rolledBack(_ version: Int, seen: Int) -> CatalogRefusal {
        CatalogRefusal(
            code: .rolledBack,
            message: version == seen
                ? "this device has had another text as version \(seen); publish it under a higher version"
                : "its version \(version) is older than version \(seen), which this device has had"
        )
    }
}
