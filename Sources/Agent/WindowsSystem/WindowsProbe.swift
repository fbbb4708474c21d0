#if os(Windows)
internal import CWindowsProbe
internal import Shared

/// Reads this device through the C probes.
public enum WindowsProbe {
    /// What the probes hand over.
    ///
    /// `paths` are those whose existence is asked for; those beyond the first 1,024 are left out.
    ///
    /// - Throws: `AgentError` of code `library` when the probes cannot work at all; a source that fails says so in a record.
    public static func records(paths: [String] = []) throws(AgentError) -> [ProbeRecord] {
        let collector = Collector()
        let result = withPaths(paths.prefix(1024)) { pointers, count in
            var options = khien_windows_options()
            options.paths = pointers
            options.path_count = count
            return khien_windows_probe(
                &options,
                { context, record in
                    guard let context, let record else { return }
                    Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue().add(record.pointee)
                },
                Unmanaged.passUnretained(collector).toOpaque()
            )
        }
        return try withExtendedLifetime(collector) { () throws(AgentError) in
            guard result == KHIEN_WINDOWS_OK else {
                throw AgentError(code: .library, message: "The Windows probes answer \(result); please report this.")
            }
            return collector.records
        }
    }

    /// What this device has, as facts.
    public static func reading(paths: [String] = []) throws(AgentError) -> DeviceReading {
        WindowsReading().reading(of: try records(paths: paths))
    }

    /// Takes the records on the thread that asked for them.
    private final class Collector {
        var records: [ProbeRecord] = []

        func add(_ record: khien_record) {
            var fields: [String: ProbeRecord.Value] = [:]
            for field in UnsafeBufferPointer(start: record.fields, count: record.field_count) {
                guard let key = field.key else { continue }
                fields[String(cString: key)] = Self.value(field)
            }
            if let kind = record.kind { records.append(ProbeRecord(String(cString: kind), fields)) }
        }

        private static func value(_ field: khien_field) -> ProbeRecord.Value? {
            switch field.type {
            case KHIEN_FIELD_TEXT:
                guard let text = field.text else { return nil }
                let bytes = UnsafeRawBufferPointer(start: text, count: field.text_length)
                return .text(String(decoding: bytes, as: UTF8.self))
            case KHIEN_FIELD_NUMBER: return .number(field.number)
            case KHIEN_FIELD_BOOLEAN: return .boolean(field.number != 0)
            default: return nil
            }
        }
    }

    /// Lends texts to C as an array of pointers: all of them lie in one buffer, each with a zero at its end.
    private static func withPaths<Result>(
        _ paths: ArraySlice<String>,
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UInt32) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for path in paths where !path.utf8.contains(0) {
            starts.append(bytes.count)
            bytes += path.utf8.map { CChar(bitPattern: $0) } + [0]
        }
        return bytes.withUnsafeBufferPointer { buffer in
            let pointers = starts.map { start in buffer.baseAddress.map { $0 + start } }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress, UInt32($0.count)) }
        }
    }
}
#endif
