import Agent
import Shared
import Testing

@testable import Fleet

@Suite struct FleetPlanTests {
    private let catalog: Catalog
    private let mix: Mix
    private let rule = OneAntivirusRule(approvedFamilies: ["kaspersky-endpoint-security"])

    init() throws {
        catalog = try Catalog.builtIn()
        mix = try Mix.builtIn(catalog: catalog)
    }

    private func plan(devices: Int, seed: UInt64) -> FleetPlan {
        FleetPlan(
            mix: mix,
            joins: FleetJoin.spread(devices: devices, over: [nil, nil, nil]),
            catalog: catalog,
            seed: seed
        )
    }

    @Test func theSameSeedGivesTheSameDevices() {
        #expect(plan(devices: 300, seed: 5).devices == plan(devices: 300, seed: 5).devices)
    }

    @Test func anotherSeedGivesOtherDevices() {
        let first = plan(devices: 300, seed: 5).devices
        let second = plan(devices: 300, seed: 6).devices
        #expect(first.map(\.kind.name) != second.map(\.kind.name))
        #expect(first.map { $0.scan(unit: "A").inventory } != second.map { $0.scan(unit: "A").inventory })
    }

    @Test(arguments: [1, 7, 99, 100, 300, 1001])
    func theSharesAreMetWithinTheRounding(devices: Int) {
        let plan = plan(devices: devices, seed: 1)
        #expect(plan.devices.count == devices)
        for kind in mix.kinds {
            let count = plan.devices.count { $0.kind == kind }
            let exact = Double(devices * kind.share) / 100
            #expect(abs(Double(count) - exact) < 1, "\(kind.name): \(count) of \(exact)")
        }
    }

    @Test func eachDeviceBreaksExactlyTheRulesThatItsKindStates() {
        let devices = plan(devices: 300, seed: 11).devices
        for device in devices {
            for revision in [0, 1] {
                let judgement = rule.judge(device.scan(unit: "A", revision: revision).inventory)
                #expect(Set(judgement.findings.keys) == device.kind.findings, "\(device.kind.name)")
            }
        }
        #expect(Set(devices.map(\.kind.name)) == Set(mix.kinds.map(\.name)))
    }

    @Test(arguments: [
        ("approved", true), ("approved-stopped", true), ("ghost", true), ("conflict", true), ("other", false),
        ("none", false), ("leftover-only", false),
    ])
    func theApprovedProductIsThereWhereTheKindHasIt(name: String, hasApproved: Bool) throws {
        let device = try #require(plan(devices: 300, seed: 2).devices.first { $0.kind.name == name })
        #expect(rule.judge(device.scan(unit: "A").inventory).hasApproved == hasApproved)
    }

    @Test func anInventoryKeepsTheLimitsOfAReport() {
        for device in plan(devices: 100, seed: 4).devices {
            #expect(ReportEncoder.encode(device.scan(unit: "A")).truncated == 0)
        }
    }

    @Test func aRevisionChangesTheInventoryAndNothingElse() {
        for device in plan(devices: 100, seed: 4).devices {
            let digests = [0, 1, 2].map { ReportEncoder.encode(device.scan(unit: "A", revision: $0)).digest }
            #expect(Set(digests).count == 3, "\(device.kind.name)")
        }
    }

    @Test func hostNamesSayThatTheDeviceIsSimulated() {
        let devices = plan(devices: 5, seed: 1).devices
        #expect(devices.map { $0.hostName(unit: "STTTT") }[..<2] == ["sim-STTTT-0001", "sim-STTTT-0002"])
        #expect(devices[0].scan(unit: "A/B").host.name == "sim-A-B-0001")
    }

    @Test func devicesAreSpreadEvenlyOverJoinStrings() {
        #expect(FleetJoin.spread(devices: 8, over: [nil, nil, nil]).map(\.devices) == [3, 3, 2])
    }
}
