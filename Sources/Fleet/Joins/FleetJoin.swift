public import Shared

/// A join string, and how many simulated devices enroll with it.
public struct FleetJoin: Sendable, Hashable {
    /// The unit's code as far as it is known before enrolling; stands in host names.
    public var unit: String
    /// How many devices.
    public var devices: Int
    /// Where they enroll; `nil` when every identity comes from a kept state.
    public var join: JoinString?

    /// A join with all its parts.
    public init(unit: String, devices: Int, join: JoinString?) {
        self.unit = unit
        self.devices = devices
        self.join = join
    }

    /// What stands in host names while the unit is not known.
    public static let unknownUnit = "unit"

    /// Spreads devices evenly over join strings; the first ones get what is left over.
    public static func spread(devices: Int, over joins: [JoinString?]) -> [FleetJoin] {
        joins.enumerated().map { index, join in
            let extra = index < devices % joins.count ? 1 : 0
            return FleetJoin(unit: unknownUnit, devices: devices / joins.count + extra, join: join)
        }
    }

    /// Reads a list: one `UNIT<TAB>DEVICES<TAB>JOIN` per line; empty lines and those that begin with `#` are skipped.
    ///
    /// - Throws: `FleetError` of code `joins` that names the first line that is wrong; never shows a join string, which
    ///   holds a secret.
    public static func list(_ bytes: [UInt8]) throws(FleetError) -> [FleetJoin] {
        guard bytes.count <= FleetLimits.fileBytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw FleetError(.joins, "The list of join strings is too large or not UTF-8 text; write it anew.")
        }
        var joins: [FleetJoin] = []
        var devices = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            func error(_ words: String) -> FleetError {
                FleetError(.joins, "Line \(index + 1) of the list of join strings: \(words).")
            }
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 3 else { throw error("\(fields.count) columns; write UNIT, DEVICES and JOIN") }
            guard (1...WireLimits.shortBytes).contains(fields[0].utf8.count) else {
                throw error("the unit's code is empty or longer than \(WireLimits.shortBytes) bytes")
            }
            guard let count = Int(fields[1]), (0...FleetLimits.devices).contains(count) else {
                throw error("the number of devices is not a whole number from 0 to \(FleetLimits.devices)")
            }
            guard let join = JoinString(String(fields[2])) else {
                throw error("that is not a join string; take what 'khien token create' printed")
            }
            devices += count
            guard joins.count < FleetLimits.joins, devices <= FleetLimits.devices else {
                throw error("more than \(FleetLimits.joins) lines or \(FleetLimits.devices) devices; write fewer")
            }
            joins.append(FleetJoin(unit: String(fields[0]), devices: count, join: join))
        }
        guard devices > 0 else { throw FleetError(.joins, "The list of join strings asks for no device; add one.") }
        return joins
    }
}
