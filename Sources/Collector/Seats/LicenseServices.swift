/// What officers ask and decide about licenses.
struct LicenseServices: Sendable {
    let terms: TermService
    let allocations: AllocationService
    let ledger: LedgerService
    let seats: SeatListService

    init(database: Database, clock: WallClock, shelf: CatalogShelf) {
        terms = TermService(database: database, clock: clock, shelf: shelf)
        allocations = AllocationService(database: database, clock: clock)
        ledger = LedgerService(database: database, clock: clock)
        seats = SeatListService(database: database, clock: clock)
    }
}
