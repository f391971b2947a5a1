using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Dmn;

/// <summary>Names and values an expression of a model sees, with those around it. Built once, then only read.</summary>
internal sealed class DmnScope(IFeelInputs? around) : IFeelInputs
{
    private readonly Dictionary<string, FeelValue> _values = new(StringComparer.Ordinal);
    private FeelContext? _item;

    public DmnScope With(string name, FeelValue value)
    {
        _values[name] = value;
        return this;
    }

    /// <summary>Makes an item's entries names, as a filter does.</summary>
    public DmnScope WithItem(FeelValue item)
    {
        _item = item.Context;
        return With("item", item);
    }

    public bool TryGet(string name, out FeelValue value)
    {
        if (_item is not null && _item.TryGet(name, out value))
        {
            return true;
        }

        if (_values.TryGetValue(name, out value))
        {
            return true;
        }

        value = FeelValue.Null;
        return around is not null && around.TryGet(name, out value);
    }
}
