namespace Ecosystem.Rules.RuleModel;

/// <summary>Order of a sorted collection.</summary>
public enum SortDirection
{
    /// <summary>Smallest key first.</summary>
    Ascending = 0,

    /// <summary>Largest key first.</summary>
    Descending = 1,
}
