extension Migration {
    /// Several terms, a ledger that nothing can bypass, requests, units that change, findings with a life, devices that go
    /// out of service, and figures of units that need no counting.
    static let schema3 = terms + queue + units + findings + service + figures

    private static let terms = """
        ALTER TABLE term ADD COLUMN silence_days INTEGER NOT NULL DEFAULT 45;
        ALTER TABLE term ADD COLUMN document TEXT NOT NULL DEFAULT '';
        ALTER TABLE term ADD COLUMN renews_term_id INTEGER REFERENCES term;
        ALTER TABLE term ADD COLUMN added_by TEXT NOT NULL DEFAULT '';
        ALTER TABLE term ADD COLUMN added_at_ms INTEGER NOT NULL DEFAULT 0;
        -- The ledger's balance; the check is what keeps more from being given than there is.
        ALTER TABLE term ADD COLUMN reserve_seats INTEGER NOT NULL DEFAULT 0 CHECK (reserve_seats >= 0);
        CREATE UNIQUE INDEX term_renewed ON term (renews_term_id) WHERE renews_term_id IS NOT NULL;

        CREATE TRIGGER term_total_is_never_changed BEFORE UPDATE OF total_seats ON term
        WHEN NEW.total_seats <> OLD.total_seats BEGIN
            SELECT RAISE(ABORT, 'what was bought is never changed: add a term');
        END;

        -- Ends of terms that were announced so many days ahead, each once. 0 is the end itself: its devices get a finding,
        -- in the order of their ids, up to "reached"; all of them have it when that is NULL.
        CREATE TABLE term_notice (
            term_id INTEGER NOT NULL REFERENCES term,
            days INTEGER NOT NULL,
            at_ms INTEGER NOT NULL,
            reached TEXT,
            PRIMARY KEY (term_id, days)
        );

        ALTER TABLE ledger ADD COLUMN effective_on TEXT NOT NULL DEFAULT '';
        ALTER TABLE ledger ADD COLUMN reason TEXT NOT NULL DEFAULT '';
        ALTER TABLE ledger ADD COLUMN request_id INTEGER;
        UPDATE ledger SET effective_on = (SELECT starts_on FROM term WHERE term.term_id = ledger.term_id);
        UPDATE term SET reserve_seats = (
            SELECT coalesce(sum(CASE WHEN to_account = 'reserve' THEN seats ELSE -seats END), 0) FROM ledger
            WHERE ledger.term_id = term.term_id AND 'reserve' IN (from_account, to_account)
        );
        CREATE INDEX ledger_from ON ledger (term_id, from_account);
        CREATE INDEX ledger_to ON ledger (term_id, to_account);

        CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger BEGIN
            SELECT RAISE(ABORT, 'a ledger entry is never changed');
        END;
        CREATE TRIGGER ledger_is_never_shortened BEFORE DELETE ON ledger BEGIN
            SELECT RAISE(ABORT, 'a ledger entry is never removed');
        END;
        -- REPLACE would remove the entry that has the number without asking the trigger above.
        CREATE TRIGGER ledger_is_never_replaced BEFORE INSERT ON ledger
        WHEN EXISTS (SELECT 1 FROM ledger WHERE entry_id = NEW.entry_id) BEGIN
            SELECT RAISE(ABORT, 'a ledger entry is never replaced');
        END;
        CREATE TRIGGER ledger_checked BEFORE INSERT ON ledger BEGIN
            SELECT RAISE(ABORT, 'an entry moves seats from one account of a term to another')
            WHERE NEW.from_account = NEW.to_account
                OR NEW.from_account NOT IN ('contract', 'reserve') AND NEW.from_account NOT LIKE 'unit:_%'
                OR NEW.to_account <> 'reserve' AND NEW.to_account NOT LIKE 'unit:_%';
            SELECT RAISE(ABORT, 'a contract gives no more than its total')
            WHERE NEW.from_account = 'contract' AND NEW.seats > (
                SELECT total_seats FROM term WHERE term_id = NEW.term_id
            ) - (
                SELECT coalesce(sum(seats), 0) FROM ledger WHERE term_id = NEW.term_id AND from_account = 'contract'
            );
            SELECT RAISE(ABORT, 'the giving unit has no account in this term')
            WHERE NEW.from_account LIKE 'unit:%' AND NOT EXISTS (
                SELECT 1 FROM seat_account
                WHERE term_id = NEW.term_id AND unit_code = substr(NEW.from_account, 6)
            );
        END;
        -- Caps and reserve follow from the ledger; the checks of their columns keep more from being given than there is.
        CREATE TRIGGER ledger_posted AFTER INSERT ON ledger BEGIN
            UPDATE term SET reserve_seats = reserve_seats - NEW.seats
            WHERE term_id = NEW.term_id AND NEW.from_account = 'reserve';
            UPDATE term SET reserve_seats = reserve_seats + NEW.seats
            WHERE term_id = NEW.term_id AND NEW.to_account = 'reserve';
            UPDATE seat_account SET cap = cap - NEW.seats
            WHERE term_id = NEW.term_id AND unit_code = substr(NEW.from_account, 6) AND NEW.from_account LIKE 'unit:%';
            INSERT INTO seat_account (term_id, unit_code, cap)
            SELECT NEW.term_id, substr(NEW.to_account, 6), 0
            WHERE NEW.to_account LIKE 'unit:%' AND NOT EXISTS (
                SELECT 1 FROM seat_account WHERE term_id = NEW.term_id AND unit_code = substr(NEW.to_account, 6)
            );
            UPDATE seat_account SET cap = cap + NEW.seats
            WHERE term_id = NEW.term_id AND unit_code = substr(NEW.to_account, 6) AND NEW.to_account LIKE 'unit:%';
        END;
        CREATE TRIGGER cap_begins_at_nothing BEFORE INSERT ON seat_account WHEN NEW.cap <> 0 BEGIN
            SELECT RAISE(ABORT, 'a cap follows from the ledger alone');
        END;
        CREATE TRIGGER cap_follows_the_ledger BEFORE UPDATE OF cap ON seat_account
        WHEN NEW.cap <> (
            SELECT coalesce(sum(seats), 0) FROM ledger
            WHERE term_id = NEW.term_id AND to_account = 'unit:' || NEW.unit_code
        ) - (
            SELECT coalesce(sum(seats), 0) FROM ledger
            WHERE term_id = NEW.term_id AND from_account = 'unit:' || NEW.unit_code
        ) BEGIN
            SELECT RAISE(ABORT, 'a cap follows from the ledger alone');
        END;
        CREATE TRIGGER account_is_never_removed BEFORE DELETE ON seat_account WHEN OLD.cap <> 0 OR OLD.used <> 0 BEGIN
            SELECT RAISE(ABORT, 'an account that holds seats is never removed');
        END;
        CREATE INDEX seat_account_by_unit ON seat_account (unit_code, term_id);
        CREATE INDEX seat_account_excess ON seat_account (unit_code) WHERE used > cap;

        -- state: 1 open, 2 approved, 3 refused, 4 withdrawn.
        CREATE TABLE seat_request (
            request_id INTEGER PRIMARY KEY,
            term_id INTEGER NOT NULL REFERENCES term,
            unit_code TEXT NOT NULL REFERENCES unit,
            seats INTEGER NOT NULL CHECK (seats > 0),
            reason TEXT NOT NULL,
            filed_by TEXT NOT NULL,
            filed_at_ms INTEGER NOT NULL,
            state INTEGER NOT NULL DEFAULT 1,
            granted_seats INTEGER NOT NULL DEFAULT 0,
            source TEXT NOT NULL DEFAULT '',
            document TEXT NOT NULL DEFAULT '',
            answer TEXT NOT NULL DEFAULT '',
            decided_by TEXT NOT NULL DEFAULT '',
            decided_at_ms INTEGER,
            revision INTEGER NOT NULL DEFAULT 1
        );
        CREATE INDEX seat_request_by_state ON seat_request (state, request_id);
        CREATE INDEX seat_request_by_unit ON seat_request (unit_code, state, request_id);

        """

