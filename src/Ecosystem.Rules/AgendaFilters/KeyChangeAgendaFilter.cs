using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.AgendaFilters;

/// <summary>Keeps, for each match, the keys it last fired with (current) and those it was last updated to (pending).</summary>
internal sealed class KeyChangeAgendaFilter(AgendaExpression[] keySelectors) : IStatefulAgendaFilter
{
    private readonly Dictionary<IMatch, (object?[]? Current, object?[] Pending)> _keys = new(ReferenceEqualityComparer.Instance);

    public bool Accept(AgendaContext context, IMatch match)
    {
        var keys = new object?[keySelectors.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = keySelectors[i].Evaluate(context.Session, (Activation)match);
        }

        _keys.TryGetValue(match, out var known);
        _keys[match] = (known.Current, keys);
        return known.Current is null || !known.Current.AsSpan().SequenceEqual(keys);
    }

    public void Select(AgendaContext context, IMatch match)
    {
        if (_keys.TryGetValue(match, out var known))
        {
            _keys[match] = (known.Pending, known.Pending);
        }
    }

    public void Remove(AgendaContext context, IMatch match) => _keys.Remove(match);
}
