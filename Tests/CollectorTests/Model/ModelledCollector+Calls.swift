import Foundation
import Messages
import Shared

@testable import Collector

/// Every operation as the call that an officer or a device makes.
extension ModelledCollector {
    func call(_ step: Step) async throws {
        switch step.operation {
        case .enroll(let device, let unit): try enroll(device, unit: unit)
        case .report(let device, let products): try report(device, products: products)
        case .heartbeat(let device): try report(device, products: nil)
        case .days(let days, let upkeep):
            try noteBusyDays(days)
            if upkeep { try await keepUp() }
        case .retire, .restore, .move, .merge, .unmerge, .revoke: try await callDevice(step)
        case .allocate, .importAllocations, .addTerm: try await callSeats(step)
        case .ask, .approve, .refuse, .withdraw: try await callRequest(step)
        case .addUnit, .mergeUnits, .split, .close: try await callUnit(step)
        case .waive, .unwaive, .setSeverity: try await callFinding(step)
        }
    }

    /// As the reports of others would, whom no unit of this province sees.
    private func noteBusyDays(_ days: Int) throws {
        let busy = Province.busyDays(days, until: machine.now.value)
        try machine.undying {
            try database.writeNow { sql in
                for day in busy {
                    try sql.execute(
                        "INSERT INTO heard_day (day) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM heard_day WHERE day = $1)",
                        .integer(day)
                    )
                }
            }
        }
    }

    /// As often as there is something left to do; each time in a transaction of its own.
    func keepUp() async throws {
        let now = machine.now
        while try await database.write({ try Upkeep.step($0, now: now) }) {}
    }

    private func callDevice(_ step: Step) async throws {
        switch step.operation {
        case .retire(let device):
            var request = Khien_V1_RetireDeviceRequest()
            request.id = Name.device(device)
            request.reason = "worn out"
            _ = try await handler.retireDevice(request: request, context: context)
        case .restore(let device):
            var request = Khien_V1_RestoreDeviceRequest()
            request.id = Name.device(device)
            request.reason = "repaired"
            _ = try await handler.restoreDevice(request: request, context: context)
        case .move(let device, let unit):
            var request = Khien_V1_MoveDeviceRequest()
            request.id = Name.device(device)
            request.unit = Name.unit(unit)
            request.reason = "given to them"
            if step.isStale { request.expectedUnitCode = "unit-elsewhere" }
            _ = try await handler.moveDevice(request: request, context: context)
        case .merge(let device, let keep):
            var request = Khien_V1_MergeDevicesRequest()
            request.keepID = Name.device(keep)
            request.otherID = Name.device(device)
            request.reason = "one machine"
            _ = try await handler.mergeDevices(request: request, context: context)
        case .unmerge(let device):
            var request = Khien_V1_UnmergeDeviceRequest()
            request.id = Name.device(device)
            request.reason = "two machines"
            _ = try await handler.unmergeDevice(request: request, context: context)
        case .revoke(let device):
            var request = Khien_V1_RevokeDeviceRequest()
            request.id = Name.device(device)
            request.reason = "stolen"
            _ = try await handler.revokeDevice(request: request, context: context)
        default: break
        }
    }

    private func callSeats(_ step: Step) async throws {
        switch step.operation {
        case .allocate(let term, let unit, let seats):
            var request = Khien_V1_SetAllocationRequest()
            request.termID = UInt32(term)
            request.unit = Name.unit(unit)
            request.seats = UInt32(seats)
            request.document = "12/QĐ"
            request.expectedRevision = try ledgerRevision(term, step)
            _ = try await handler.setAllocation(request: request, context: context)
        case .importAllocations(let term, let firstUnit, let seats):
            var request = Khien_V1_ImportAllocationsRequest()
            let rows = seats.enumerated().map { "\(Name.unit(firstUnit + $0.offset));\($0.element)\n" }
            request.file = Data(("code;seats\n" + rows.joined()).utf8)
            request.fileName = "allocations.csv"
            request.termID = UInt32(term)
            request.document = "13/QĐ"
            request.apply = true
            request.expectedRevision = try ledgerRevision(term, step)
            _ = try await handler.importAllocations(request: request, context: context)
        case .addTerm(let product, let seats, let startsIn, let days, let silence, let renews, let copies):
            var request = Khien_V1_AddTermRequest()
            let today = Day(milliseconds: machine.now.value, minutesAhead: 420)
            request.productFamily = Province.products[product]
            request.totalSeats = UInt32(seats)
            request.startsOn = today.adding(days: startsIn).description
            request.endsOn = today.adding(days: startsIn + days - 1).description
            request.silenceDays = UInt32(silence)
            request.document = "14/HĐ"
            request.renewsTermID = UInt32(renews)
            request.copyAllocations = copies
            _ = try await handler.addTerm(request: request, context: context)
        default: break
        }
    }

