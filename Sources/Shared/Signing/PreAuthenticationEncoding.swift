/// What a signature is made over: the type of the payload beside the payload, so that a signature over one kind of
/// message is worth nothing as another.
///
/// Source: DSSE v1.0.2, "PAE"; lengths are byte counts in ASCII decimal.
public enum PreAuthenticationEncoding {
    /// The payload type of a `khien.v1.Report`.
    public static let reportType = "application/vnd.khien.report.v1"
    /// The payload type of a catalog's text.
    public static let catalogType = "application/vnd.khien.catalog.v1"

    /// `DSSEv1 LEN(type) type LEN(payload) payload`, separated by single spaces.
    public static func encode(type: String, payload: some Collection<UInt8>) -> [UInt8] {
        var bytes = Array("DSSEv1 \(type.utf8.count) \(type) \(payload.count) ".utf8)
        bytes.reserveCapacity(bytes.count + payload.count)
        bytes.append(contentsOf: payload)
        return bytes
    }
}
