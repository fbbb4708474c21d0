import Crypto
import Foundation
import GRPCCore
import Messages
import Shared
import SwiftASN1
import X509

@testable import Collector

/// What every call answers to every role: who adds a call adds a row.
struct RoleMatrix {
    /// Things of one unit, or of none.
    struct Target: Sendable {
        var unit: String
        /// With which the ids of its devices begin.
        var letter: String
        var finding: UInt64
        var waived: UInt64
        var request: UInt64
        var token: String

        /// What nobody has, and what looks like what the units have.
        static let nothing = Target(
            unit: "unit-x",
            letter: "x",
            finding: 999_999,
            waived: 999_999,
            request: 999_999,
            token: "nosuch"
        )

        func device(_ number: Int) -> String { "\(letter)\(number)-device" }

        /// A refusal without the names that were asked for.
        func hidden(in text: String) -> String {
            var text = text.replacing(unit, with: "#").replacing(token, with: "#")
            for number in 1...4 { text = text.replacing(device(number), with: "#") }
            return text.replacing("\(finding)", with: "#").replacing("\(waived)", with: "#").replacing(
                "\(request)",
                with: "#"
            )
        }
    }

    enum Expected: Sendable {
        case done
        /// The role may not.
        case denied
        /// There is no such thing, as far as this officer is told.
        case missing
    }

    struct Row: Sendable, CustomStringConvertible {
        var method: String
        var center: Expected
        var reader: Expected
        /// A unit's officer, of the own things.
        var own: Expected
        /// The same officer, of another unit's.
        var other: Expected
        var call: @Sendable (AdministrationHandler, ServerContext, Target) async throws -> Void

        var description: String { method }
    }

    static let rows: [Row] = units + terms + requests + findings + devices + others

    private static func looks(
        _ method: String,
        _ call: @escaping @Sendable (AdministrationHandler, ServerContext, Target) async throws -> Void
    ) -> Row {
        Row(method: method, center: .done, reader: .done, own: .done, other: .missing, call: call)
    }

    private static func looksAtAll(
        _ method: String,
        _ call: @escaping @Sendable (AdministrationHandler, ServerContext, Target) async throws -> Void
    ) -> Row {
        Row(method: method, center: .done, reader: .done, own: .done, other: .done, call: call)
    }

    private static func changes(
        _ method: String,
        _ call: @escaping @Sendable (AdministrationHandler, ServerContext, Target) async throws -> Void
    ) -> Row {
        Row(method: method, center: .done, reader: .denied, own: .done, other: .missing, call: call)
    }

    private static func decides(
        _ method: String,
        _ call: @escaping @Sendable (AdministrationHandler, ServerContext, Target) async throws -> Void
    ) -> Row {
        Row(method: method, center: .done, reader: .denied, own: .denied, other: .denied, call: call)
    }

    private static func with<Message>(_ message: Message, _ fill: (inout Message) -> Void) -> Message {
        var message = message
        fill(&message)
        return message
    }

    private static let decision = with(Khien_V1_UnitDecision()) { $0.document = "12/QĐ" }

    private static let units: [Row] = [
        looksAtAll("ListUnits") { handler, context, _ in
            _ = try await handler.listUnits(request: .init(), context: context)
        },
        looks("GetUnit") { handler, context, target in
            _ = try await handler.getUnit(
                request: with(.init()) { $0.unit = target.unit },
                context: context
            )
        },
        changes("SetUnitContact") { handler, context, target in
            let request = with(Khien_V1_SetUnitContactRequest()) {
                ($0.unit, $0.name, $0.expectedRevision) = (target.unit, "Trần Thị B", 1)
            }
            _ = try await handler.setUnitContact(request: request, context: context)
        },
        decides("AddUnit") { handler, context, _ in
            let request = with(Khien_V1_AddUnitRequest()) {
                ($0.code, $0.name, $0.group, $0.decision) = ("unit-d", "Sở D", "department", decision)
            }
            _ = try await handler.addUnit(request: request, context: context)
        },
        decides("RenameUnit") { handler, context, target in
            let request = with(Khien_V1_RenameUnitRequest()) {
                ($0.unit, $0.name, $0.decision) = (target.unit, "Sở mới", decision)
                $0.expectedRevision = 1
            }
            _ = try await handler.renameUnit(request: request, context: context)
        },
        decides("MergeUnits") { handler, context, target in
            let request = with(Khien_V1_MergeUnitsRequest()) {
                ($0.units, $0.into, $0.decision) = ([target.unit], "unit-c", decision)
            }
            _ = try await handler.mergeUnits(request: request, context: context)
        },
        decides("SplitUnit") { handler, context, target in
            let request = with(Khien_V1_SplitUnitRequest()) {
                ($0.unit, $0.code, $0.name, $0.group) = (target.unit, "unit-d", "Sở D", "department")
                ($0.seats, $0.decision) = (1, decision)
            }
            _ = try await handler.splitUnit(request: request, context: context)
        },
        decides("CloseUnit") { handler, context, _ in
            let request = with(Khien_V1_CloseUnitRequest()) { ($0.unit, $0.decision) = ("unit-c", decision) }
            _ = try await handler.closeUnit(request: request, context: context)
        },
    ]

