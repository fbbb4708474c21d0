extension Migration {
    /// Catalogs that were published here; what a newer catalog needs to judge a device again; what lists show of a device.
    static let schema2 = """
        ALTER TABLE fact ADD COLUMN kind INTEGER;
        ALTER TABLE fact ADD COLUMN publisher TEXT NOT NULL DEFAULT '';

        -- Without a source nobody says anything, and the other columns mean nothing. Times are seconds since 1970.
        ALTER TABLE product ADD COLUMN status_source INTEGER;
        ALTER TABLE product ADD COLUMN protection INTEGER;
        ALTER TABLE product ADD COLUMN signatures INTEGER;
        ALTER TABLE product ADD COLUMN signatures_at INTEGER;
        ALTER TABLE product ADD COLUMN license INTEGER;
        ALTER TABLE product ADD COLUMN server TEXT NOT NULL DEFAULT '';
        ALTER TABLE product ADD COLUMN server_contact_at INTEGER;
        -- Null: before this was written down.
        ALTER TABLE product ADD COLUMN first_seen_ms INTEGER;
        -- Unknown ones are few: what is known costs nothing here.
        CREATE INDEX product_unknown ON product (family, device_id) WHERE substr(family, 1, 8) = 'unknown-';

        -- By which catalog the stored products were recognized.
        ALTER TABLE device ADD COLUMN catalog_version INTEGER NOT NULL DEFAULT 0;
        -- Open findings that put the device into violation; the earlier schema knew no others.
        ALTER TABLE device ADD COLUMN open_violations INTEGER NOT NULL DEFAULT 0;
        UPDATE device SET open_violations = open_findings;
        -- Names of confirmed antivirus products, one a line; null: before this was written down.
        ALTER TABLE device ADD COLUMN antivirus TEXT;

        CREATE TABLE catalog (
            version INTEGER PRIMARY KEY,
            text BLOB NOT NULL,
            digest BLOB NOT NULL,
            signature BLOB NOT NULL,
            certificate BLOB NOT NULL,
            certificate_expires_at_ms INTEGER NOT NULL,
            published_at_ms INTEGER NOT NULL,
            published_by TEXT NOT NULL,
            former_version INTEGER NOT NULL,
            -- What judging all devices again has done so far.
            devices INTEGER NOT NULL DEFAULT 0,
            findings_opened INTEGER NOT NULL DEFAULT 0,
            findings_closed INTEGER NOT NULL DEFAULT 0,
            unknowns_resolved INTEGER NOT NULL DEFAULT 0
        );
        """
}
