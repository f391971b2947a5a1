namespace Ecosystem.Rules.Feel;

/// <summary>How much a diagnostic matters.</summary>
public enum FeelSeverity
{
    /// <summary>The expression cannot be used.</summary>
    Error,

    /// <summary>The expression runs, but gave null where a value was probably meant.</summary>
    Warning,
}

/// <summary>One thing wrong with an expression.</summary>
/// <param name="Severity">Error or warning.</param>
/// <param name="Code">Stable code such as feel-syntax, feel-name, feel-type, feel-missing, feel-limit.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Line">Line in the expression's text, from 1; 0 when there is none.</param>
/// <param name="Column">Column in the line, from 1; 0 when there is none.</param>
public sealed record FeelDiagnostic(FeelSeverity Severity, string Code, string Message, int Line, int Column)
{
    /// <summary>Line, column and message.</summary>
    public override string ToString() => Line > 0 ? $"{Line}:{Column}: {Message}" : Message;
}
