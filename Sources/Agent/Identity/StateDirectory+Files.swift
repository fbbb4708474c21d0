#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

extension StateDirectory {
    /// The bytes of a file; `nil` when there is none.
    ///
    /// A secret that others than the owner may read is refused.
    ///
    /// - Throws: `AgentError` of code `stateUnsafe` for anything but a regular file of ours, `stateDamaged` when it is
    ///   over the limit, `inputOutput`.
    func read(_ name: String, limit: Int, secret: Bool = false) throws(AgentError) -> [UInt8]? {
        let shown = "\(path)/\(name)"
        let number = SystemCall.retrying {
            // Without O_NONBLOCK a pipe would wait for somebody to write to it.
            openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        }
        guard number >= 0 else {
            let error = SystemError()
            switch error.number {
            case ENOENT: return nil
            case ELOOP: throw .unsafeFile(shown, "is a symbolic link")
            case ENXIO: throw .unsafeFile(shown, "is not a regular file")
            default: throw .inputOutput("open \(shown)", error)
            }
        }
        let file = OwnedDescriptor(number)
        var status = stat()
        guard fstat(number, &status) == 0 else { throw .inputOutput("look at \(shown)", SystemError()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unsafeFile(shown, "is not a regular file") }
        guard status.st_uid == geteuid() else { throw .unsafeFile(shown, "belongs to user \(status.st_uid)") }
        guard !secret || status.st_mode & 0o077 == 0 else {
            throw AgentError(
                code: .stateUnsafe,
                message:
                    "\(shown) can be read by others than its owner, so the key may be known to them; remove the state "
                    + "and enroll this device anew."
            )
        }
        do {
            guard let bytes = try SystemCall.readAll(file, limit: limit) else {
                throw AgentError(
                    code: .stateDamaged,
                    message: "\(shown) is larger than \(limit) bytes and cannot be ours; move it away."
                )
            }
            return bytes
        } catch let error as AgentError {
            throw error
        } catch {
            throw .inputOutput("read \(shown)", SystemError())
        }
    }

    /// Puts a file in place of the one with its name, whole or not at all, also when the power fails.
    func replace(_ name: String, with bytes: [UInt8]) throws(AgentError) {
        let temporary = try writeTemporary(for: name, bytes)
        guard renameat(descriptor, temporary, descriptor, name) == 0 else {
            throw .inputOutput("write \(path)/\(name)", SystemError())
        }
        try flush()
    }

    /// Makes a file that must not be there yet, whole or not at all; `false` when there is one already.
    func create(_ name: String, with bytes: [UInt8]) throws(AgentError) -> Bool {
        let temporary = try writeTemporary(for: name, bytes)
        defer { unlinkat(descriptor, temporary, 0) }
        // Unlike a renaming, a second name for the file is refused where the name is taken.
        guard linkat(descriptor, temporary, descriptor, name, 0) == 0 else {
            let error = SystemError()
            guard error.number == EEXIST else { throw .inputOutput("write \(path)/\(name)", error) }
            return false
        }
        try flush()
        return true
    }

    /// Removes a file; one that is not there is no error.
    func remove(_ name: String) throws(AgentError) {
        guard unlinkat(descriptor, name, 0) == 0 || errno == ENOENT else {
            throw .inputOutput("remove \(path)/\(name)", SystemError())
        }
        try flush()
    }

    /// Gives an entry of any kind another name, in place of what had it.
    func rename(_ name: String, to other: String) throws(AgentError) {
        guard renameat(descriptor, name, descriptor, other) == 0 else {
            throw .inputOutput("move \(path)/\(name) to \(other)", SystemError())
        }
        try flush()
    }

    /// Moves an entry of any kind into another directory, under the same name.
    func move(_ name: String, to other: StateDirectory) throws(AgentError) {
        guard renameat(descriptor, name, other.descriptor, name) == 0 else {
            throw .inputOutput("move \(path)/\(name) to \(other.path)", SystemError())
        }
        try flush()
        try other.flush()
    }

    /// The names of all entries, sorted, at most `AgentLimits.directoryEntries`.
    func names() throws(AgentError) -> [String] {
        let number = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0, let stream = fdopendir(number) else {
            let error = SystemError()
            if number >= 0 { close(number) }
            throw .inputOutput("list \(path)", error)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < AgentLimits.directoryEntries, let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
                String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private func flush() throws(AgentError) {
        guard SystemCall.retrying({ fsync(descriptor) }) == 0 else {
            throw .inputOutput("flush \(path)", SystemError())
        }
    }

    private func writeTemporary(for name: String, _ bytes: [UInt8]) throws(AgentError) -> String {
        let temporary = Self.temporaryPrefix + name
        // Left by an agent that was stopped half-way; the lock says that nobody writes to it now.
        unlinkat(descriptor, temporary, 0)
        let number = SystemCall.retrying {
            openat(descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        }
        guard number >= 0 else { throw .inputOutput("write to \(path)", SystemError()) }
        let file = OwnedDescriptor(number)
        do {
            try SystemCall.writeAndFlush(file, bytes)
        } catch {
            unlinkat(descriptor, temporary, 0)
            throw .inputOutput("write \(path)/\(name)", error)
        }
        return temporary
    }

    /// What the names of files begin with that are not finished.
    static let temporaryPrefix = ".unfinished-"
}

extension AgentError {
    fileprivate static func unsafeFile(_ path: String, _ what: String) -> AgentError {
        AgentError(
            code: .stateUnsafe,
            message: "\(path) \(what), which the agent never makes; look at it and remove it."
        )
    }
}
