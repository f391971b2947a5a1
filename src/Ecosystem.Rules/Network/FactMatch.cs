using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

internal sealed class FactMatch(Declaration declaration, FactBase? fact) : IFactMatch
{
    public Declaration Declaration { get; } = declaration;

    public Type Type => fact?.Type ?? Declaration.Type;

    public object? Value { get; } = fact?.Value;

    public IFactSource? Source => fact?.Source;

    /// <summary>Whether the match has the variable at all; those of other alternatives it has not.</summary>
    public bool IsBound => fact is not null;
}
