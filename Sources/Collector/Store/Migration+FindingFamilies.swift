extension Migration {
    /// What a finding and its waiver are about, by families: a catalog may correct the names of products, which then are the
    /// same products all the same.
    ///
    /// Findings from before get the families of the device's products that have their names, where each name is that of one
    /// product; the others keep null, and are compared by names until a report says more.
    static let schema7 = """
        -- Of what the finding is about, one a line; null: from before this was written down.
        ALTER TABLE finding ADD COLUMN families TEXT;
        -- Those that the finding was about when it was waived; null without a waiver, or where that is not known.
        ALTER TABLE finding ADD COLUMN waived_families TEXT;
        -- The same of its acknowledgement.
        ALTER TABLE finding ADD COLUMN acknowledged_families TEXT;
        -- Names of what it was about when it was opened; null: the same as now.
        ALTER TABLE finding ADD COLUMN opened_products TEXT;

        UPDATE finding SET families = (
            WITH RECURSIVE line (name, rest) AS (
                SELECT NULL, finding.products || char(10)
                UNION ALL
                SELECT substr(rest, 1, instr(rest, char(10)) - 1), substr(rest, instr(rest, char(10)) + 1)
                FROM line WHERE rest <> ''
            ), named AS (
                SELECT line.name, min(product.family) AS family, count(product.family) AS families
                FROM line LEFT JOIN product
                    ON product.device_id = finding.device_id AND product.name = line.name
                WHERE line.name IS NOT NULL GROUP BY line.name
            )
            SELECT CASE WHEN min(families) = 1 AND max(families) = 1 THEN group_concat(family, char(10)) END
            FROM (SELECT * FROM named ORDER BY family)
        ) WHERE products <> '';
        UPDATE finding SET families = '' WHERE products = '';
        UPDATE finding SET waived_families = families WHERE is_waived = 1;
        UPDATE finding SET acknowledged_families = families WHERE is_acknowledged = 1;
        """
}
