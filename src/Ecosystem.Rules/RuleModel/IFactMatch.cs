namespace Ecosystem.Rules.RuleModel;

/// <summary>A fact in its place in a rule's match.</summary>
public interface IFactMatch : IFact
{
    /// <summary>Variable of the rule that the fact is bound to.</summary>
    Declaration Declaration { get; }
}
