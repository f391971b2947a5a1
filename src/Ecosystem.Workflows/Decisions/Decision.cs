using System.Globalization;

namespace Ecosystem.Workflows.Decisions;

/// <summary>A stored decision, as the room that asked for it reads it. Reading an output that is missing or of another type is a bug and throws.</summary>
/// <param name="Id">Under which id it is stored.</param>
/// <param name="Answer">What the ruleset answered.</param>
public sealed record Decision(DecisionId Id, RulesetAnswer Answer)
{
    /// <summary>The reasons, joined to one text.</summary>
    public string Reason => string.Join("; ", Answer.Reasons);

    /// <summary>An output that is text.</summary>
    /// <param name="name">The output.</param>
    /// <returns>The text.</returns>
    public string Text(string name) => TextOrNull(name) ?? throw Missing(name, "text");

    /// <summary>An output that is text or empty.</summary>
    /// <param name="name">The output.</param>
    /// <returns>The text, or null.</returns>
    public string? TextOrNull(string name) => Read(Answer.Outputs, name) switch
    {
        null => null,
        string text => text,
        _ => throw Missing(name, "text"),
    };

    /// <summary>An output that is a number.</summary>
    /// <param name="name">The output.</param>
    /// <returns>The number.</returns>
    public decimal Number(string name) => NumberOrNull(name) ?? throw Missing(name, "a number");

    /// <summary>An output that is a number or empty.</summary>
    /// <param name="name">The output.</param>
    /// <returns>The number, or null.</returns>
    public decimal? NumberOrNull(string name) => ToNumber(Read(Answer.Outputs, name));

    /// <summary>An output that is true or false.</summary>
    /// <param name="name">The output.</param>
    /// <returns>The value.</returns>
    public bool Flag(string name) => Read(Answer.Outputs, name) is bool value ? value : throw Missing(name, "true or false");

    /// <summary>An output that is a date or empty.</summary>
    /// <param name="name">The output.</param>
    /// <returns>The date, or null.</returns>
    public DateOnly? DateOrNull(string name) => Read(Answer.Outputs, name) switch
    {
        null => null,
        DateOnly date => date,
        string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => throw Missing(name, "a date"),
    };

    /// <summary>An output that is a list of records.</summary>
    /// <param name="name">The output.</param>
    /// <returns>The records.</returns>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Records(string name) => ToRecords(Read(Answer.Outputs, name)) ?? throw Missing(name, "a list of records");

    /// <summary>An output that is a list of texts.</summary>
    /// <param name="name">The output.</param>
    /// <returns>The texts.</returns>
    public IReadOnlyList<string> Texts(string name) =>
        Read(Answer.Outputs, name) is IEnumerable<object?> list ? [.. list.Select(item => item as string ?? throw Missing(name, "a list of texts"))] : throw Missing(name, "a list of texts");

    internal static IReadOnlyList<IReadOnlyDictionary<string, object?>>? ToRecords(object? value) =>
        value is IEnumerable<object?> list ? [.. list.OfType<IReadOnlyDictionary<string, object?>>()] : null;

    internal static decimal? ToNumber(object? value) => value switch
    {
        null => null,
        decimal number => number,
        IConvertible number and not string => number.ToDecimal(CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"'{value}' is not a number."),
    };

    private static object? Read(IReadOnlyDictionary<string, object?> values, string name) => values.TryGetValue(name, out var value) ? value : null;

    private InvalidOperationException Missing(string name, string type) =>
        new($"The ruleset '{Answer.Ruleset}' version {Answer.Version} gave no output '{name}' that is {type}.");
}
