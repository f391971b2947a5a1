using System.Collections.Frozen;

namespace Ecosystem.Rules.Feel;

internal static class FeelKeywords
{
    /// <summary>Words that end an undeclared name of several words.</summary>
    private static readonly FrozenSet<string> Reserved = new[]
    {
        "for", "in", "return", "if", "then", "else", "some", "every", "satisfies", "and", "or", "between", "instance", "of", "function",
        "external", "true", "false", "null",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string word) => Reserved.Contains(word);

    public static bool ContainsAny(string name) => name.Split(' ').Any(Reserved.Contains);
}