    private static let queue = """
        DROP INDEX seat_waiting;
        -- 0 waiting, 1 held, 2 idle: released because the device was silent, and first in the queue when it returns.
        ALTER TABLE seat RENAME COLUMN is_held TO state;
        ALTER TABLE seat ADD COLUMN product_family TEXT NOT NULL DEFAULT '';
        -- Since when the device has had the product; moves and merges keep it.
        ALTER TABLE seat ADD COLUMN queued_at_ms INTEGER NOT NULL DEFAULT 0;
        -- 0 for who returns, 1 for the others.
        ALTER TABLE seat ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;
        UPDATE seat SET queued_at_ms = since_ms,
            product_family = (SELECT product_family FROM term WHERE term.term_id = seat.term_id);
        CREATE INDEX seat_queue ON seat (unit_code, product_family, priority, queued_at_ms, device_id) WHERE state = 0;
        CREATE INDEX seat_held ON seat (term_id, unit_code, queued_at_ms, device_id) WHERE state = 1;
        CREATE INDEX seat_by_unit ON seat (unit_code, state, queued_at_ms, device_id);
        CREATE INDEX seat_event_by_device ON seat_event (device_id, event_id);

        """

    private static let units = """
        ALTER TABLE unit ADD COLUMN closed_on TEXT;
        -- The unit that it was merged into: its code leads there.
        ALTER TABLE unit ADD COLUMN successor TEXT REFERENCES unit;
        ALTER TABLE unit ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE unit ADD COLUMN contact_name TEXT NOT NULL DEFAULT '';
        ALTER TABLE unit ADD COLUMN contact_phone TEXT NOT NULL DEFAULT '';
        ALTER TABLE unit ADD COLUMN contact_email TEXT NOT NULL DEFAULT '';
        ALTER TABLE unit ADD COLUMN trained_on TEXT NOT NULL DEFAULT '';
        CREATE INDEX unit_by_successor ON unit (successor) WHERE successor IS NOT NULL;

        -- kind: 1 add, 2 rename, 3 merge, 4 split, 5 close.
        CREATE TABLE unit_change (
            change_id INTEGER PRIMARY KEY,
            kind INTEGER NOT NULL,
            unit_code TEXT NOT NULL REFERENCES unit,
            other_code TEXT REFERENCES unit,
            effective_on TEXT NOT NULL,
            document TEXT NOT NULL,
            reason TEXT NOT NULL,
            officer TEXT NOT NULL,
            at_ms INTEGER NOT NULL,
            former_name TEXT NOT NULL DEFAULT '',
            seats INTEGER NOT NULL DEFAULT 0,
            devices INTEGER NOT NULL DEFAULT 0,
            -- Names, one a line.
            officers TEXT NOT NULL DEFAULT ''
        );
        CREATE INDEX unit_change_by_unit ON unit_change (unit_code, change_id);
        CREATE INDEX unit_change_by_other ON unit_change (other_code, change_id);
        CREATE INDEX officer_by_unit ON officer (unit_code);
        CREATE INDEX token_by_unit ON token (unit_code);

        """

