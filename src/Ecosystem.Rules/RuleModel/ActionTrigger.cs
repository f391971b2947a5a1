namespace Ecosystem.Rules.RuleModel;

/// <summary>Kinds of match changes on which a rule's action runs. Values combine.</summary>
[Flags]
public enum ActionTrigger
{
    /// <summary>The action never runs.</summary>
    None = 0,

    /// <summary>The rule fires for a new match.</summary>
    Activated = 1,

    /// <summary>The rule fires again because a fact of a match it already fired on was updated.</summary>
    Reactivated = 2,

    /// <summary>A match on which the rule fired does not hold any more.</summary>
    Deactivated = 4,
}
