namespace Ecosystem.Rules.Fluent;

/// <summary>A rule class could not be instantiated.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="ruleType">The rule class.</param>
/// <param name="innerException">Why.</param>
public class RuleActivationException(string message, Type ruleType, Exception innerException)
    : Exception($"{message}{Environment.NewLine}Rule={ruleType?.FullName}", innerException)
{
    /// <summary>The rule class.</summary>
    public Type RuleType { get; } = ruleType!;

    /// <summary>Full name of the rule class.</summary>
    public string? RuleTypeName => RuleType?.FullName;
}
