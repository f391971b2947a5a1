namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>How the elements of a group combine.</summary>
public enum GroupType
{
    /// <summary>All elements must match.</summary>
    And = 0,

    /// <summary>At least one element must match.</summary>
    Or = 1,
}