    private static let terms: [Row] = [
        decides("AddTerm") { handler, context, _ in
            let request = with(Khien_V1_AddTermRequest()) {
                ($0.productFamily, $0.totalSeats, $0.document) = (TestCollector.approved, 5, "HĐ-2")
                ($0.startsOn, $0.endsOn) = ("2024-10-12", "2025-10-11")
            }
            _ = try await handler.addTerm(request: request, context: context)
        },
        looksAtAll("ListTerms") { handler, context, _ in
            _ = try await handler.listTerms(request: .init(), context: context)
        },
        looksAtAll("GetTerm") { handler, context, _ in
            _ = try await handler.getTerm(request: with(.init()) { $0.id = 1 }, context: context)
        },
        looks("ListAllocations") { handler, context, target in
            let request = with(Khien_V1_ListAllocationsRequest()) { ($0.termID, $0.unit) = (1, target.unit) }
            _ = try await handler.listAllocations(request: request, context: context)
        },
        decides("SetAllocation") { handler, context, target in
            let request = with(Khien_V1_SetAllocationRequest()) {
                ($0.termID, $0.unit, $0.seats, $0.document) = (1, target.unit, 6, "12/QĐ")
                $0.expectedRevision = 4
            }
            _ = try await handler.setAllocation(request: request, context: context)
        },
        decides("ImportAllocations") { handler, context, target in
            let request = with(Khien_V1_ImportAllocationsRequest()) {
                ($0.termID, $0.fileName) = (1, "a.tsv")
                $0.file = Data("code\tseats\n\(target.unit)\t6\n".utf8)
            }
            _ = try await handler.importAllocations(request: request, context: context)
        },
        looks("GetLedger") { handler, context, target in
            let request = with(Khien_V1_GetLedgerRequest()) { ($0.termID, $0.unit) = (1, target.unit) }
            _ = try await handler.getLedger(request: request, context: context)
        },
        looks("ListSeats") { handler, context, target in
            _ = try await handler.listSeats(request: with(.init()) { $0.unit = target.unit }, context: context)
        },
    ]

    private static let requests: [Row] = [
        changes("CreateSeatRequest") { handler, context, target in
            let request = with(Khien_V1_CreateSeatRequestRequest()) {
                ($0.unit, $0.seats, $0.reason) = (target.unit, 2, "new staff")
            }
            _ = try await handler.createSeatRequest(request: request, context: context)
        },
        looks("ListSeatRequests") { handler, context, target in
            _ = try await handler.listSeatRequests(request: with(.init()) { $0.unit = target.unit }, context: context)
        },
        looks("GetSeatRequest") { handler, context, target in
            _ = try await handler.getSeatRequest(request: with(.init()) { $0.id = target.request }, context: context)
        },
        decides("ApproveSeatRequest") { handler, context, target in
            let request = with(Khien_V1_ApproveSeatRequestRequest()) {
                ($0.id, $0.document, $0.source) = (target.request, "13/QĐ", "reserve")
                $0.expectedRevision = 1
            }
            _ = try await handler.approveSeatRequest(request: request, context: context)
        },
        decides("RefuseSeatRequest") { handler, context, target in
            let request = with(Khien_V1_RefuseSeatRequestRequest()) {
                ($0.id, $0.answer, $0.expectedRevision) = (target.request, "no", 1)
            }
            _ = try await handler.refuseSeatRequest(request: request, context: context)
        },
        changes("WithdrawSeatRequest") { handler, context, target in
            _ = try await handler.withdrawSeatRequest(
                request: with(.init()) { ($0.id, $0.expectedRevision) = (target.request, 1) },
                context: context
            )
        },
    ]

    private static let findings: [Row] = [
        looks("ListFindings") { handler, context, target in
            _ = try await handler.listFindings(request: with(.init()) { $0.unit = target.unit }, context: context)
        },
        looks("GetFinding") { handler, context, target in
            _ = try await handler.getFinding(request: with(.init()) { $0.id = target.finding }, context: context)
        },
        changes("AcknowledgeFinding") { handler, context, target in
            _ = try await handler.acknowledgeFinding(
                request: with(.init()) { ($0.id, $0.expectedRevision) = (target.finding, 1) },
                context: context
            )
        },
        decides("WaiveFinding") { handler, context, target in
            let request = with(Khien_V1_WaiveFindingRequest()) {
                ($0.id, $0.until, $0.reason, $0.expectedRevision) = (target.finding, "2023-12-31", "pilot", 1)
            }
            _ = try await handler.waiveFinding(request: request, context: context)
        },
        decides("UnwaiveFinding") { handler, context, target in
            let request = with(Khien_V1_UnwaiveFindingRequest()) {
                ($0.id, $0.expectedRevision) = (target.waived, 2)
            }
            _ = try await handler.unwaiveFinding(request: request, context: context)
        },
        looksAtAll("GetPolicy") { handler, context, _ in
            _ = try await handler.getPolicy(request: .init(), context: context)
        },
        decides("SetPolicy") { handler, context, _ in
            let request = with(Khien_V1_SetPolicyRequest()) {
                ($0.silentAfterDays, $0.reason, $0.expectedRevision) = (9, "decided", 1)
            }
            _ = try await handler.setPolicy(request: request, context: context)
        },
    ]

