/// The sentences of the command line.
///
/// Each is whole, so that another language can have its own word order.
enum Phrases {
    // MARK: - The collector's side

    static func unreachable(_ endpoint: Endpoint, detail: String) -> String {
        """
        The collector at \(endpoint) cannot be reached. Check that khien-collector runs there, that the network lets you \
        through to that port, and that the profile belongs to this collector.
          Detail: \(detail)
        """
    }

    static let otherHost =
        "The certificate of the collector is for another name or address than the profile's endpoint."

    static let handshake = """
        TLS failed: the collector's certificate does not come from the profile's authority.pem, or the collector does not \
        accept the profile's certificate.
        """

    static func deadline(_ endpoint: Endpoint) -> String {
        """
        The collector at \(endpoint) gave no answer in time. Check that it is the right host and port and that the network \
        lets you through, or allow more time with --timeout.
        """
    }

    static func unauthenticated(_ officer: String, said: String) -> String {
        """
        The collector does not accept the profile of “\(officer)”: \(said)
        The officer may have been revoked. Ask the provincial center for a new profile (khien officer add).
        """
    }

    static func permissionDenied(_ officer: String, said: String) -> String {
        "The collector refused the officer “\(officer)”: \(said)"
    }

    static func otherVersion(said: String) -> String {
        "The collector does not know this command: \(said) Use a khien of the collector's version (khien version)."
    }

    static func busy(said: String) -> String {
        "The collector refused for lack of room: \(said) Nothing was changed; try again later."
    }

    static func collectorFault(said: String) -> String {
        "The collector failed: \(said) Its log says more."
    }

    static func refused(said: String) -> String { "The collector refused: \(said)" }

    static let repeatedPage = """
        The collector's pages go in a circle; the list is not complete. Use a khien of the collector's version, and report \
        this.
        """

    static let tooManyRows = "The list is longer than this program takes. Narrow it with --unit or --limit."

    // MARK: - Lists

    static let sum = "Sum"

    static func count(_ shown: Int, of total: Int, _ one: String, _ many: String) -> String {
        let noun = total == 1 ? one : many
        return shown < total ? "\(shown) of \(total) \(noun); --limit cuts the list." : "\(total) \(noun)."
    }

    static func term(product: String, startsOn: String, endsOn: String, total: UInt32, reserve: UInt32) -> String {
        "Term: \(product), \(startsOn) to \(endsOn), \(total) seats in all, \(reserve) in reserve."
    }

    // MARK: - Changes

    static let badJoinString = """
        The collector's join string cannot be read. Revoke the token, and use a khien of the collector's version.
        """

    static let onlyChecked = "Only checked; nothing was changed."

    static func unreadableFile(_ file: String, _ reason: String) -> String { "\(file): \(reason)" }

    static func badCatalog(_ file: String, line: Int, _ message: String) -> String {
        line > 0 ? "\(file), line \(line): \(message)" : "\(file): \(message)"
    }

    static let tokenCreated = """
        Enroll a device with this line; the join string is a secret, and is shown only now:
        """

    static let officerAdded = """
        Hand this folder to the officer over a safe way; key.pem in it is a secret and exists nowhere else. The officer uses \
        it with --profile or KHIEN_PROFILE.
        """
}
