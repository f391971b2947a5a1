namespace Ecosystem.Rules.Feel;

/// <summary>An expression that cannot be parsed, does not fit its declared types, misses a value in strict mode or exceeds a limit.</summary>
public sealed class FeelException : Exception
{
    private const int LongestMessage = 1_000;

    /// <summary>Creates the exception.</summary>
    /// <param name="diagnostics">What is wrong, at least one.</param>
    public FeelException(IReadOnlyList<FeelDiagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics)) => Diagnostics = diagnostics;

    /// <summary>What is wrong, in order of position.</summary>
    public IReadOnlyList<FeelDiagnostic> Diagnostics { get; }

    internal static FeelException At(FeelPosition position, string code, string message) =>
        new([new FeelDiagnostic(FeelSeverity.Error, code, Short(message), position.Line, position.Column)]);

    /// <summary>A message may quote what was written, which may be as long as it likes.</summary>
    internal static string Short(string message) => message.Length <= LongestMessage ? message : $"{message.AsSpan(0, LongestMessage)}…";

    internal static FeelException Limit(string what) =>
        new([new FeelDiagnostic(FeelSeverity.Error, "feel-limit", $"The expression was stopped: {what}.", 0, 0)]);
}

/// <summary>Line and column, from 1.</summary>
internal readonly record struct FeelPosition(int Line, int Column);