    private static let devices: [Row] = [
        looks("ListDevices") { handler, context, target in
            _ = try await handler.listDevices(request: with(.init()) { $0.unit = target.unit }, context: context)
        },
        looks("GetDevice") { handler, context, target in
            _ = try await handler.getDevice(request: with(.init()) { $0.id = target.device(1) }, context: context)
        },
        changes("RevokeDevice") { handler, context, target in
            let request = with(Khien_V1_RevokeDeviceRequest()) { ($0.id, $0.reason) = (target.device(1), "stolen") }
            _ = try await handler.revokeDevice(request: request, context: context)
        },
        changes("RetireDevice") { handler, context, target in
            let request = with(Khien_V1_RetireDeviceRequest()) { ($0.id, $0.reason) = (target.device(1), "old") }
            _ = try await handler.retireDevice(request: request, context: context)
        },
        changes("RestoreDevice") { handler, context, target in
            let request = with(Khien_V1_RestoreDeviceRequest()) { ($0.id, $0.reason) = (target.device(3), "back") }
            _ = try await handler.restoreDevice(request: request, context: context)
        },
        decides("MoveDevice") { handler, context, target in
            let request = with(Khien_V1_MoveDeviceRequest()) {
                ($0.id, $0.unit, $0.reason) = (target.device(1), "unit-c", "moved")
            }
            _ = try await handler.moveDevice(request: request, context: context)
        },
        changes("MergeDevices") { handler, context, target in
            let request = with(Khien_V1_MergeDevicesRequest()) {
                ($0.keepID, $0.otherID, $0.reason) = (target.device(2), target.device(1), "one machine")
            }
            _ = try await handler.mergeDevices(request: request, context: context)
        },
        changes("UnmergeDevice") { handler, context, target in
            let request = with(Khien_V1_UnmergeDeviceRequest()) { ($0.id, $0.reason) = (target.device(4), "two") }
            _ = try await handler.unmergeDevice(request: request, context: context)
        },
    ]

    private static let others: [Row] = [
        Row(method: "ListUnknowns", center: .done, reader: .done, own: .denied, other: .denied) { handler, context, _ in
            _ = try await handler.listUnknowns(request: .init(), context: context)
        },
        looksAtAll("ShowCatalog") { handler, context, _ in
            _ = try await handler.showCatalog(request: .init(), context: context)
        },
        decides("PublishCatalog") { handler, context, _ in
            let request = with(Khien_V1_PublishCatalogRequest()) {
                ($0.text, $0.dryRun) = (TestCatalog(version: 2).text, true)
            }
            _ = try await handler.publishCatalog(request: request, context: context)
        },
        changes("CreateToken") { handler, context, target in
            let request = with(Khien_V1_CreateTokenRequest()) {
                ($0.unitCode, $0.uses, $0.lifetimeSeconds) = (target.unit, 1, 600)
            }
            _ = try await handler.createToken(request: request, context: context)
        },
        looksAtAll("ListTokens") { handler, context, _ in
            _ = try await handler.listTokens(request: .init(), context: context)
        },
        changes("RevokeToken") { handler, context, target in
            _ = try await handler.revokeToken(request: with(.init()) { $0.id = target.token }, context: context)
        },
        decides("AddOfficer") { handler, context, target in
            let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
            let signing = try CertificateSigningRequest(
                version: .v1,
                subject: try DistinguishedName { CommonName("new") },
                privateKey: key,
                attributes: CertificateSigningRequest.Attributes([])
            )
            var serializer = DER.Serializer()
            try serializer.serialize(signing)
            let request = with(Khien_V1_AddOfficerRequest()) {
                ($0.name, $0.role, $0.unitCode) = ("new", .unit, target.unit)
                $0.certificateRequest = Data(serializer.serializedBytes)
            }
            _ = try await handler.addOfficer(request: request, context: context)
        },
        looksAtAll("ListOfficers") { handler, context, _ in
            _ = try await handler.listOfficers(request: .init(), context: context)
        },
        decides("RevokeOfficer") { handler, context, _ in
            _ = try await handler.revokeOfficer(request: with(.init()) { $0.name = "reader" }, context: context)
        },
    ]
}
