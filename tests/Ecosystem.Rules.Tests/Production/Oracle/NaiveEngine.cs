using System.Globalization;

namespace Ecosystem.Rules.Tests.Production.Oracle;

/// <summary>Evaluates rules from scratch, with nested loops over all facts.</summary>
internal static class NaiveEngine
{
    /// <summary>Lists the matches of a rule, each with the facts it binds.</summary>
    public static IEnumerable<(string Description, IReadOnlyList<Item> Bound)> Matches(RandomRule rule, IReadOnlyList<Item> facts) =>
        Extend(rule, 0, facts, [], rule.Name + ":", []);

    private static IEnumerable<(string, IReadOnlyList<Item>)> Extend(
        RandomRule rule, int index, IReadOnlyList<Item> facts, List<Item> matched, string description, List<Item> bound)
    {
        if (index == rule.Steps.Count)
        {
            return [(description, bound)];
        }

        var step = rule.Steps[index];
        var accepted = facts.Where(f => step.Accepts(f, matched)).ToList();
        return step.Kind switch
        {
            RandomRule.StepKind.Match => accepted.SelectMany(
                f => Extend(rule, index + 1, facts, [.. matched, f], $"{description} {f.Id}", [.. bound, f])),
            RandomRule.StepKind.Not => accepted.Count == 0 ? Extend(rule, index + 1, facts, matched, description, bound) : [],
            RandomRule.StepKind.Exists => accepted.Count > 0 ? Extend(rule, index + 1, facts, matched, description, bound) : [],
            RandomRule.StepKind.NotPair =>
                accepted.Any(x => facts.OfType<Blue>().Any(y => y.Key == x.Key && y.Value < x.Value))
                    ? []
                    : Extend(rule, index + 1, facts, matched, description, bound),
            RandomRule.StepKind.Group => accepted.GroupBy(f => f.Key).Where(g => g.Count() > step.Minimum).SelectMany(
                g => Extend(rule, index + 1, facts, matched, $"{description} g{g.Key}[{Ids(g)}]", bound)),
            RandomRule.StepKind.ForAll => accepted.TrueForAll(f => f.Value >= step.Minimum)
                ? Extend(rule, index + 1, facts, matched, description, bound)
                : [],
            RandomRule.StepKind.Either => accepted.Select(f => (f.Id.ToString(CultureInfo.InvariantCulture), f))
                .Concat(facts.Where(f => f is Blue && f.Value == step.Limit).Select(f => ($"b{f.Id}", f)))
                .SelectMany(f => Extend(rule, index + 1, facts, matched, $"{description} {f.Item1}", [.. bound, f.f])),
            RandomRule.StepKind.Sum => accepted.Sum(f => f.Value) > step.Minimum
                ? Extend(rule, index + 1, facts, matched, $"{description} ={accepted.Sum(f => f.Value)}", bound)
                : [],
            RandomRule.StepKind.Lookup => Extend(
                rule, index + 1, facts, matched, $"{description} {Describe(accepted.ToLookup(f => f.Key, f => f.Value))}", bound),
            RandomRule.StepKind.Sorted => accepted.Count >= step.Minimum
                ? Extend(
                    rule,
                    index + 1,
                    facts,
                    matched,
                    $"{description} [{string.Join(",", accepted.OrderByDescending(f => f.Value).ThenBy(f => f.Id).Select(f => f.Id))}]",
                    bound)
                : [],
            _ => accepted.Count >= step.Minimum
                ? Extend(rule, index + 1, facts, matched, $"{description} [{Ids(accepted)}]", bound)
                : [],
        };
    }

    public static string Describe(ILookup<int, int> lookup) =>
        "{" + string.Join(";", lookup.OrderBy(g => g.Key).Select(g => $"{g.Key}:{string.Join(",", g.Order())}")) + "}";

    private static string Ids(IEnumerable<Item> items) => string.Join(",", items.Select(i => i.Id).Order());
}
