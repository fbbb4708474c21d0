/// What the answer to one submitted report means for the record in the spool.
///
/// Decided by the code alone, never by a text.
enum Delivery: Sendable, Hashable {
    /// Committed and flushed at the collector: the record can go.
    case acknowledged(SubmitAnswer)
    /// The collector has a later report of this device (its disk was restored): it must be made anew in a new epoch.
    case stale(TransportError)
    /// Wrong in itself: put aside, never sent again.
    case malformed(TransportError)
    /// Another device used this epoch and sequence: nothing is sent any more.
    case cloned(TransportError)
    /// Not stored, for a reason that may pass: the record stays.
    case kept(TransportError)

    /// The meaning of a failed call.
    init(_ error: TransportError) {
        switch error.code {
        case .status(.invalidArgument): self = .malformed(error)
        case .status(.failedPrecondition): self = .stale(error)
        case .status(.alreadyExists): self = .cloned(error)
        default: self = .kept(error)
        }
    }

    /// The meaning of an answer to this record.
    init(_ answer: [UInt8], to record: SpoolRecord) {
        guard let answer = SubmitAnswer(answer) else {
            self = .kept(TransportError(code: .protocolViolation, message: "The collector's answer is malformed."))
            return
        }
        guard answer.epoch == record.epoch, answer.sequence == record.sequence else {
            self = .kept(
                TransportError(
                    code: .protocolViolation,
                    message: "The collector answered to another report than this one."
                )
            )
            return
        }
        self = .acknowledged(answer)
    }
}
