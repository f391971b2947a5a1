namespace Ecosystem.Rules.RuleModel;

/// <summary>Origin of a fact that was not inserted by the user.</summary>
public interface IFactSource
{
    /// <summary>Kind of origin.</summary>
    FactSourceType SourceType { get; }

    /// <summary>Facts it was made from.</summary>
    IEnumerable<IFact> Facts { get; }
}
