import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Admin

@Suite struct UnitOrderTests {
    private static func unit(
        _ code: String,
        _ change: (inout Khien_V1_UnitSummary) -> Void = { _ in }
    ) -> Khien_V1_UnitSummary {
        var unit = Khien_V1_UnitSummary.with {
            $0.code = code
            $0.devices = 100
        }
        change(&unit)
        return unit
    }

    @Test("conflicts come before over cap, violations, silence and shortfall; equals stay as in the appendix")
    func attention() {
        let units = [
            Self.unit("calm-1"), Self.unit("shortfall") { $0.shortfall = 900 }, Self.unit("calm-2"),
            Self.unit("silent") { $0.silent = 10 },
            Self.unit("all-silent") {
                $0.silent = 5
                $0.devices = 5
            },
            Self.unit("violation") { $0.inViolation = 1 },
            // Over the cap are those that wait and the excess: two who wait are less than an excess of three.
            Self.unit("waiting") {
                $0.overCap = 2
                $0.waiting = 2
            },
            Self.unit("excess") { $0.overCap = 3 }, Self.unit("conflict") { $0.conflicts = 1 },
            Self.unit("conflicts") { $0.conflicts = 3 }, Self.unit("empty") { $0.devices = 0 },
        ]
        #expect(
            UnitOrder.attention.sorted(units).map(\.code) == [
                "conflicts", "conflict", "excess", "waiting", "violation", "all-silent", "silent", "shortfall",
                "calm-1",
                "calm-2", "empty",
            ]
        )
        #expect(UnitOrder.appendix.sorted(units) == units)
    }

    @Test("the largest figures of the wire overflow nothing")
    func largest() {
        let huge = Self.unit("huge") {
            $0.devices = .max
            $0.silent = .max
            $0.overCap = .max
            $0.waiting = .max
        }
        #expect(UnitOrder.attention.sorted([Self.unit("a"), huge]).map(\.code) == ["huge", "a"])
    }

    @Test("names follow the Vietnamese alphabet, composed or not")
    func names() {
        let ordered = [
            "An Bình", "Ảnh", "Ánh", "Ăn", "Âu", "Buôn Đôn", "Dân tộc", "Đắk Lắk", "Đông", "Ea Kar", "Lắk", "Lâm",
            "Oanh", "Ông", "Ơn", "Sở Y tế", "Thông tin", "Ư", "Xã 2", "Xã B",
        ]
        let shuffled = ordered.reversed().enumerated().map { index, name in
            index.isMultiple(of: 2) ? name.decomposedStringWithCanonicalMapping : name
        }
        let sorted = UnitOrder.name.sorted(shuffled.map { name in Self.unit("x") { $0.name = name } }).map(\.name)
        #expect(sorted == ordered)
    }

    @Test(
        "the order is asked for by --sort",
        arguments: [("appendix", ["b", "a"]), ("name", ["a", "b"]), ("attention", ["b", "a"])]
    )
    func option(order: String, codes: [String]) async throws {
        var answers = FakeAdministration.Answers()
        answers.units.units = [
            Self.unit("b") { $0.name = "Đông" },
            Self.unit("a") { $0.name = "Dân tộc" },
        ]
        try await TestCollector.serving(answers) { collector in
            let run = try await collector.khien("units", "--sort", order, "--format", "csv")
            #expect(run.output.split(separator: "\n").dropFirst().map { String($0.prefix(1)) } == codes)
        }
    }
}
