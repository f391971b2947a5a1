namespace Ecosystem.Temporal.Visibility.Filters;

/// <summary>What a token of a list filter is.</summary>
internal enum FilterTokenKind
{
    End,
    Identifier,
    Keyword,
    Text,
    Integer,
    Float,
    HexNumber,
    Symbol,
    Invalid,
}

/// <summary>A token of a list filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">An identifier as written, a keyword in lower case, a symbol, or the text of a literal without its quotes.</param>
/// <param name="Position">Where the reader stands after it: the figure that the server's syntax errors name.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position)
{
    /// <summary>Whether this is the keyword or symbol <paramref name="text"/>.</summary>
    public bool Is(string text) => Kind is FilterTokenKind.Keyword or FilterTokenKind.Symbol && Text == text;

    /// <summary>What a syntax error quotes behind "near": words and literals, never symbols.</summary>
    public string? Near => Kind is FilterTokenKind.End or FilterTokenKind.Symbol ? null : Text;
}
