namespace Ecosystem.Rules;

/// <summary>A fact changed and the engine was not told, so that matches may be out of date. Thrown only if <see cref="RuleCompiler.DetectSilentChanges"/> is set.</summary>
public class SilentFactChangeException : RuleExecutionException
{
    internal SilentFactChangeException(object fact, string member, object? before, object? after, string? ruleName)
        : base(
            $"Fact was changed without telling the engine: {fact} has {member}={after ?? "null"}, was {before ?? "null"}. "
            + (ruleName is null ? string.Empty : $"The rule that fired last is '{ruleName}'. ")
            + "Call Update after changing a fact.",
            null)
    {
        Fact = fact;
        Member = member;
        RuleName = ruleName;
    }

    /// <summary>The fact.</summary>
    public object Fact { get; }

    /// <summary>The property or field that changed.</summary>
    public string Member { get; }

    /// <summary>Rule that fired last before the change was found, or null.</summary>
    public string? RuleName { get; }
}
