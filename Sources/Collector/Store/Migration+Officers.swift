extension Migration {
    /// Certificates of officers that were renewed and not used yet, who was ever seen, and officers' keys; and the devices of
    /// one unit by their ids.
    static let schema6 = """
        -- Signed, and not used yet: it takes the place of the certificate with its first use.
        ALTER TABLE officer ADD COLUMN pending_serial TEXT;
        ALTER TABLE officer ADD COLUMN pending_expires_at_ms INTEGER;
        -- Whether the officer ever called. Nobody noted it before: those who are there count as seen.
        ALTER TABLE officer ADD COLUMN is_seen INTEGER NOT NULL DEFAULT 0;
        UPDATE officer SET is_seen = 1;
        -- SHA-256 over the SubjectPublicKeyInfo. Null until the next call or renewal of those who were there before.
        ALTER TABLE officer ADD COLUMN key_digest BLOB;

        -- A unit's officer finds devices by their ids among those of the unit, without a look at the others.
        CREATE INDEX device_of_unit ON device (unit_code, device_id);
        """
}
