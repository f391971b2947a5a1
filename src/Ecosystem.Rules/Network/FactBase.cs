using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>A value that tuples refer to: a fact of the working memory, or a result of an aggregation or binding.</summary>
internal abstract class FactBase : IFact
{
    public object? Value;

    public Type Type => Value?.GetType() ?? typeof(object);

    object? IFact.Value => Value;

    public virtual IFactSource? Source => null;

    public override string ToString() => ReferenceEquals(Value, this) ? GetType().Name : Value?.ToString() ?? "null";
}
