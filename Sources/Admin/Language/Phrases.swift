import Shared

/// The catalog of strings: everything that the command line says to people, in every language.
///
/// Sentences are whole, so that each language has its own word order. Those that take figures are functions. The rest
/// stands in the extensions of this type, by subject; a test fails when a text for people stands elsewhere.
enum Phrases {}
