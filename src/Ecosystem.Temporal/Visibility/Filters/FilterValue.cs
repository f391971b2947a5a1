using System.Text.RegularExpressions;
using Ecosystem.Temporal.Durations;

namespace Ecosystem.Temporal.Visibility.Filters;

/// <summary>Turns the literals of a filter into what the visibility tables hold, checking them against the attribute's type.</summary>
internal static partial class FilterValue
{
    /// <summary>The stored form of a literal; status and duration have notations of their own.</summary>
    public static object Convert(object literal, SearchAttributeColumn column) => column.Field switch
    {
        "ExecutionStatus" => Status(literal),
        "ExecutionDuration" => Duration(literal),
        _ => ConvertByType(literal, column),
    };

    /// <summary>The stored form of a literal by the attribute's type: instants are nanoseconds since 1970, truth is 0 or 1.</summary>
    public static object ConvertByType(object literal, SearchAttributeColumn column) => (column.Type, literal) switch
    {
        (IndexedValueType.Int or IndexedValueType.Double, long or double) => literal,
        (IndexedValueType.Bool, bool truth) => truth ? 1L : 0L,
        (IndexedValueType.Datetime, long nanoseconds) => nanoseconds,
        (IndexedValueType.Datetime, string text) => TryInstant(text, out var instant)
            ? instant
            : throw VisibilityQueryException.Invalid($"unable to parse datetime '{text}'"),
        (IndexedValueType.Text, string text) when string.IsNullOrWhiteSpace(text) =>
            throw VisibilityQueryException.Invalid($"no tokens found filtering on Text type search attribute {column.Name}"),
        (IndexedValueType.Keyword or IndexedValueType.KeywordList or IndexedValueType.Text, string) => literal,
        _ => throw VisibilityQueryException.Invalid(
            $"invalid value type for search attribute {column.Name} of type {column.TypeName}: {Print(literal)} (type: {TypeOf(literal)})"),
    };

    /// <summary>Reads an RFC 3339 instant, with up to nine digits of a second, as nanoseconds since 1970.</summary>
    public static bool TryInstant(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        var match = Rfc3339().Match(text);
        if (!match.Success
            || !DateTimeOffset.TryParse(
                match.Groups["seconds"].Value + match.Groups["zone"].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return false;
        }

        var fraction = match.Groups["fraction"].Value.PadRight(9, '0')[..9];
        nanoseconds = (instant.ToUnixTimeSeconds() * 1_000_000_000) + long.Parse(fraction, CultureInfo.InvariantCulture);
        return true;
    }

    private static long Status(object literal) => literal switch
    {
        long number when Enum.IsDefined((WorkflowExecutionStatus)number) => number,
        string name when Enum.TryParse<WorkflowExecutionStatus>(name, out var status) && status.ToString() == name => (long)status,
        long number => throw VisibilityQueryException.Invalid($"invalid ExecutionStatus value {number}"),
        string name => throw VisibilityQueryException.Invalid($"invalid ExecutionStatus value '{name}'"),
        _ => throw VisibilityQueryException.Invalid($"unexpected value type {TypeOf(literal)} for search attribute ExecutionStatus"),
    };

    private static long Duration(object literal) => literal switch
    {
        long nanoseconds => nanoseconds,
        string text => TryDuration(text, out var nanoseconds)
            ? nanoseconds
            : throw VisibilityQueryException.Invalid($"invalid duration value for search attribute ExecutionDuration: {text}"),
        _ => throw VisibilityQueryException.Invalid($"unexpected value type {TypeOf(literal)} for search attribute ExecutionDuration"),
    };

    private static bool TryDuration(string text, out long nanoseconds)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out nanoseconds))
        {
            return true;
        }

        var clock = Clock().Match(text);
        if (clock.Success)
        {
            nanoseconds = 1_000_000_000L * ((Part("h") * 3600) + (Part("m") * 60) + Part("s"));
            return true;
        }

        return DurationText.TryParse(text, out nanoseconds, out _);

        long Part(string name) => long.Parse(clock.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    private static string Print(object literal) => literal switch
    {
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => System.Convert.ToString(literal, CultureInfo.InvariantCulture)!,
    };

    private static string TypeOf(object literal) => literal switch
    {
        string => "string",
        bool => "bool",
        long => "int64",
        _ => "float64",
    };

    [GeneratedRegex(@"^(?<seconds>\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)([.,](?<fraction>\d+))?(?<zone>[Zz]|[+-]\d\d:\d\d)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"^(?<h>\d{2,}):(?<m>[0-5]\d):(?<s>[0-5]\d)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Clock();
}
