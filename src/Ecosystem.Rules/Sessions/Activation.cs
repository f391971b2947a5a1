using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

/// <summary>A match of a rule as agenda filters see it. Two are equal when they stand for the same match.</summary>
public class Activation : IMatch, IEquatable<Activation>
{
    internal Activation(RuleMatch match)
    {
        Match = match;
    }

    /// <inheritdoc/>
    public IRuleDefinition Rule => Match.Rule;

    /// <inheritdoc/>
    public IEnumerable<IFactMatch> Facts => Match.Facts;

    /// <inheritdoc/>
    public MatchTrigger Trigger => Match.Trigger;

    internal RuleMatch Match { get; }

    /// <inheritdoc/>
    public bool Equals(Activation? other) => other is not null && ReferenceEquals(Match, other.Match);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Activation);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Match);

    /// <inheritdoc/>
    public override string ToString() => Match.ToString();
}
