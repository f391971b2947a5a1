using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rules.Testing;

/// <summary>Result of a verification.</summary>
public class RuleAssertResult
{
    internal RuleAssertResult(RuleAssertStatus status, string message, object? expected, object? actual)
    {
        Status = status;
        Message = message;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>Outcome.</summary>
    public RuleAssertStatus Status { get; }

    /// <summary>What differs; empty if nothing does.</summary>
    public string Message { get; }

    /// <summary>What was expected.</summary>
    public object? Expected { get; }

    /// <summary>What happened.</summary>
    public object? Actual { get; }

    /// <summary>Describes the result, with what was expected and what happened.</summary>
    /// <returns>Text of several lines.</returns>
    [SuppressMessage("Design", "CA1024:Use properties where appropriate", Justification = "The name is that of NRules, whose tests are to compile.")]
    public string GetMessage() => Status == RuleAssertStatus.Passed
        ? "Passed"
        : $"{Message}{Environment.NewLine}Expected: {Expected}{Environment.NewLine}Actual: {Actual}";
}