    private func callRequest(_ step: Step) async throws {
        switch step.operation {
        case .ask(let unit, let seats, let term):
            var request = Khien_V1_CreateSeatRequestRequest()
            request.unit = Name.unit(unit)
            request.seats = UInt32(seats)
            request.reason = "new colleagues"
            request.termID = UInt32(term)
            _ = try await handler.createSeatRequest(request: request, context: context)
        case .approve(let id, let seats, let from):
            var request = Khien_V1_ApproveSeatRequestRequest()
            request.id = try number(ofRequest: id)
            request.seats = UInt32(seats)
            request.document = "15/QĐ"
            request.source = from.map(Name.unit) ?? "reserve"
            request.expectedRevision = try revision(of: "seat_request", "request_id = \(request.id)", step)
            _ = try await handler.approveSeatRequest(request: request, context: context)
        case .refuse(let id):
            var request = Khien_V1_RefuseSeatRequestRequest()
            request.id = try number(ofRequest: id)
            request.answer = "none left"
            request.expectedRevision = try revision(of: "seat_request", "request_id = \(request.id)", step)
            _ = try await handler.refuseSeatRequest(request: request, context: context)
        case .withdraw(let id):
            var request = Khien_V1_WithdrawSeatRequestRequest()
            request.id = try number(ofRequest: id)
            request.expectedRevision = try revision(of: "seat_request", "request_id = \(request.id)", step)
            _ = try await handler.withdrawSeatRequest(request: request, context: context)
        default: break
        }
    }

    private func callUnit(_ step: Step) async throws {
        switch step.operation {
        case .addUnit(let unit):
            var request = Khien_V1_AddUnitRequest()
            request.code = Name.unit(unit)
            request.name = "Sở số \(unit)"
            request.group = "department"
            request.decision = Self.decision
            _ = try await handler.addUnit(request: request, context: context)
        case .mergeUnits(let units, let into):
            var request = Khien_V1_MergeUnitsRequest()
            request.units = units.map(Name.unit)
            request.into = Name.unit(into)
            request.decision = Self.decision
            _ = try await handler.mergeUnits(request: request, context: context)
        case .split(let unit, let new, let seats, let devices):
            var request = Khien_V1_SplitUnitRequest()
            request.unit = Name.unit(unit)
            request.code = Name.unit(new)
            request.name = "Sở số \(new)"
            request.group = "department"
            request.seats = UInt32(seats)
            request.deviceIds = devices.map(Name.device)
            request.decision = Self.decision
            _ = try await handler.splitUnit(request: request, context: context)
        case .close(let unit):
            var request = Khien_V1_CloseUnitRequest()
            request.unit = Name.unit(unit)
            request.decision = Self.decision
            _ = try await handler.closeUnit(request: request, context: context)
        default: break
        }
    }

    private static let decision: Khien_V1_UnitDecision = {
        var decision = Khien_V1_UnitDecision()
        decision.document = "16/NQ"
        decision.reason = "reform"
        return decision
    }()

    private func callFinding(_ step: Step) async throws {
        switch step.operation {
        case .waive(let device, let kind, let days):
            let (id, revision) = try finding(device, kind, step)
            var request = Khien_V1_WaiveFindingRequest()
            request.id = id
            request.until = Day(milliseconds: machine.now.value, minutesAhead: 420).adding(days: days).description
            request.reason = "being replaced"
            request.expectedRevision = revision
            _ = try await handler.waiveFinding(request: request, context: context)
        case .unwaive(let device, let kind):
            let (id, revision) = try finding(device, kind, step)
            var request = Khien_V1_UnwaiveFindingRequest()
            request.id = id
            request.reason = "replaced"
            request.expectedRevision = revision
            _ = try await handler.unwaiveFinding(request: request, context: context)
        case .setSeverity(let kind, let severity):
            var request = Khien_V1_SetPolicyRequest()
            var policy = Khien_V1_KindPolicy()
            policy.kind = Khien_V1_FindingKind(rawValue: kind) ?? .unspecified
            policy.severity = Khien_V1_Severity(rawValue: severity) ?? .unspecified
            request.kinds = [policy]
            request.reason = "decided"
            request.expectedRevision = try policyRevision(step)
            _ = try await handler.setPolicy(request: request, context: context)
        default: break
        }
    }

    // MARK: What the officer looked at

    private func ledgerRevision(_ term: Int, _ step: Step) throws -> UInt64 {
        seen(try look("SELECT coalesce(max(entry_id), 0) FROM ledger WHERE term_id = \(term)"), step)
    }

    private func number(ofRequest id: Int) throws -> UInt64 {
        UInt64(try look("SELECT request_id FROM seat_request ORDER BY filed_at_ms LIMIT 1 OFFSET \(id - 1)"))
    }

    private func policyRevision(_ step: Step) throws -> UInt64 {
        seen(try look("SELECT coalesce(max(value), 1) FROM setting WHERE name = 'policy_revision'"), step)
    }

    private func revision(of table: String, _ condition: String, _ step: Step) throws -> UInt64 {
        seen(try look("SELECT coalesce(max(revision), 1) FROM \(table) WHERE \(condition)"), step)
    }

    /// 0 for one that is not there.
    private func finding(_ device: Int, _ kind: Int, _ step: Step) throws -> (id: UInt64, revision: UInt64) {
        let row =
            "device_id = '\(Name.device(device))' AND kind = '\(FindingName.words[kind] ?? "")' AND closed_at_ms IS NULL"
        let id = try look("SELECT coalesce(max(finding_id), 0) FROM finding WHERE \(row)")
        return (UInt64(id), try revision(of: "finding", row, step))
    }

    private func seen(_ revision: Int, _ step: Step) -> UInt64 {
        step.isStale ? UInt64(revision > 1 ? revision - 1 : revision + 7) : UInt64(revision)
    }

    private func look(_ query: String) throws -> Int {
        try machine.undying { try database.writeNow { try $0.first(query) { $0.int(0) } } ?? 0 }
    }
}
