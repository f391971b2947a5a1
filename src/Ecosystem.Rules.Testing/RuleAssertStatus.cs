namespace Ecosystem.Rules.Testing;

/// <summary>Outcome of a verification.</summary>
public enum RuleAssertStatus
{
    /// <summary>What was expected happened.</summary>
    Passed,

    /// <summary>Something else happened.</summary>
    Failed,
}
