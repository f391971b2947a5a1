namespace Ecosystem.Rules.RuleModel;

/// <summary>Kinds of facts that the engine makes itself.</summary>
public enum FactSourceType
{
    /// <summary>Result of an aggregation, such as a group.</summary>
    Aggregate = 1,

    /// <summary>Fact that a rule's action linked to its match; it lives as long as the match.</summary>
    Linked = 2,
}
