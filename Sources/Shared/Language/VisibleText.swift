/// What of a text can be seen.
///
/// Characters that show nothing make a text that is empty for every reader look like one that says something, and two equal
/// names look like two. Vietnamese and English need none of them.
public enum VisibleText {
    /// The text without format characters: zero-width spaces and joiners, byte order marks, marks of direction and the like.
    public static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isInvisible) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isInvisible($0) }))
    }

    /// Whether a text has nothing in it but white space and what shows nothing.
    public static func isEmpty(_ text: String) -> Bool { of(text).allSatisfy(\.isWhitespace) }

    /// Whether a character shows nothing of its own.
    ///
    /// Source: Unicode Standard Annex #44, General_Category Cf and Default_Ignorable_Code_Point.
    public static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        // U+00AD is the first of them, and most text is below.
        guard scalar.value >= 0xAD else { return false }
        return scalar.properties.generalCategory == .format || scalar.properties.isDefaultIgnorableCodePoint
    }
}
