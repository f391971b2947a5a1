namespace Ecosystem.Rules.Rulesets;

/// <summary>How many elements of a list must pass a condition.</summary>
public enum RuleQuantifier
{
    /// <summary>At least one.</summary>
    Exists,

    /// <summary>None.</summary>
    None,

    /// <summary>Every one; holds for an empty list.</summary>
    All,
}
