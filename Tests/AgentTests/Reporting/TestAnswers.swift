import CAgentMessages
import Shared

@testable import Agent

/// Answers as a collector encodes them.
enum TestAnswers {
    /// An encoded `SubmitResponse`.
    static func submit(
        epoch: UInt64,
        sequence: UInt64,
        findings: [(kind: UInt32, products: [String])] = [],
        nextReportSeconds: UInt32 = 900,
        wantsInventory: Bool = false,
        seat: UInt32 = 2,
        catalogVersion: UInt32 = 0
    ) -> [UInt8] {
        let arena = MessageArena()
        let message = arena.message(khien__v1__submit_response__init)
        message.pointee.epoch = epoch
        message.pointee.sequence = sequence
        message.pointee.next_report_seconds = nextReportSeconds
        message.pointee.wants_inventory = wantsInventory ? 1 : 0
        message.pointee.collector_time_ms = 1_764_000_000_000
        message.pointee.catalog_version = catalogVersion
        message.pointee.seat = Khien__V1__SeatState(seat)
        let encoded = findings.map { finding in
            let part = arena.message(khien__v1__verdict_finding__init)
            part.pointee.kind = Khien__V1__FindingKind(finding.kind)
            part.pointee.opened_at_ms = 5
            part.pointee.n_products = finding.products.count
            part.pointee.products = arena.array(finding.products.map { arena.string($0, limit: 100_000) })
            return part
        }
        message.pointee.n_findings = encoded.count
        message.pointee.findings = arena.array(encoded)
        return MessageArena.pack(
            message,
            size: khien__v1__submit_response__get_packed_size,
            pack: khien__v1__submit_response__pack
        )
    }

    /// An answer to the report in this request.
    static func acknowledging(
        _ request: [UInt8],
        wantsInventory: Bool = false,
        catalogVersion: UInt32 = 0
    ) -> [UInt8] {
        guard let report = SentReport(request) else { return [] }
        return submit(
            epoch: report.epoch,
            sequence: report.sequence,
            wantsInventory: wantsInventory,
            catalogVersion: catalogVersion
        )
    }

    /// An encoded `EnrollResponse`.
    static func enroll(
        device: String,
        certificate: [UInt8],
        authority: [UInt8],
        port: UInt32 = 7443,
        unitName: String = "Sở Tài chính"
    ) -> [UInt8] {
        let arena = MessageArena()
        let message = arena.message(khien__v1__enroll_response__init)
        message.pointee.device_id = arena.string(device, limit: 1000)
        message.pointee.certificate = arena.bytes(certificate)
        message.pointee.authority = arena.bytes(authority)
        message.pointee.reporting_port = port
        message.pointee.unit_code = arena.string("stc", limit: 64)
        message.pointee.unit_name = arena.string(unitName, limit: 1000)
        return MessageArena.pack(
            message,
            size: khien__v1__enroll_response__get_packed_size,
            pack: khien__v1__enroll_response__pack
        )
    }

    /// An encoded `RenewCertificateResponse`.
    static func renewal(_ certificate: [UInt8]) -> [UInt8] {
        let arena = MessageArena()
        let message = arena.message(khien__v1__renew_certificate_response__init)
        message.pointee.certificate = arena.bytes(certificate)
        return MessageArena.pack(
            message,
            size: khien__v1__renew_certificate_response__get_packed_size,
            pack: khien__v1__renew_certificate_response__pack
        )
    }
}

/// A report as a collector reads it.
struct SentReport: Equatable {
    var epoch: UInt64
    var sequence: UInt64
    var digest: [UInt8]
    var isWhole: Bool

    init?(_ request: [UInt8]) {
        guard let signed = khien__v1__signed_report__unpack(nil, request.count, request) else { return nil }
        defer { khien__v1__signed_report__free_unpacked(signed, nil) }
        let payload = signed.pointee.payload
        guard let report = khien__v1__report__unpack(nil, payload.len, payload.data) else { return nil }
        defer { khien__v1__report__free_unpacked(report, nil) }
        epoch = report.pointee.epoch
        sequence = report.pointee.sequence
        digest = EnrollmentClient.array(report.pointee.inventory_digest)
        isWhole = report.pointee.inventory.len > 0
    }
}
