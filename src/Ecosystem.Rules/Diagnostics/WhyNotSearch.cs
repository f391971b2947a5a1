using System.Collections;
using Ecosystem.Rules.Network;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>Tries to match a rule step by step, with nested loops, and keeps the failure that came furthest.</summary>
internal sealed class WhyNotSearch(IRuleDefinition rule, IReadOnlyList<object> all, IReadOnlyList<object> given)
{
    private (int Step, int Condition) _furthest = (-1, -1);
    private WhyNotExplanation? _failure;

    public WhyNotExplanation Run()
    {
        foreach (var alternative in RuleNormalizer.Alternatives(rule.LeftHandSide))
        {
            if (Matches(alternative, 0, []))
            {
                return new WhyNotExplanation(rule.Name, true, null, null, [], [], "it does match these facts.");
            }
        }

        return _failure!;
    }

    private bool Matches(List<RuleElement> elements, int index, Dictionary<string, object?> values)
    {
        if (index == elements.Count)
        {
            return true;
        }

        switch (elements[index])
        {
            case PatternElement pattern:
                return Candidates(pattern, values).Any(v => Extend(elements, index, pattern, v, values))
                    || Nothing(index, pattern, values);
            case NotElement not:
                if (Rows(not.Source, values).FirstOrDefault() is { } found)
                {
                    Fail(index, 0, Describe(not.Source), null, [], New(found, values), $"there is {Facts(New(found, values))}, which must not exist.");
                    return false;
                }

                return Matches(elements, index + 1, values);
            case ExistsElement exists:
                if (!Rows(exists.Source, values).Any())
                {
                    Fail(index, 0, Describe(exists.Source), null, [], [], $"no {Describe(exists.Source)} that satisfies its conditions exists.");
                    return false;
                }

                return Matches(elements, index + 1, values);
            default:
                return Matches(elements, index + 1, values);
        }
    }

    private bool Extend(List<RuleElement> elements, int index, PatternElement pattern, object? value, Dictionary<string, object?> values)
    {
        var extended = new Dictionary<string, object?>(values) { [pattern.Declaration.Name] = value };
        var number = 0;
        foreach (var condition in pattern.Expressions.Find(PatternElement.ConditionName))
        {
            var explanation = ConditionText.Explain(condition.Expression, extended);
            if (!explanation.Holds)
            {
                Fail(
                    index,
                    ++number,
                    Describe(pattern),
                    explanation.Condition,
                    explanation.Values,
                    [.. condition.Expression.Parameters.Select(p => extended[p.Name!]).OfType<object>()],
                    $"{explanation.Condition} is not true for {ConditionText.Format(value)}"
                    + (explanation.Values.Count == 0 ? "." : $": {string.Join(", ", explanation.Values)}."));
                return false;
            }

            number++;
        }

        return Matches(elements, index + 1, extended);
    }

    private bool Nothing(int index, PatternElement pattern, Dictionary<string, object?> values)
    {
        if (!Candidates(pattern, values).Any())
        {
            Fail(index, 0, Describe(pattern), null, [], [], $"there is no {Describe(pattern)}.");
        }

        return false;
    }

    private IEnumerable<object?> Candidates(PatternElement pattern, Dictionary<string, object?> values)
    {
        if (pattern.Source is not null)
        {
            return Values(pattern.Source, values);
        }

        var preferred = given.Where(pattern.ValueType.IsInstanceOfType).ToList();
        return preferred.Count > 0 ? preferred : all.Where(pattern.ValueType.IsInstanceOfType);
    }

    /// <summary>Lists the combinations of values that satisfy an element, using all facts.</summary>
    private IEnumerable<Dictionary<string, object?>> Rows(RuleElement element, Dictionary<string, object?> values) => element switch
    {
        PatternElement pattern => (pattern.Source is null
                ? all.Where(pattern.ValueType.IsInstanceOfType)
                : Values(pattern.Source, values))
            .Select(v => new Dictionary<string, object?>(values) { [pattern.Declaration.Name] = v })
            .Where(row => pattern.Expressions.Find(PatternElement.ConditionName)
                .All(c => ConditionText.Explain(c.Expression, row).Holds)),
        AndElement and => and.ChildElements.Aggregate(
            (IEnumerable<Dictionary<string, object?>>)[values],
            (rows, child) => rows.SelectMany(row => Rows(child, row))),
        OrElement or => or.ChildElements.SelectMany(c => Rows(c, values)),
        NotElement not => Rows(not.Source, values).Any() ? [] : [values],
        ExistsElement exists => Rows(exists.Source, values).Any() ? [values] : [],
        _ => [values],
    };

