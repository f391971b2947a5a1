namespace Ecosystem.Rules;

/// <summary>What happened to a set of linked facts.</summary>
public enum LinkedFactAction
{
    /// <summary>They were inserted.</summary>
    Insert = 0,

    /// <summary>They were updated.</summary>
    Update = 1,

    /// <summary>They were removed.</summary>
    Retract = 2,
}
