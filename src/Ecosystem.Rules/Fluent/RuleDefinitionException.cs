namespace Ecosystem.Rules.Fluent;

/// <summary>A rule class does not define a valid rule.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="ruleType">The rule class.</param>
/// <param name="innerException">Why.</param>
public class RuleDefinitionException(string message, Type ruleType, Exception innerException)
    : Exception($"{message}{Environment.NewLine}Rule={ruleType?.FullName}{Environment.NewLine}{innerException?.Message}", innerException)
{
    /// <summary>The rule class.</summary>
    public Type RuleType { get; } = ruleType!;

    /// <summary>Full name of the rule class.</summary>
    public string? RuleTypeName => RuleType?.FullName;
}
