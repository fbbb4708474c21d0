public import Shared
internal import Signatures

/// What a new collector's database begins with.
public struct InitialData: Sendable {
    /// One row of the appendix that allocates seats.
    public struct UnitAllocation: Sendable, Hashable {
        /// Short key, such as `so-y-te`.
        public var code: String
        /// `department` or `district`.
        public var group: String
        /// The official name.
        public var name: String
        /// Seats given to the unit: cap and floor at once.
        public var seats: Int

        /// A row with all its parts.
        public init(code: String, group: String, name: String, seats: Int) {
            self.code = code
            self.group = group
            self.name = name
            self.seats = seats
        }
    }

    /// The first officer of the center.
    public struct FirstOfficer: Sendable, Hashable {
        /// The name in the certificate.
        public var name: String
        /// The certificate's serial number in lower-case hexadecimal.
        public var certificateSerial: String
        /// The last moment of the certificate's validity.
        public var certificateExpiresAt: Milliseconds
        /// SubjectPublicKeyInfo in DER; `nil` for an officer whose first call is to say it.
        public var publicKey: [UInt8]?

        /// An officer with all parts.
        public init(
            name: String,
            certificateSerial: String,
            certificateExpiresAt: Milliseconds,
            publicKey: [UInt8]? = nil
        ) {
            self.name = name
            self.certificateSerial = certificateSerial
            self.certificateExpiresAt = certificateExpiresAt
            self.publicKey = publicKey
        }
    }

    /// The units with their seats, in the appendix's order.
    public var units: [UnitAllocation]
    /// Seats of the whole contract; what the units do not hold is the reserve.
    public var totalSeats: Int
    /// The catalog's family of the licensed product.
    public var productFamily: String
    /// First day of the contract.
    public var startsOn: Day
    /// Last day of the contract.
    public var endsOn: Day
    /// What the allocation is based on, for the ledger.
    public var document: String
    /// The first officer.
    public var officer: FirstOfficer

    /// A first contract for one year.
    ///
    /// The province's own had 5,037 licenses and began on 2023-10-13.
    public static func firstTerm(
        units: [UnitAllocation],
        totalSeats: Int,
        officer: FirstOfficer,
        startsOn: Day
    ) -> InitialData {
        InitialData(
            units: units,
            totalSeats: totalSeats,
            productFamily: "kaspersky-endpoint-security",
            startsOn: startsOn,
            endsOn: startsOn.adding(days: 364),
            document: "appendix",
            officer: officer
        )
    }
}

extension Database {
    /// Writes the initial data into an empty database, all of it or nothing.
    /// - Throws: `CollectorError` (`invalidArgument`) when the units hold more seats than the contract has.
    public func seed(_ data: InitialData, now: Milliseconds) throws(CollectorError) {
        let allocated = data.units.reduce(0) { $0 + $1.seats }
        guard allocated <= data.totalSeats else {
            throw CollectorError(
                .invalidArgument,
                "The units hold \(allocated) seats, the contract has \(data.totalSeats). Correct the units file."
            )
        }
        try writeNow { sql in
            let seats = SeatStore(sql: sql)
            let term = TermRecord(
                id: 1,
                productFamily: data.productFamily,
                totalSeats: data.totalSeats,
                startsOn: data.startsOn,
                endsOn: data.endsOn,
                document: data.document,
                addedBy: data.officer.name,
                addedAt: now
            )
            try seats.addTerm(term)
            func move(_ count: Int, from: LedgerAccount, to: LedgerAccount) throws {
                try seats.post(
                    LedgerPosting(
                        term: term.id,
                        from: from,
                        to: to,
                        seats: count,
                        document: data.document,
                        officer: data.officer.name,
                        effectiveOn: data.startsOn
                    ),
                    now: now
                )
            }
            try move(data.totalSeats, from: .contract, to: .reserve)
            for (position, unit) in data.units.enumerated() {
                try UnitStore(sql: sql).insert(code: unit.code, name: unit.name, group: unit.group, position: position)
                try move(unit.seats, from: .reserve, to: .unit(unit.code))
            }
            _ = try OfficerStore(sql: sql).insert(
                OfficerRecord(
                    name: data.officer.name,
                    role: .center,
                    certificateSerial: data.officer.certificateSerial,
                    createdAt: now,
                    certificateExpiresAt: data.officer.certificateExpiresAt,
                    keyDigest: data.officer.publicKey.map { SHA256.hash($0) }
                )
            )
            try AuditStore(sql: sql).add(
                actor: "init",
                action: "database-created",
                target: "term:1",
                detail: "\(data.units.count) units, \(data.totalSeats) seats",
                now: now
            )
        }
    }
}
