internal import GRPCCore
internal import GRPCNIOTransportHTTP2Posix
internal import Shared

/// What the interceptor found out about a call, in the place where the transport had put the certificate.
struct CallIdentity: ServerContext.TransportSpecific {
    /// `nil` on the enrollment listener.
    let client: ClientIdentity?
}

extension ServerContext {
    /// The device that calls.
    /// - Throws: `CollectorError` (`permissionDenied`) when no device does.
    func deviceIdentity() throws(CollectorError) -> DeviceIdentity {
        guard case .device(let device) = (transportSpecific as? CallIdentity)?.client else {
            throw CollectorError(
                .permissionDenied,
                "Only an enrolled device may call this. Use a device's certificate."
            )
        }
        return device
    }

    /// The officer that calls.
    /// - Throws: `CollectorError` (`permissionDenied`) when no officer does.
    func officerIdentity() throws(CollectorError) -> OfficerIdentity {
        guard case .officer(let officer) = (transportSpecific as? CallIdentity)?.client else {
            throw CollectorError(
                .permissionDenied,
                Phrase(
                    "Only an officer may call this. Use an officer's profile.",
                    vi: "Chỉ cán bộ được gọi chức năng này. Hãy dùng hồ sơ truy cập của cán bộ."
                )
            )
        }
        return officer
    }

    /// The address that calls, without the port: `ipv4:192.0.2.7`.
    var peerHost: String {
        guard let colon = remotePeer.lastIndex(of: ":") else { return remotePeer }
        return String(remotePeer[..<colon])
    }
}
