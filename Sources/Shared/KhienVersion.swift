/// The version of agent, collector and command line; they are released together.
public let khienVersion = "0.1.0"
