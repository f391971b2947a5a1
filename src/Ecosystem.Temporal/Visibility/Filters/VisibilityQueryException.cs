namespace Ecosystem.Temporal.Visibility.Filters;

/// <summary>A list filter that cannot be carried out; the message is what the caller of the API reads (INVALID_ARGUMENT).</summary>
internal sealed class VisibilityQueryException(string message) : Exception("invalid query: " + message)
{
    public static VisibilityQueryException Malformed(FilterToken at) =>
        new($"malformed SQL query: syntax error at position {at.Position}" + (at.Near is { } near ? $" near '{near}'" : ""));

    public static VisibilityQueryException NotSupported(string what) => new("operation is not supported: " + what);

    public static VisibilityQueryException Invalid(string what) => new("invalid expression: " + what);
}