    private static let findings = """
        ALTER TABLE finding ADD COLUMN unit_code TEXT NOT NULL DEFAULT '';
        -- Whether its device is in service; findings of others are kept and not listed.
        ALTER TABLE finding ADD COLUMN is_listed INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE finding ADD COLUMN deadline_ms INTEGER NOT NULL DEFAULT 0;
        -- Whether somebody is at it; with the moment of it in the table, and this for the indexes below.
        ALTER TABLE finding ADD COLUMN is_acknowledged INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE finding ADD COLUMN acknowledged_at_ms INTEGER;
        ALTER TABLE finding ADD COLUMN acknowledged_by TEXT NOT NULL DEFAULT '';
        -- Set by a waiver and taken back at its end, so that counting needs no clock.
        ALTER TABLE finding ADD COLUMN is_waived INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE finding ADD COLUMN waived_until_ms INTEGER;
        ALTER TABLE finding ADD COLUMN waived_by TEXT NOT NULL DEFAULT '';
        ALTER TABLE finding ADD COLUMN waiver_reason TEXT NOT NULL DEFAULT '';
        ALTER TABLE finding ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
        UPDATE finding SET
            unit_code = (SELECT unit_code FROM device WHERE device.device_id = finding.device_id),
            is_listed = (SELECT revoked_at_ms IS NULL FROM device WHERE device.device_id = finding.device_id),
            -- As many days as the standard policy gives each kind that there was.
            deadline_ms = opened_at_ms + 86400000 * CASE kind WHEN 'unapproved-antivirus' THEN 14
                WHEN 'protection-off' THEN 3 WHEN 'ghost-registration' THEN 30 ELSE 7 END;
        -- Devices that wait have the finding from now on.
        INSERT INTO finding (device_id, kind, products, opened_at_ms, opened_by_epoch, opened_by_sequence, unit_code,
            deadline_ms)
        SELECT device_id, 'over-cap', '', since_ms, 0, 0, unit_code, since_ms + 30 * 86400000 FROM seat WHERE state = 0;
        UPDATE device SET open_findings = open_findings + 1 WHERE device_id IN (SELECT device_id FROM seat WHERE state = 0);
        DROP INDEX finding_open_by_age;
        -- The last two columns are always the same there: with them, SQLite counts without looking into the table.
        CREATE INDEX finding_due
            ON finding (is_waived, is_acknowledged, deadline_ms, finding_id, closed_at_ms, is_listed)
            WHERE closed_at_ms IS NULL AND is_listed = 1;
        CREATE INDEX finding_due_by_kind
            ON finding (kind, is_waived, is_acknowledged, deadline_ms, finding_id, closed_at_ms, is_listed)
            WHERE closed_at_ms IS NULL AND is_listed = 1;
        CREATE INDEX finding_due_by_unit
            ON finding (unit_code, kind, is_waived, is_acknowledged, deadline_ms, finding_id, closed_at_ms, is_listed)
            WHERE closed_at_ms IS NULL AND is_listed = 1;
        CREATE INDEX finding_waiver_end ON finding (waived_until_ms) WHERE is_waived = 1 AND closed_at_ms IS NULL;
        CREATE INDEX finding_closed ON finding (closed_at_ms, finding_id, opened_at_ms)
            WHERE closed_at_ms IS NOT NULL;
        CREATE INDEX finding_closed_by_kind ON finding (kind, closed_at_ms, finding_id, opened_at_ms)
            WHERE closed_at_ms IS NOT NULL;
        CREATE INDEX finding_closed_by_unit ON finding (unit_code, kind, closed_at_ms, finding_id, opened_at_ms)
            WHERE closed_at_ms IS NOT NULL;

        -- What officers and the clock did; opening and closing stand in the finding itself.
        CREATE TABLE finding_event (
            event_id INTEGER PRIMARY KEY,
            finding_id INTEGER NOT NULL REFERENCES finding,
            at_ms INTEGER NOT NULL,
            actor TEXT NOT NULL,
            event TEXT NOT NULL,
            detail TEXT NOT NULL
        );
        CREATE INDEX finding_event_by_finding ON finding_event (finding_id, event_id);

        """

