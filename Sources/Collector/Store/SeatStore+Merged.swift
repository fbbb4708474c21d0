internal import Shared

/// What two records of one machine had when they were merged.
struct MergedSeat: Sendable, Hashable {
    var deviceID: String
    var family: String
    var state: SeatState
    var queuedAt: Milliseconds
    var priority: Int
    /// Whether the one that is kept took over the very seat.
    var isHandedOver: Bool
    /// Of the one that is kept; `nil` when it had no place of this product.
    var keptQueuedAt: Milliseconds?
    var keptPriority: Int?
}

extension MergedSeat {
    init(_ gone: SeatRecord, kept: SeatRecord?, isHandedOver: Bool) {
        self.init(
            deviceID: gone.deviceID,
            family: gone.family,
            state: gone.state,
            queuedAt: gone.queuedAt,
            priority: gone.priority,
            isHandedOver: isHandedOver,
            keptQueuedAt: kept?.queuedAt,
            keptPriority: kept?.priority
        )
    }
}

/// SQL of the table `merged_seat`.
extension SeatStore {
    func putMerged(_ seat: MergedSeat) throws {
        try sql.execute(
            """
            INSERT INTO merged_seat (device_id, product_family, state, queued_at_ms, priority, is_handed_over,
                kept_queued_at_ms, kept_priority)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            .text(seat.deviceID),
            .text(seat.family),
            .integer(seat.state.stored),
            .integer(seat.queuedAt.value),
            .integer(seat.priority),
            .integer(seat.isHandedOver ? 1 : 0),
            .optional(seat.keptQueuedAt?.value),
            .optional(seat.keptPriority.map { Int64($0) })
        )
    }

    /// Takes what a record lent out of what later mergers wrote down of the one that was kept: its place, and its priority.
    func forget(_ left: MergedSeat, in keep: String) throws {
        guard let place = left.keptQueuedAt, let priority = left.keptPriority else { return }
        for (column, lent, own) in [
            ("kept_queued_at_ms", min(place, left.queuedAt).value, place.value),
            ("kept_priority", Int64(min(priority, left.priority)), Int64(priority)),
        ] where lent != own {
            try sql.execute(
                """
                UPDATE merged_seat SET \(column) = $1 WHERE \(column) = $2
                    AND device_id IN (SELECT device_id FROM device WHERE merged_into = $3)
                """,
                .integer(own),
                .integer(lent),
                .text(keep)
            )
        }
    }

    /// What a merged record had, once.
    func takeMerged(_ deviceID: String) throws -> MergedSeat? {
        try sql.rows(
            """
            DELETE FROM merged_seat WHERE device_id = $1
            RETURNING product_family, state, queued_at_ms, priority, is_handed_over, kept_queued_at_ms, kept_priority
            """,
            .text(deviceID)
        ) { row in
            MergedSeat(
                deviceID: deviceID,
                family: row.text(0),
                state: SeatState(stored: row.int(1)),
                queuedAt: Milliseconds(row.integer(2)),
                priority: row.int(3),
                isHandedOver: row.bool(4),
                keptQueuedAt: row.optionalInteger(5).map { Milliseconds($0) },
                keptPriority: row.optionalInteger(6).map { Int($0) }
            )
        }.first
    }
}
