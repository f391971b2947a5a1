namespace Ecosystem.Rules.Rulesets;

/// <summary>A number over several facts.</summary>
public enum RuleAggregate
{
    /// <summary>How many.</summary>
    Count,

    /// <summary>Sum; 0 for none.</summary>
    Sum,

    /// <summary>Smallest; null for none.</summary>
    Min,

    /// <summary>Largest; null for none.</summary>
    Max,
}
