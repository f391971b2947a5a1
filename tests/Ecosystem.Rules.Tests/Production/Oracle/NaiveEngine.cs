namespace Ecosystem.Rules.Tests.Production.Oracle;

/// <summary>Evaluates rules from scratch, with nested loops over all facts.</summary>
internal static class NaiveEngine
{
    /// <summary>Lists the matches of a rule, each with the facts it binds.</summary>
    public static IEnumerable<(string Description, IReadOnlyList<Item> Bound)> Matches(RandomRule rule, IReadOnlyList<Item> facts) =>
        Extend(rule, 0, facts, [], rule.Name + ":");

    private static IEnumerable<(string, IReadOnlyList<Item>)> Extend(
        RandomRule rule, int index, IReadOnlyList<Item> facts, List<Item> matched, string description)
    {
        if (index == rule.Steps.Count)
        {
            return [(description, matched)];
        }

        var step = rule.Steps[index];
        var accepted = facts.Where(f => step.Accepts(f, matched)).ToList();
        return step.Kind switch
        {
            RandomRule.StepKind.Match => accepted.SelectMany(
                f => Extend(rule, index + 1, facts, [.. matched, f], $"{description} {f.Id}")),
            RandomRule.StepKind.Not => accepted.Count == 0 ? Extend(rule, index + 1, facts, matched, description) : [],
            RandomRule.StepKind.Exists => accepted.Count > 0 ? Extend(rule, index + 1, facts, matched, description) : [],
            RandomRule.StepKind.NotPair =>
                accepted.Any(x => facts.OfType<Blue>().Any(y => y.Key == x.Key && y.Value < x.Value))
                    ? []
                    : Extend(rule, index + 1, facts, matched, description),
            RandomRule.StepKind.Group => accepted.GroupBy(f => f.Key).Where(g => g.Count() > step.Minimum).SelectMany(
                g => Extend(rule, index + 1, facts, matched, $"{description} g{g.Key}[{Ids(g)}]")),
            _ => accepted.Count >= step.Minimum
                ? Extend(rule, index + 1, facts, matched, $"{description} [{Ids(accepted)}]")
                : [],
        };
    }

    private static string Ids(IEnumerable<Item> items) => string.Join(",", items.Select(i => i.Id).Order());
}
