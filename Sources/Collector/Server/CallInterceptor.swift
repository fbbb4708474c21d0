internal import GRPCCore
internal import GRPCNIOTransportHTTP2Posix
internal import Logging
internal import Messages
internal import Shared

/// Runs before and after every call: identity, access, revocation, error mapping, counters and the log of failures.
///
/// Requests, answers and metadata never reach the log.
struct CallInterceptor: ServerInterceptor {
    let logger: Logger
    let clock: WallClock
    let metrics: CallMetrics
    let callers: CallerDirectory
    let identities = ClientIdentityCache()

    /// The metadata in which officers say their language: `en` or `vi`.
    static let languageKey = "khien-language"

    func intercept<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>,
        context: ServerContext,
        next:
            @Sendable @concurrent (
                _ request: StreamingServerRequest<Input>,
                _ context: ServerContext
            ) async throws -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        let asked = request.metadata[stringValues: Self.languageKey].first { _ in true }
        return try await Language.$current.withValue(asked.flatMap { Language(locale: $0) } ?? .english) {
            try await answer(request: request, context: context, next: next)
        }
    }

    private func answer<Input: Sendable, Output: Sendable>(
        request: StreamingServerRequest<Input>,
        context: ServerContext,
        next:
            @Sendable @concurrent (
                _ request: StreamingServerRequest<Input>,
                _ context: ServerContext
            ) async throws -> StreamingServerResponse<Output>
    ) async throws -> StreamingServerResponse<Output> {
        var context = context
        var response: StreamingServerResponse<Output>
        let admit: (@Sendable () async throws -> Void)?
        do {
            let client = try identify(context)
            context.transportSpecific = CallIdentity(client: client)
            try AccessPolicy.check(context.descriptor.service, for: client)
            admit = admission(of: client, to: context.descriptor.service)
            try await admit?()
            response = try await next(request, context)
        } catch {
            throw failed(error, context)
        }
        switch response.accepted {
        case .success(var contents):
            // The body of a streamed answer runs later.
            let produce = contents.producer
            contents.producer = { [context] writer in
                do {
                    let admitted = admit.map { RPCWriter(wrapping: AdmittedWriter(writer: writer, admit: $0)) }
                    let trailers = try await produce(admitted ?? writer)
                    metrics.count(context.descriptor, code: nil)
                    return trailers
                } catch {
                    throw failed(error, context)
                }
            }
            response.accepted = .success(contents)
        case .failure(let error):
            response.accepted = .failure(failed(error, context))
        }
        return response
    }

    /// The caller by the certificate of the connection; `nil` where the listener asks for none.
    private func identify(_ context: ServerContext) throws(CollectorError) -> ClientIdentity? {
        guard let transport = context.transportSpecific as? HTTP2ServerTransport.Posix.Context,
            let certificate = transport.peerCertificate
        else { return nil }
        let client = try identities.identity(certificate)
        guard client.life.holds(at: clock.now()) else {
            throw CollectorError(
                .permissionDenied,
                Phrase(
                    "The client certificate is not valid now. Check the clock; if that is right, a device has to be enrolled "
                        + "again, and an officer's profile renewed (khien profile renew).",
                    vi:
                        "Chứng thư đang dùng không còn hoặc chưa có hiệu lực. Hãy kiểm tra đồng hồ; nếu giờ đúng thì thiết bị cần "
                        + "ghi danh lại, còn hồ sơ cán bộ cần gia hạn (khien profile renew)."
                )
            )
        }
        return client
    }

    /// What looks an officer up where no handler does; `nil` where nobody is looked up, or the handler does it.
    ///
    /// A certificate is good for a year and a connection for an hour: only the database knows who was revoked.
    private func admission(
        of client: ClientIdentity?,
        to service: ServiceDescriptor
    ) -> (@Sendable () async throws -> Void)? {
        guard case .officer(let officer) = client, service != Khien_V1_AdministrationService.descriptor else {
            return nil
        }
        return { _ = try await callers.caller(officer) }
    }

    private func failed(_ error: any Error, _ context: ServerContext) -> RPCError {
        let mapped = RPCError(anything: error)
        metrics.count(context.descriptor, code: mapped.code)
        let level: Logger.Level =
            switch mapped.code {
            case .internalError, .unknown, .dataLoss: .error
            case .unavailable, .resourceExhausted: .warning
            case .cancelled: .debug
            default: .info
            }
        logger.log(
            level: level,
            "call failed",
            metadata: [
                "method": "\(context.descriptor.fullyQualifiedMethod)",
                "status": "\(mapped.code)",
                "peer": "\(context.remotePeer)",
                "caller": "\(caller(context))",
                "error": "\(detail(error))",
            ]
        )
        return mapped
    }

    private func caller(_ context: ServerContext) -> String {
        switch (context.transportSpecific as? CallIdentity)?.client {
        case .device(let device): "device \(device.id)"
        case .officer(let officer): "officer \(officer.name)"
        case nil: "-"
        }
    }

    private func detail(_ error: any Error) -> String {
        if let error = error as? CollectorError { return error.debugDescription }
        return String(reflecting: error)
    }
}