    private static let service = """
        -- 0 in service, 1 retired, 2 merged, 3 revoked.
        ALTER TABLE device ADD COLUMN life INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE device ADD COLUMN life_at_ms INTEGER;
        ALTER TABLE device ADD COLUMN merged_into TEXT REFERENCES device;
        -- Days since 1970 in UTC of the last report, 0 for none: it changes once a day where the moment changes with every
        -- report, so that an index over it costs a report nothing.
        ALTER TABLE device ADD COLUMN report_day INTEGER NOT NULL DEFAULT 0;
        -- Open findings of the kind multiple-antivirus that are not waived: 0 or 1.
        ALTER TABLE device ADD COLUMN open_conflicts INTEGER NOT NULL DEFAULT 0;
        UPDATE device SET life = CASE WHEN revoked_at_ms IS NULL THEN 0 ELSE 3 END, life_at_ms = revoked_at_ms,
            report_day = coalesce(last_report_at_ms / 86400000, 0),
            open_conflicts = (
                SELECT count(*) FROM finding WHERE finding.device_id = device.device_id
                    AND finding.kind = 'multiple-antivirus' AND finding.closed_at_ms IS NULL
            );
        -- By which decision on approved products the device was judged: see Policy.approval.
        ALTER TABLE device ADD COLUMN approval INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX device_violating ON device (unit_code, host_name, device_id)
            WHERE life = 0 AND open_violations > 0;
        CREATE INDEX device_out_of_service ON device (life, unit_code, host_name, device_id) WHERE life <> 0;
        CREATE INDEX device_by_silence ON device (unit_code, report_day, seat_state, open_violations) WHERE life = 0;
        CREATE INDEX device_merged ON device (merged_into) WHERE merged_into IS NOT NULL;

        """

