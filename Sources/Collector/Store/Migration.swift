/// One step of the schema.
///
/// Steps are only ever added; each runs in the transaction that records it.
struct Migration: Sendable {
    let sql: String

    static let all: [Migration] = [schema1, schema2, schema3, schema4, schema5, schema6, schema7].map {
        Migration(sql: $0)
    }
}

/// Units, terms, the seat ledger; devices with what they reported; findings; tokens, officers and the audit.
///
/// Times are milliseconds since 1970 by the collector's clock unless a name says `observed`.
private let schema1 = """
    CREATE TABLE setting (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    );

    CREATE TABLE unit (
        code TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        unit_group TEXT NOT NULL,
        position INTEGER NOT NULL
    );

    CREATE TABLE term (
        term_id INTEGER PRIMARY KEY,
        product_family TEXT NOT NULL,
        total_seats INTEGER NOT NULL CHECK (total_seats >= 0),
        starts_on TEXT NOT NULL,
        ends_on TEXT NOT NULL
    );

    -- Double entry: every change moves seats from one account to another ('contract', 'reserve', 'unit:CODE'), so that all
    -- accounts of a term sum to zero at every moment.
    CREATE TABLE ledger (
        entry_id INTEGER PRIMARY KEY,
        term_id INTEGER NOT NULL REFERENCES term,
        from_account TEXT NOT NULL,
        to_account TEXT NOT NULL,
        seats INTEGER NOT NULL CHECK (seats >= 0),
        document TEXT NOT NULL,
        officer TEXT NOT NULL,
        at_ms INTEGER NOT NULL
    );

    -- The ledger's balance and the seats in use, kept so that one conditional update takes a seat.
    CREATE TABLE seat_account (
        term_id INTEGER NOT NULL REFERENCES term,
        unit_code TEXT NOT NULL REFERENCES unit,
        cap INTEGER NOT NULL CHECK (cap >= 0),
        used INTEGER NOT NULL DEFAULT 0 CHECK (used >= 0),
        PRIMARY KEY (term_id, unit_code)
    );

    CREATE TABLE device (
        device_id TEXT PRIMARY KEY,
        unit_code TEXT NOT NULL REFERENCES unit,
        public_key BLOB NOT NULL,
        host_name TEXT NOT NULL,
        platform INTEGER NOT NULL DEFAULT 0,
        operating_system TEXT NOT NULL DEFAULT '',
        architecture TEXT NOT NULL DEFAULT '',
        agent_version TEXT NOT NULL,
        enrolled_at_ms INTEGER NOT NULL,
        certificate_expires_at_ms INTEGER NOT NULL,
        revoked_at_ms INTEGER,
        epoch INTEGER NOT NULL DEFAULT 0,
        sequence INTEGER NOT NULL DEFAULT 0,
        last_report_at_ms INTEGER,
        observed_at_ms INTEGER,
        inventory_digest BLOB,
        -- 0 none, 1 held, 2 over cap.
        seat_state INTEGER NOT NULL DEFAULT 0,
        open_findings INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX device_by_unit ON device (unit_code, host_name, device_id);

    CREATE TABLE product (
        device_id TEXT NOT NULL REFERENCES device,
        family TEXT NOT NULL,
        name TEXT NOT NULL,
        vendor TEXT NOT NULL,
        version TEXT,
        PRIMARY KEY (device_id, family)
    );

    CREATE TABLE fact (
        device_id TEXT NOT NULL,
        family TEXT NOT NULL,
        position INTEGER NOT NULL,
        source INTEGER NOT NULL,
        weight INTEGER NOT NULL,
        role INTEGER NOT NULL,
        is_weak INTEGER NOT NULL,
        value TEXT NOT NULL,
        detail TEXT NOT NULL,
        PRIMARY KEY (device_id, family, position)
    );

    CREATE TABLE source_status (
        device_id TEXT NOT NULL REFERENCES device,
        source INTEGER NOT NULL,
        state INTEGER NOT NULL,
        reason TEXT NOT NULL,
        entries INTEGER NOT NULL,
        PRIMARY KEY (device_id, source)
    );

    -- Exactly one row for each report that was acknowledged, with the bytes that were signed.
    CREATE TABLE report (
        device_id TEXT NOT NULL REFERENCES device,
        epoch INTEGER NOT NULL,
        sequence INTEGER NOT NULL,
        received_at_ms INTEGER NOT NULL,
        has_inventory INTEGER NOT NULL,
        payload BLOB NOT NULL,
        signature BLOB NOT NULL,
        PRIMARY KEY (device_id, epoch, sequence)
    );

    CREATE TABLE finding (
        finding_id INTEGER PRIMARY KEY,
        device_id TEXT NOT NULL REFERENCES device,
        kind TEXT NOT NULL,
        products TEXT NOT NULL,
        opened_at_ms INTEGER NOT NULL,
        opened_by_epoch INTEGER NOT NULL,
        opened_by_sequence INTEGER NOT NULL,
        closed_at_ms INTEGER,
        closed_by_epoch INTEGER,
        closed_by_sequence INTEGER
    );
    CREATE UNIQUE INDEX finding_open ON finding (device_id, kind) WHERE closed_at_ms IS NULL;
    CREATE INDEX finding_open_by_age ON finding (kind, opened_at_ms, finding_id) WHERE closed_at_ms IS NULL;
    CREATE INDEX finding_by_device ON finding (device_id, opened_at_ms);

    -- One row for each device that has the approved product: with a seat, or waiting for one.
    CREATE TABLE seat (
        device_id TEXT PRIMARY KEY REFERENCES device,
        term_id INTEGER NOT NULL REFERENCES term,
        unit_code TEXT NOT NULL REFERENCES unit,
        is_held INTEGER NOT NULL,
        since_ms INTEGER NOT NULL
    );
    CREATE INDEX seat_waiting ON seat (unit_code, since_ms, device_id) WHERE is_held = 0;

    CREATE TABLE seat_event (
        event_id INTEGER PRIMARY KEY,
        device_id TEXT NOT NULL REFERENCES device,
        term_id INTEGER NOT NULL,
        unit_code TEXT NOT NULL,
        event TEXT NOT NULL,
        at_ms INTEGER NOT NULL
    );

    CREATE TABLE token (
        token_id TEXT PRIMARY KEY,
        secret_digest BLOB NOT NULL UNIQUE,
        unit_code TEXT NOT NULL REFERENCES unit,
        uses INTEGER NOT NULL CHECK (uses > 0),
        uses_left INTEGER NOT NULL CHECK (uses_left >= 0),
        created_at_ms INTEGER NOT NULL,
        expires_at_ms INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        revoked_at_ms INTEGER
    );

    CREATE TABLE officer (
        name TEXT PRIMARY KEY,
        role INTEGER NOT NULL,
        unit_code TEXT REFERENCES unit,
        certificate_serial TEXT NOT NULL,
        created_at_ms INTEGER NOT NULL,
        certificate_expires_at_ms INTEGER NOT NULL,
        revoked_at_ms INTEGER
    );

    CREATE TABLE audit (
        audit_id INTEGER PRIMARY KEY,
        at_ms INTEGER NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        target TEXT NOT NULL,
        detail TEXT NOT NULL
    );
    CREATE INDEX audit_by_target ON audit (target, action, at_ms);
    """
