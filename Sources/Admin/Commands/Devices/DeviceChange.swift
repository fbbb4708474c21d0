import Messages
import Shared

/// What every change of a device shows: how it stands now, and which devices got a seat by it.
enum DeviceChange {
    /// Writes the answer.
    static func show(_ answer: Khien_V1_DeviceAnswer, _ renderer: Renderer) throws {
        let seated = answer.seatedDeviceIds.joined(separator: ", ")
        let note = seated.isEmpty ? Phrases.nobodySeated : Phrases.seated(seated)
        try renderer.show(answer, table, note: ["", note.description])
    }

    static let table = Table<Khien_V1_DeviceAnswer>(
        DeviceList.table.columns.map { column in
            Column(column.key, column.header, column.alignment) { column.value($0.device) }
        } + [Column("seated_device_ids", Phrases.seatedDevices, isShown: false) { .list($0.seatedDeviceIds) }]
    )
}
