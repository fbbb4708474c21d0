/// What officers, devices and the calendar can do to the province, in numbers of the model: units, devices and products are
/// counted from 0, terms and requests from 1.
///
/// Every number may stand for something that is not there; the collector then has to refuse. So any part of a sequence is a
/// sequence, and a failing one can be shortened.
enum Operation: Sendable, Hashable {
    case enroll(device: Int, unit: Int)
    /// `products`: bit 0 and 1 the licensed ones, bit 2 another antivirus.
    case report(device: Int, products: Int)
    /// Says that nothing has changed.
    case heartbeat(device: Int)
    case retire(device: Int)
    case restore(device: Int)
    case move(device: Int, unit: Int)
    case merge(device: Int, into: Int)
    case unmerge(device: Int)
    case revoke(device: Int)

    /// The calendar goes on, and upkeep has its turn or not yet.
    case days(Int, upkeep: Bool)

    case allocate(term: Int, unit: Int, seats: Int)
    /// From one unit on, in order.
    case importAllocations(term: Int, firstUnit: Int, seats: [Int])
    case ask(unit: Int, seats: Int, term: Int)
    /// 0 seats: all that were asked for. Unit `nil`: from the reserve.
    case approve(request: Int, seats: Int, from: Int?)
    case refuse(request: Int)
    case withdraw(request: Int)
    /// `renews` 0: beside the others.
    case addTerm(product: Int, seats: Int, startsIn: Int, days: Int, silence: Int, renews: Int, copies: Bool)

    case addUnit(Int)
    case mergeUnits([Int], into: Int)
    case split(unit: Int, new: Int, seats: Int, devices: [Int])
    case close(unit: Int)

    /// `kind`: raw value of `FindingKind`.
    case waive(device: Int, kind: Int, days: Int)
    case unwaive(device: Int, kind: Int)
    /// `severity`: raw value of `Severity`.
    case setSeverity(kind: Int, severity: Int)
}

/// One operation, and what happens around it.
struct Step: Sendable, Hashable, CustomStringConvertible {
    var operation: Operation
    /// Since the operation before.
    var seconds = 1
    /// The process dies before this statement, counted from 0; `nil`: it lives.
    var cut: Int?
    /// The officer looked at something older than what is there now.
    var isStale = false

    init(_ operation: Operation, seconds: Int = 1, cut: Int? = nil, isStale: Bool = false) {
        self.operation = operation
        self.seconds = seconds
        self.cut = cut
        self.isStale = isStale
    }

    /// As it is written in a test.
    var description: String {
        var parts = [".\(operation)"]
        if seconds != 1 { parts.append("seconds: \(seconds)") }
        if let cut { parts.append("cut: \(cut)") }
        if isStale { parts.append("isStale: true") }
        return "Step(\(parts.joined(separator: ", ")))"
    }
}
