import Testing

/// The simulator's two clients at a real collector: both get what devices get.
@Suite struct FleetClientTests {
    @Test(arguments: ["agent", "lean"])
    func everyReportIsAcknowledgedWithTheVerdictOfItsKind(client: String) async throws {
        let province = try Province()
        try await province.initialize()
        let serving = try await province.serve()
        let outcome = try await Program.fleet.run(
            "run",
            "--join",
            // More than needed: an enrollment that is not answered in time is made again with another key.
            try await province.join("so-tttt", uses: 400, serving: serving),
            "--devices",
            "40",
            "--rounds",
            "30",
            "--inventory",
            "changed",
            "--workers",
            "8",
            "--client",
            client,
            "--format",
            "json"
        )
        #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
        let summary = try #require(try json(outcome.output) as? [String: Any])
        let load = try #require(summary["load"] as? [String: Any])
        #expect(summary["enrolled"] as? Int == 40)
        #expect(load["acknowledged"] as? Int == 1200)
        // Nothing that the lean client did not understand, and had to ask the agent's own for.
        #expect((load["retried"] as? [String: Any])?["lean-client"] == nil)
        #expect(load["unexpected_verdicts"] as? Int == 0)
        await serving.stop()
    }
}
