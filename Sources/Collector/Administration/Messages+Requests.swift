internal import Messages
internal import Shared

extension Khien_V1_SeatRequest {
    init(_ request: SeatRequestRecord) {
        self.init()
        id = UInt64(clamping: request.id)
        termID = UInt32(clamping: request.term)
        unitCode = request.unit
        unitName = request.unitName
        seats = UInt32(clamping: request.seats)
        reason = request.reason
        filedBy = request.filedBy
        filedAtMs = request.filedAt.value
        state = Khien_V1_SeatRequestState(rawValue: request.state.rawValue) ?? .unspecified
        grantedSeats = UInt32(clamping: request.granted)
        source = request.source
        document = request.document
        answer = request.answer
        decidedBy = request.decidedBy
        if let moment = request.decidedAt { decidedAtMs = moment.value }
        revision = UInt64(clamping: request.revision)
        allocatedSeats = UInt32(clamping: request.cap)
        usedSeats = UInt32(clamping: request.used)
        waiting = UInt32(clamping: request.waiting)
    }
}

extension Khien_V1_SeatRequestAnswer {
    init(_ answer: RequestService.Answer) {
        self.init()
        request = Khien_V1_SeatRequest(answer.request)
        reserveSeats = UInt32(clamping: answer.reserve ?? 0)
    }
}
