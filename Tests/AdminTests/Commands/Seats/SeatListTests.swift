import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

/// `khien seats` against a fake collector over real TLS.
@Suite struct SeatListTests {
    private static var answers: FakeAdministration.Answers {
        var answers = FakeAdministration.Answers()
        answers.messages["listSeats"] = Khien_V1_ListSeatsResponse.with {
            $0.total = 2
            $0.seats = [
                .with {
                    $0.deviceID = "device-1"
                    $0.hostName = "may-01"
                    $0.unitCode = "so-y-te"
                    $0.unitName = "Sở Y tế"
                    $0.state = .overCap
                    $0.termID = 1
                    $0.productFamily = "kes"
                    $0.sinceMs = Run.now
                    $0.queuedAtMs = Run.now
                    $0.place = 1
                },
                .with {
                    $0.deviceID = "device-2"
                    $0.unitCode = "so-y-te"
                    $0.state = .held
                    $0.excess = true
                    $0.lastReportAtMs = Run.now
                },
            ]
        }
        return answers
    }

    @Test(
        "each list is asked for by its option",
        arguments: [
            ([], #"{"page":{"size":500}}"#),
            (["--unit", "so-y-te"], #"{"unit":"so-y-te","page":{"size":500}}"#),
            (["--over"], #"{"view":"SEAT_VIEW_OVER","page":{"size":500}}"#),
            (["--waiting", "--limit", "2"], #"{"view":"SEAT_VIEW_WAITING","page":{"size":2}}"#),
            (["--idle", "30"], #"{"view":"SEAT_VIEW_IDLE","idleDays":30,"page":{"size":500}}"#),
        ]
    )
    func views(options: [String], request: String) async throws {
        try await TestCollector.serving(Self.answers) { collector in
            let run = try await collector.khien(["seats"] + options)
            #expect(run.status == .done, "\(run.errors)")
            #expect(run.output.contains("device-1") && run.output.hasSuffix("\n2 devices.\n"))
            #expect(collector.service.calls == ["listSeats \(request)"])
        }
    }

    @Test("the words are those of the officer's language, the data are not")
    func data() async throws {
        try await TestCollector.serving(Self.answers) { collector in
            let table = try await collector.khien("seats", "--lang", "vi")
            #expect(table.output.contains("vượt định mức") && table.output.contains("23/11/2025 08:05"))
            let csv = try await collector.khien("seats", "--lang", "vi", "--format", "csv")
            #expect(
                csv.output == """
                    unit_code,unit_name,state,place,excess,since,device_id,host_name,term_id,product_family,queued_at,last_report_at
                    so-y-te,Sở Y tế,over-cap,1,false,2025-11-23T08:05:00Z,device-1,may-01,1,kes,2025-11-23T08:05:00Z,
                    so-y-te,,held,,true,,device-2,,,,,2025-11-23T08:05:00Z

                    """
            )
        }
    }

    @Test(
        "lists that exclude each other are refused before anybody is asked",
        arguments: [
            (["--over", "--waiting"], "different lists"), (["--waiting", "--idle", "3"], "different lists"),
            (["--over", "--idle", "3"], "different lists"), (["--idle", "0"], "from 1 to 3650"),
            (["--idle", "3651"], "from 1 to 3650"), (["--idle", "x"], "--idle"),
        ]
    )
    func refused(options: [String], words: String) async throws {
        try await TestCollector.serving { collector in
            let run = try await collector.khien(["seats"] + options)
            #expect(run.status == .usage && run.errors.contains(words), "\(run.errors)")
            #expect(collector.service.calls == [])
        }
    }
}
