extension Migration {
    /// What a device has, stored in the order of the devices.
    ///
    /// With a million devices nothing of the next device's rows is in memory: a table and an index beside it are two pages to
    /// fetch for each question, a table that is its own index is one.
    static let schema4 = """
        CREATE TABLE product_clustered (
            device_id TEXT NOT NULL REFERENCES device,
            family TEXT NOT NULL,
            name TEXT NOT NULL,
            vendor TEXT NOT NULL,
            version TEXT,
            status_source INTEGER,
            protection INTEGER,
            signatures INTEGER,
            signatures_at INTEGER,
            license INTEGER,
            server TEXT NOT NULL DEFAULT '',
            server_contact_at INTEGER,
            first_seen_ms INTEGER,
            PRIMARY KEY (device_id, family)
        ) WITHOUT ROWID;
        INSERT INTO product_clustered
        SELECT device_id, family, name, vendor, version, status_source, protection, signatures, signatures_at, license,
            server, server_contact_at, first_seen_ms
        FROM product ORDER BY device_id, family;
        DROP TABLE product;
        ALTER TABLE product_clustered RENAME TO product;
        CREATE INDEX product_unknown ON product (family, device_id) WHERE substr(family, 1, 8) = 'unknown-';

        CREATE TABLE fact_clustered (
            device_id TEXT NOT NULL,
            family TEXT NOT NULL,
            position INTEGER NOT NULL,
            source INTEGER NOT NULL,
            weight INTEGER NOT NULL,
            role INTEGER NOT NULL,
            is_weak INTEGER NOT NULL,
            value TEXT NOT NULL,
            detail TEXT NOT NULL,
            kind INTEGER,
            publisher TEXT NOT NULL DEFAULT '',
            PRIMARY KEY (device_id, family, position)
        ) WITHOUT ROWID;
        INSERT INTO fact_clustered
        SELECT device_id, family, position, source, weight, role, is_weak, value, detail, kind, publisher
        FROM fact ORDER BY device_id, family, position;
        DROP TABLE fact;
        ALTER TABLE fact_clustered RENAME TO fact;

        CREATE TABLE source_status_clustered (
            device_id TEXT NOT NULL REFERENCES device,
            source INTEGER NOT NULL,
            state INTEGER NOT NULL,
            reason TEXT NOT NULL,
            entries INTEGER NOT NULL,
            PRIMARY KEY (device_id, source)
        ) WITHOUT ROWID;
        INSERT INTO source_status_clustered
        SELECT device_id, source, state, reason, entries FROM source_status ORDER BY device_id, source;
        DROP TABLE source_status;
        ALTER TABLE source_status_clustered RENAME TO source_status;
        """
}
