using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>Tells whether two aggregations or quantifiers that follow the same partial matches do the same. Variables are compared by where they come from, not by name.</summary>
internal sealed class ElementComparer(TupleLayout leftLayout, TupleLayout rightLayout)
{
    private readonly Dictionary<string, string> _left = [];
    private readonly Dictionary<string, string> _right = [];

    public bool AreEqual(RuleElement x, RuleElement y) => (x, y) switch
    {
        (PatternElement a, PatternElement b) => AreEqual(a, b),
        (AggregateElement a, AggregateElement b) => AreEqual(a, b),
        (AndElement a, AndElement b) => AreEqual(a.ChildElements, b.ChildElements),
        (OrElement a, OrElement b) => AreEqual(a.ChildElements, b.ChildElements),
        (NotElement a, NotElement b) => AreEqual(a.Source, b.Source),
        (ExistsElement a, ExistsElement b) => AreEqual(a.Source, b.Source),
        (ForAllElement a, ForAllElement b) => AreEqual(a.BasePattern, b.BasePattern) && AreEqual(a.Patterns, b.Patterns),
        _ => false,
    };

    private bool AreEqual(IReadOnlyList<RuleElement> x, IReadOnlyList<RuleElement> y) =>
        x.Count == y.Count && x.Zip(y).All(pair => AreEqual(pair.First, pair.Second));

    private bool AreEqual(AggregateElement x, AggregateElement y) =>
        x.Name == y.Name
        && x.ResultType == y.ResultType
        && x.CustomFactoryType == y.CustomFactoryType
        && AreEqual(x.Source, y.Source)
        && AreEqual(x.Expressions, y.Expressions);

    private bool AreEqual(PatternElement x, PatternElement y)
    {
        if (x.ValueType != y.ValueType)
        {
            return false;
        }

        var name = $"#{_left.Count}";
        _left[x.Declaration.Name] = name;
        _right[y.Declaration.Name] = name;
        var sources = (x.Source, y.Source) switch
        {
            (null, null) => true,
            (AggregateElement a, AggregateElement b) => AreEqual(a, b),
            (BindingElement a, BindingElement b) => a.ResultType == b.ResultType
                && ExpressionComparer.AreEqual(a.Expression, b.Expression, LeftName, RightName),
            _ => false,
        };
        return sources && AreEqual(x.Expressions, y.Expressions);
    }

    private bool AreEqual(ExpressionCollection x, ExpressionCollection y) =>
        x.Count == y.Count
        && x.Zip(y).All(pair => pair.First.Name == pair.Second.Name
            && ExpressionComparer.AreEqual(pair.First.Expression, pair.Second.Expression, LeftName, RightName));

    private string LeftName(string name) => Name(name, _left, leftLayout);

    private string RightName(string name) => Name(name, _right, rightLayout);

    private static string Name(string name, Dictionary<string, string> own, TupleLayout layout) =>
        own.TryGetValue(name, out var mapped) ? mapped : layout.Contains(name) ? $"@{layout.Level(name)}" : name;
}
