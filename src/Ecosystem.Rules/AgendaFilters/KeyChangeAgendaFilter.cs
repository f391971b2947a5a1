using Ecosystem.Rules.Network;

namespace Ecosystem.Rules.AgendaFilters;

/// <summary>Keeps, for each match, the keys it last fired with (current) and those it was last updated to (pending).</summary>
internal sealed class KeyChangeAgendaFilter(AgendaExpression[] keySelectors) : IStatefulAgendaFilter
{
    private readonly Dictionary<RuleMatch, (object?[]? Current, object?[] Pending)> _keys = new(ReferenceEqualityComparer.Instance);

    public bool Accept(AgendaContext context, Activation activation)
    {
        var keys = new object?[keySelectors.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = keySelectors[i].Evaluate(context.Session, activation.Match);
        }

        _keys.TryGetValue(activation.Match, out var known);
        _keys[activation.Match] = (known.Current, keys);
        return known.Current is null || !known.Current.AsSpan().SequenceEqual(keys);
    }

    public void Select(AgendaContext context, Activation activation)
    {
        if (_keys.TryGetValue(activation.Match, out var known))
        {
            _keys[activation.Match] = (known.Pending, known.Pending);
        }
    }

    public void Remove(AgendaContext context, Activation activation) => _keys.Remove(activation.Match);
}
