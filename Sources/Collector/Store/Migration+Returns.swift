extension Migration {
    /// The days on which anybody was heard of, and what merged records gave away: what silent and merged devices return to.
    static let schema5 = """
        -- Days since 1970 in UTC, as device.report_day. A day that is missing was an outage, or a holiday: nobody was silent.
        CREATE TABLE heard_day (day INTEGER PRIMARY KEY);
        INSERT INTO heard_day (day)
        WITH RECURSIVE span (day) AS (
            SELECT min(report_day) FROM device WHERE report_day > 0
            UNION ALL
            SELECT day + 1 FROM span WHERE day < (SELECT max(report_day) FROM device)
        )
        SELECT day FROM span WHERE day IS NOT NULL;
        CREATE TRIGGER device_heard AFTER UPDATE OF report_day ON device WHEN NEW.report_day > OLD.report_day BEGIN
            INSERT INTO heard_day (day)
            SELECT NEW.report_day WHERE NOT EXISTS (SELECT 1 FROM heard_day WHERE day = NEW.report_day);
        END;

        -- What a merged record had, and the place in the queue of the one that is kept: what they get back when they part.
        CREATE TABLE merged_seat (
            device_id TEXT PRIMARY KEY REFERENCES device,
            product_family TEXT NOT NULL,
            state INTEGER NOT NULL,
            queued_at_ms INTEGER NOT NULL,
            priority INTEGER NOT NULL,
            -- Whether the one that is kept took over the very seat.
            is_handed_over INTEGER NOT NULL,
            -- Of the one that is kept; NULL when it had no place of this product.
            kept_queued_at_ms INTEGER,
            kept_priority INTEGER
        ) WITHOUT ROWID;
        """
}
