using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rules.Testing;

/// <summary>Result of a verification, for a framework's asserter to raise.</summary>
/// <param name="ruleName">Rule that was verified; <see langword="null"/> if all firings together were.</param>
/// <param name="status">Outcome.</param>
/// <param name="assertionText">What was verified.</param>
/// <param name="expected">Number of firings expected.</param>
/// <param name="actual">Number of firings there were.</param>
public sealed class RuleAssertResult(string? ruleName, RuleAssertStatus status, string assertionText, object expected, object actual)
{
    /// <summary>Rule that was verified; <see langword="null"/> if all firings together were.</summary>
    public string? RuleName { get; } = ruleName;

    /// <summary>Outcome.</summary>
    public RuleAssertStatus Status { get; } = status;

    /// <summary>What was verified.</summary>
    public string AssertionText { get; } = assertionText;

    /// <summary>Number of firings expected.</summary>
    public object Expected { get; } = expected;

    /// <summary>Number of firings there were.</summary>
    public object Actual { get; } = actual;

    /// <summary>What fired instead, one firing a line; empty if the verification passed.</summary>
    public string Firings { get; internal init; } = string.Empty;

    /// <summary>Says in one line what was verified, expected and found.</summary>
    /// <returns>The text.</returns>
    [SuppressMessage("Design", "CA1024:Use properties where appropriate", Justification = "The name is that of NRules, whose tests are to compile.")]
    public string GetMessage() =>
        (RuleName is null ? string.Empty : $"Rule '{RuleName}': ") + $"{AssertionText}; Expected: {Expected}; Actual: {Actual}";
}
