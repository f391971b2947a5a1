namespace Ecosystem.Rules.Diagnostics;

/// <summary>Kinds of nodes in the network.</summary>
public enum NodeType
{
    /// <summary>Where facts enter.</summary>
    Root,

    /// <summary>Passes facts of a type.</summary>
    Type,

    /// <summary>Passes what satisfies a condition.</summary>
    Selection,

    /// <summary>Facts that satisfy the conditions on a single fact.</summary>
    AlphaMemory,

    /// <summary>Start of partial matches: the empty one.</summary>
    Dummy,

    /// <summary>Joins partial matches with facts.</summary>
    Join,

    /// <summary>End of a nested network.</summary>
    Adapter,

    /// <summary>Passes partial matches for which something exists.</summary>
    Exists,

    /// <summary>Folds facts into new facts.</summary>
    Aggregate,

    /// <summary>Passes partial matches for which nothing exists.</summary>
    Not,

    /// <summary>Calculates a value.</summary>
    Binding,

    /// <summary>Partial matches.</summary>
    BetaMemory,

    /// <summary>End of a rule's conditions: its matches.</summary>
    Rule,
}
