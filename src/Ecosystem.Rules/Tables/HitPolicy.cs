namespace Ecosystem.Rules.Tables;

/// <summary>What a decision table gives when several rows match (DMN 1.5, 8.2.8).</summary>
public enum HitPolicy
{
    /// <summary>U: at most one row may match.</summary>
    Unique,

    /// <summary>A: several rows may match, all with the same outputs.</summary>
    Any,

    /// <summary>P: the matching row whose outputs stand first in the allowed output values.</summary>
    Priority,

    /// <summary>F: the first matching row.</summary>
    First,

    /// <summary>R: all matching rows, in order of the rows.</summary>
    RuleOrder,

    /// <summary>O: all matching rows, in order of the allowed output values.</summary>
    OutputOrder,

    /// <summary>C: all matching rows, in no promised order (here: of the rows).</summary>
    Collect,

    /// <summary>C+: the sum of the outputs.</summary>
    CollectSum,

    /// <summary>C&lt;: the smallest output.</summary>
    CollectMin,

    /// <summary>C&gt;: the largest output.</summary>
    CollectMax,

    /// <summary>C#: how many rows match.</summary>
    CollectCount,
}