    private static let figures = """
        -- What is counted of each unit's devices in service, kept by the triggers below whoever changes a device.
        CREATE TABLE unit_figure (
            unit_code TEXT PRIMARY KEY REFERENCES unit,
            devices INTEGER NOT NULL DEFAULT 0,
            violating INTEGER NOT NULL DEFAULT 0,
            waiting INTEGER NOT NULL DEFAULT 0,
            conflicts INTEGER NOT NULL DEFAULT 0,
            last_report_at_ms INTEGER
        );
        INSERT INTO unit_figure (unit_code, devices, violating, waiting, conflicts, last_report_at_ms)
        SELECT unit.code, count(device.device_id),
            coalesce(sum(device.open_violations > 0), 0), coalesce(sum(device.seat_state = 2), 0),
            coalesce(sum(device.open_conflicts > 0), 0), max(device.last_report_at_ms)
        FROM unit LEFT JOIN device ON device.unit_code = unit.code AND device.life = 0 GROUP BY unit.code;

        CREATE TRIGGER unit_added AFTER INSERT ON unit BEGIN
            INSERT INTO unit_figure (unit_code) VALUES (NEW.code);
        END;
        CREATE TRIGGER device_added AFTER INSERT ON device WHEN NEW.life = 0 BEGIN
            UPDATE unit_figure SET devices = devices + 1, violating = violating + (NEW.open_violations > 0),
                waiting = waiting + (NEW.seat_state = 2), conflicts = conflicts + (NEW.open_conflicts > 0)
            WHERE unit_code = NEW.unit_code;
        END;
        CREATE TRIGGER device_counted
        AFTER UPDATE OF unit_code, life, seat_state, open_violations, open_conflicts ON device
        WHEN OLD.unit_code <> NEW.unit_code OR OLD.life <> NEW.life
            OR (OLD.seat_state = 2) <> (NEW.seat_state = 2)
            OR (OLD.open_violations > 0) <> (NEW.open_violations > 0)
            OR (OLD.open_conflicts > 0) <> (NEW.open_conflicts > 0)
        BEGIN
            UPDATE unit_figure SET devices = devices - 1, violating = violating - (OLD.open_violations > 0),
                waiting = waiting - (OLD.seat_state = 2), conflicts = conflicts - (OLD.open_conflicts > 0)
            WHERE unit_code = OLD.unit_code AND OLD.life = 0;
            UPDATE unit_figure SET devices = devices + 1, violating = violating + (NEW.open_violations > 0),
                waiting = waiting + (NEW.seat_state = 2), conflicts = conflicts + (NEW.open_conflicts > 0),
                last_report_at_ms = nullif(max(coalesce(last_report_at_ms, 0), coalesce(NEW.last_report_at_ms, 0)), 0)
            WHERE unit_code = NEW.unit_code AND NEW.life = 0;
        END;
        -- Findings go where their device goes; closed ones stay where they were.
        CREATE TRIGGER device_findings_follow AFTER UPDATE OF unit_code, life ON device
        WHEN OLD.unit_code <> NEW.unit_code OR OLD.life <> NEW.life
        BEGIN
            UPDATE finding SET unit_code = NEW.unit_code, is_listed = (NEW.life = 0)
            WHERE device_id = NEW.device_id AND closed_at_ms IS NULL;
        END;
        """
}
