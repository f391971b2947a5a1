namespace Ecosystem.Rules.RuleModel;

/// <summary>A partial match: the facts matched so far by the first patterns of a rule.</summary>
public interface ITuple
{
    /// <summary>Facts of the partial match, the latest first.</summary>
    IEnumerable<IFact> Facts { get; }

    /// <summary>Number of facts in the partial match.</summary>
    int Count { get; }
}