    private IEnumerable<object?> Values(RuleElement source, Dictionary<string, object?> values)
    {
        if (source is BindingElement binding)
        {
            return [ConditionText.Evaluate(binding.Expression, values)];
        }

        // The engine itself folds the facts: it is given the aggregation alone, and the values before it as constants.
        var aggregate = (AggregateElement)source;
        var elements = Rows(aggregate.Source, values).Select(r => r[aggregate.Source.Declaration.Name]).ToList();
        return new AggregatePreview(aggregate, values).Results(elements);
    }

    private void Fail(
        int step, int condition, string pattern, string? text, IReadOnlyList<string> parts, IReadOnlyList<object> facts, string reason)
    {
        if (_failure is null || (step, condition).CompareTo(_furthest) > 0)
        {
            _furthest = (step, condition);
            _failure = new WhyNotExplanation(rule.Name, false, pattern, text, parts, facts, reason);
        }
    }

    private static string Describe(RuleElement element) => element switch
    {
        PatternElement pattern => pattern.Declaration.Name.StartsWith('$')
            ? ConditionText.TypeName(pattern.ValueType)
            : $"{ConditionText.TypeName(pattern.ValueType)} {pattern.Declaration.Name}",
        GroupElement group => string.Join(" and ", group.ChildElements.Select(Describe)),
        _ => element.ElementType.ToString(),
    };

    private static List<object> New(Dictionary<string, object?> row, Dictionary<string, object?> values) =>
        [.. row.Where(r => !values.ContainsKey(r.Key)).Select(r => r.Value).OfType<object>()];

    private static string Facts(IEnumerable<object> facts) => string.Join(" and ", facts.Select(ConditionText.Format));

    /// <summary>Folds values as an aggregation does, for showing what its conditions saw.</summary>
    private sealed class AggregatePreview(AggregateElement element, Dictionary<string, object?> values)
    {
        public IEnumerable<object?> Results(List<object?> items)
        {
            switch (element.Name)
            {
                case AggregateElement.ProjectName:
                    return items.Select(i => Select(AggregateElement.SelectorName, i));
                case AggregateElement.FlattenName:
                    return items.SelectMany(i => ((IEnumerable?)Select(AggregateElement.SelectorName, i) ?? Array.Empty<object>()).Cast<object?>()).Distinct();
                case AggregateElement.GroupByName:
                    var key = element.Expressions[AggregateElement.KeySelectorName].Expression.ReturnType;
                    var value = element.Expressions[AggregateElement.ElementSelectorName].Expression.ReturnType;
                    return Grouped(items, typeof(Grouping<,>).MakeGenericType(key, value));
                case AggregateElement.CollectName when element.Expressions.FindSingleOrDefault(AggregateElement.KeySelectorName) is null:
                    var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element.Source.ValueType))!;
                    items.ForEach(i => list.Add(i));
                    return [list];
                default:
                    return [];
            }
        }

        private IEnumerable<object?> Grouped(List<object?> items, Type grouping) => items
            .GroupBy(i => Select(AggregateElement.KeySelectorName, i))
            .Select(g => Activator.CreateInstance(
                grouping, g.Key, g.Select(i => Select(AggregateElement.ElementSelectorName, i)).ToList()));

        private object? Select(string name, object? item) => ConditionText.Evaluate(
            element.Expressions[name].Expression,
            new Dictionary<string, object?>(values) { [element.Source.Declaration.Name] = item });
    }

    private sealed class Grouping<TKey, TElement>(TKey key, List<object?> items) : IGrouping<TKey, TElement>
    {
        public TKey Key { get; } = key;

        public IEnumerator<TElement> GetEnumerator() => items.Cast<TElement>().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
