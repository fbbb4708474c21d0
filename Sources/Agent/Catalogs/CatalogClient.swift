import CAgentMessages
import Shared

/// Asks the collector for its catalog.
enum CatalogClient {
    /// Why there is none.
    enum Failure: Error {
        /// No answer; it may come another time.
        case transport(TransportError)
        /// What came is not to be used, and will not be better another time.
        case refused(CatalogRefusal)
    }

    /// The catalog that the collector has now, its signature verified.
    ///
    /// `version` is that of the one in use, `now` the device's clock in milliseconds since 1970.
    static func fetch(
        above version: Int,
        over connection: some GRPCCalling,
        authority: Certificate,
        atMilliseconds now: Int64
    ) throws(Failure) -> SignedCatalog {
        let answer: [UInt8]
        do throws(TransportError) {
            answer = try connection.call(method: GRPCMethod.getCatalog, request: request(version))
        } catch {
            throw .transport(error)
        }
        do throws(CatalogRefusal) {
            guard let signed = SignedCatalog(answer) else { throw .malformed }
            try signed.verify(by: authority, atMilliseconds: now)
            return signed
        } catch {
            throw .refused(error)
        }
    }

    private static func request(_ version: Int) -> [UInt8] {
        let arena = MessageArena()
        let request = arena.message(khien__v1__get_catalog_request__init)
        request.pointee.have_version = UInt32(clamping: version)
        return MessageArena.pack(
            request,
            size: khien__v1__get_catalog_request__get_packed_size,
            pack: khien__v1__get_catalog_request__pack
        )
    }
}
