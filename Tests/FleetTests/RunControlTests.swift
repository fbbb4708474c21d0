import Testing

@testable import Fleet

@Suite struct RunControlTests {
    private let limit = FleetLimits.silenceSeconds * 1_000_000

    @Test func aRunGivesUpWhenNobodyAnswersForTooLong() {
        let control = RunControl()
        control.noteSilence(at: 1000)
        control.noteSilence(at: 1000 + limit)
        #expect(!control.isGivenUp)
        control.noteSilence(at: 1001 + limit)
        #expect(control.isGivenUp)
        #expect(control.isStopped)
    }

    @Test func anAnswerEndsTheSilence() {
        let control = RunControl()
        control.noteSilence(at: 1000)
        control.noteAnswer()
        control.noteSilence(at: 5000 + limit)
        #expect(!control.isGivenUp)
        control.noteSilence(at: 5001 + 2 * limit)
        #expect(control.isGivenUp)
    }

    @Test func aRunThatIsAskedToStopHasNotGivenUp() {
        let control = RunControl()
        control.requestStop()
        #expect(control.isStopped)
        #expect(!control.isGivenUp)
    }

    @Test func aRunThatGaveUpIsNotComplete() {
        var summary = RunSummary(
            devices: 1,
            enrolled: 1,
            kept: 0,
            notEnrolled: [:],
            messages: [:],
            enrollmentSeconds: 0,
            first: PhaseSummary(tally: LoadTally(), seconds: 1, processorMicroseconds: 0),
            load: nil
        )
        #expect(summary.isComplete)
        summary.isGivenUp = true
        #expect(!summary.isComplete)
        #expect(summary.rendered(as: .table).contains("ended early"))
        #expect(summary.rendered(as: .json).contains("\"given_up\":true"))
    }
}
