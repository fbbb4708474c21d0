#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// The times that the simulator works with.
enum FleetClock {
    /// Microseconds of the monotonic clock.
    static func microseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000 &+ UInt64(time.tv_nsec / 1000)
    }

    /// Milliseconds since 1970.
    static func wallMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) &* 1000 &+ Int64(time.tv_nsec / 1_000_000)
    }

    /// Processor time of this whole process, user and system, in microseconds.
    static func processorMicroseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return UInt64(time.tv_sec) &* 1_000_000 &+ UInt64(time.tv_nsec / 1000)
    }

    /// Sleeps until a moment of the monotonic clock, and ends earlier when `isOver` says so, which is asked ten times a
    /// second.
    static func sleep(until moment: UInt64, unless isOver: () -> Bool) {
        while !isOver() {
            let now = microseconds()
            guard now < moment else { return }
            usleep(UInt32(min(moment - now, 100_000)))
        }
    }
}
