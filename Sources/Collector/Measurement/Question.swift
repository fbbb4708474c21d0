internal import Shared

/// What officers ask most, by the services that answer them.
enum Question: String, CaseIterable {
    case units = "ask_units"
    case unitsAfterHolidays = "ask_units_after_holidays"
    case conflicts = "ask_conflicts"
    case seatsOver = "ask_seats_over"
    case devices = "ask_devices"

    /// What it is, for people.
    var about: String {
        switch self {
        case .units: "khien units: the slowest of nine answers of the service"
        case .unitsAfterHolidays: "the same when no device was heard of for weeks"
        case .conflicts: "khien conflicts: the same for the first page of 500"
        case .seatsOver: "khien seats --over: the same for the first page of 500"
        case .devices: "khien devices: the same for the first page of 500"
        }
    }

    func ask(_ measured: MeasuredDatabase) async throws {
        let now = measured.now
        let clock = WallClock { now }
        let officer = Caller(name: "center", role: .center, ownUnit: nil)
        let database = measured.database
        switch self {
        case .units:
            _ = try await UnitService(database: database, clock: clock).overview(for: officer)
        case .unitsAfterHolidays:
            let later = WallClock { now.adding(seconds: 20 * 86400) }
            _ = try await UnitService(database: database, clock: later).overview(for: officer)
        case .conflicts:
            let query = FindingService.Query(kinds: [.multipleAntivirus], pageSize: 500)
            _ = try await FindingService(database: database, clock: clock).list(query, for: officer)
        case .seatsOver:
            let question = SeatListService.Question(unit: "", view: .over, idleDays: 0, pageSize: 500, pageToken: "")
            _ = try await SeatListService(database: database, clock: clock).list(question, for: officer)
        case .devices:
            _ = try await DeviceService(database: database, clock: clock)
                .list(unit: "", pageSize: 500, pageToken: "", for: officer)
        }
    }
}
