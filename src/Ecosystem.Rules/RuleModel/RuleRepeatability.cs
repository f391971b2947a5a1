namespace Ecosystem.Rules.RuleModel;

/// <summary>Whether a rule may fire more than once for the same combination of facts.</summary>
public enum RuleRepeatability
{
    /// <summary>The rule fires again whenever a fact of the match is updated. This is the default.</summary>
    Repeatable = 0,

    /// <summary>The rule fires at most once for a combination of facts, whatever is updated later.</summary>
    NonRepeatable = 1,
}
