internal import Shared

extension UnitChangeService {
    /// Devices of one split: whole ids of so many fit into one message (`WireLimits.messageBytes`).
    private static let splitLimit = 20_000
    /// Of a device's id, whole or its beginning.
    fileprivate static let idBytes = DeviceService.shortestPrefix...32

    /// Splits a new unit off: it gets seats of the allocation in the current term, and devices with their seats.
    ///
    /// A seat stays held as far as the allocation that comes along covers it; the others wait in the new unit's queue, with
    /// the time that they have had.
    func split(
        _ unit: String,
        into new: NewUnit,
        seats: UInt32,
        devices: [String],
        decision: Decision,
        by caller: Caller
    ) async throws(CollectorError) -> UnitChangeRecord {
        guard devices.count <= Self.splitLimit else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "At most \(Self.splitLimit) devices go along in one split. Move the others afterwards.",
                    vi:
                        "Mỗi lần tách chỉ chuyển tối đa \(Self.splitLimit) thiết bị. Hãy chuyển các thiết bị còn lại sau đó."
                )
            )
        }
        guard seats > 0 || !devices.isEmpty else {
            throw CollectorError(
                .invalidArgument,
                Phrase(
                    "A split takes seats or devices along. Say which, or add the unit with `khien unit add`.",
                    vi:
                        "Khi tách phải có suất bản quyền hoặc thiết bị chuyển theo. Hãy nêu rõ, hoặc thêm đơn vị bằng lệnh "
                        + "`khien unit add`."
                )
            )
        }
        return try await change(decision, by: caller) { work in
            let former = try work.directory.standing(unit, for: caller)
            let day = try work.day([former])
            let new = try work.insert(new)
            let moved = try work.moveDevices(devices, from: former, to: new.code)
            try work.split(Int(seats), from: former, to: new.code)
            try work.changes.touch(former.code)
            return try work.record(.split, unit: former.code, other: new.code, day: day) { change in
                change.seats = Int(seats)
                change.devices = moved
            }
        }
    }
}

extension UnitChangeWork {
    /// - Returns: how many of them are in service.
    fileprivate func moveDevices(_ ids: [String], from unit: UnitIdentity, to code: String) throws -> Int {
        var missing: [String] = []
        var found: Set<String> = []
        let devices = DeviceStore(sql: sql)
        for id in ids {
            let candidates =
                UnitChangeService.idBytes.contains(id.utf8.count)
                ? try devices.withPrefix(id.lowercased(), unit: unit.code, limit: 2) : []
            guard let device = candidates.first, candidates.count == 1 || device.id == id.lowercased() else {
                missing.append(UnitName.quoted(id))
                continue
            }
            found.insert(device.id)
        }
        guard missing.isEmpty else {
            let named = missing.prefix(10).joined(separator: ", ")
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "\(missing.count) of the devices are not of the unit \"\(unit.code)\", or several have an id that begins "
                        + "so: \(named). Correct the list; `khien devices --unit \(unit.code)` shows the ids.",
                    vi:
                        "\(missing.count) thiết bị không thuộc đơn vị \"\(unit.code)\", hoặc có nhiều thiết bị cùng phần đầu mã: "
                        + "\(named). Hãy sửa danh sách; lệnh `khien devices --unit \(unit.code)` liệt kê các mã."
                )
            )
        }
        for id in found { try changes.moveDevice(id, to: code) }
        return try UnitStore(sql: sql).deviceCount(code)
    }

    /// Moves seats of the allocation, and the seats that the moved devices have.
    ///
    /// Of several terms that give seats for the product, the one that began first gives first.
    fileprivate func split(_ seats: Int, from unit: UnitIdentity, to code: String) throws {
        let terms = policy.terms.granting(policy.term.productFamily)
        let accounts = try terms.map {
            (term: $0, cap: try SeatStore(sql: sql).account(term: $0.id, unit: unit.code).cap)
        }
        let cap = accounts.reduce(0) { $0 + $1.cap }
        guard seats <= cap else {
            let named = (terms.isEmpty ? [policy.term] : terms).map { "\($0.id)" }.joined(separator: ", ")
            throw CollectorError(
                .failedPrecondition,
                Phrase(
                    "The unit \"\(unit.code)\" holds \(cap) seats in term \(named), and "
                        + "\(seats) of them cannot go along. Take fewer, or give it more first.",
                    vi:
                        "Đơn vị \"\(unit.code)\" được phân bổ \(cap) suất trong kỳ bản quyền \(named), không thể chuyển "
                        + "\(seats) suất. Hãy giảm số suất, hoặc phân bổ thêm trước."
                )
            )
        }
        var left = seats
        for account in accounts {
            let count = min(left, account.cap)
            left -= count
            try give(count, of: account.term, from: unit.code, to: code)
        }
        let ledger = SeatLedger(sql: sql, policy: policy, now: now)
        for device in try changes.devicesWithSeatElsewhere(code) { try ledger.move(device, to: code) }
        try promote(code)
        try promote(unit.code)
    }

    /// Moves so many seats of one term, with the moved devices that hold them.
    private func give(_ seats: Int, of term: TermRecord, from unit: String, to code: String) throws {
        try transfer.post(seats, term: term, from: .unit(unit), to: .unit(code), earlier: .holdsLater)
        // Those that fit stay as they are: nobody goes through a queue for a seat that comes along.
        let held = try changes.heldSeats(ofDevicesIn: code, from: unit, term: term).prefix(seats)
        for seat in held { try changes.moveSeat(seat.device, to: code, term: term.id) }
        for (former, moved) in Dictionary(grouping: held, by: \.term) {
            try changes.moveUsed(moved.count, from: (former, unit), to: (term.id, code))
        }
        let ledger = SeatLedger(sql: sql, policy: policy, now: now)
        for seat in held {
            guard let moved = try SeatStore(sql: sql).seat(of: seat.device) else { continue }
            try ledger.record(moved, term: moved.term, event: "moved", state: moved.state)
        }
    }
}
