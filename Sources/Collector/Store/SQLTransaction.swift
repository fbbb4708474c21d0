internal import Foundation
internal import GRDB

/// A value that a statement takes or gives, in the types that SQLite and PostgreSQL share.
enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case blob([UInt8])

    static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }
    static func boolean(_ value: Bool) -> SQLValue { .integer(value ? 1 : 0) }
    static func optional(_ value: Int64?) -> SQLValue { value.map { .integer($0) } ?? .null }
    static func optional(_ value: Int?) -> SQLValue { value.map { .integer($0) } ?? .null }
    static func optional(_ value: String?) -> SQLValue { value.map { .text($0) } ?? .null }
    static func optional(_ value: [UInt8]?) -> SQLValue { value.map { .blob($0) } ?? .null }
}

/// One row of an answer, read by position.
struct SQLRow {
    fileprivate let row: Row

    func integer(_ index: Int) -> Int64 { row[index] }
    func int(_ index: Int) -> Int { row[index] }
    func bool(_ index: Int) -> Bool { row[index] }
    func text(_ index: Int) -> String { row[index] }
    func blob(_ index: Int) -> [UInt8] { [UInt8](row[index] as Data) }
    func optionalInteger(_ index: Int) -> Int64? { row[index] }
    func optionalText(_ index: Int) -> String? { row[index] }
    func optionalBlob(_ index: Int) -> [UInt8]? { (row[index] as Data?).map { [UInt8]($0) } }
}

/// The statements of one transaction: the only thing that stores know of the database, and the seam for a second one.
///
/// Statements are kept compiled. Parameters are `$1`, `$2`, …, first mentioned in that order, so that SQLite (which
/// numbers them by first mention) and PostgreSQL (which goes by the number) agree; `DatabaseTests` checks every one.
struct SQLTransaction {
    private let database: GRDB.Database
    /// Called before every statement; what it throws ends the transaction there.
    private let interruption: Interruption?

    /// What stands for a process that dies between two statements.
    typealias Interruption = @Sendable () throws -> Void

    init(_ database: GRDB.Database, interruption: Interruption? = nil) {
        self.database = database
        self.interruption = interruption
    }

    /// Runs a statement that changes rows.
    /// - Returns: the number of rows that it changed.
    @discardableResult
    func execute(_ sql: String, _ values: SQLValue...) throws -> Int {
        try interruption?()
        let statement = try database.cachedStatement(sql: sql)
        try statement.execute(arguments: Self.arguments(values))
        return database.changesCount
    }

    /// All rows of an answer.
    func rows<Result>(_ sql: String, _ values: SQLValue..., read: (SQLRow) throws -> Result) throws -> [Result] {
        try rows(sql, values: values, read: read)
    }

    /// All rows of an answer, with the values in an array.
    func rows<Result>(_ sql: String, values: [SQLValue], read: (SQLRow) throws -> Result) throws -> [Result] {
        try interruption?()
        let statement = try database.cachedStatement(sql: sql)
        let cursor = try Row.fetchCursor(statement, arguments: Self.arguments(values))
        var results: [Result] = []
        while let row = try cursor.next() { results.append(try read(SQLRow(row: row))) }
        return results
    }

    /// The first row of an answer, or `nil` when there is none.
    func first<Result>(_ sql: String, _ values: SQLValue..., read: (SQLRow) throws -> Result) throws -> Result? {
        try interruption?()
        let statement = try database.cachedStatement(sql: sql)
        let cursor = try Row.fetchCursor(statement, arguments: Self.arguments(values))
        guard let row = try cursor.next() else { return nil }
        return try read(SQLRow(row: row))
    }

    /// Runs several statements without parameters, for migrations.
    func script(_ sql: String) throws {
        try database.execute(sql: sql)
    }

    /// As values of different types: GRDB takes values of one type by a key path, which costs more than the statement.
    private static func arguments(_ values: [SQLValue]) -> StatementArguments {
        StatementArguments(
            values.map { value -> (any DatabaseValueConvertible)? in
                switch value {
                case .null: nil
                case .integer(let number): number
                case .text(let text): text
                case .blob(let bytes): Data(bytes)
                }
            }
        )
    }
}
