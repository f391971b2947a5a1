using System.Globalization;
using Ecosystem.Rules.Rulesets.Documents;
using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets;

/// <content>Curves and thresholds of scorecards.</content>
public static partial class RulesetTextEdit
{
    private static readonly string[] CurveParts = ["from", "to", "per", "steps"];

    /// <summary>Gives a metric of a scorecard another curve, with numbers that go on from those of the one before: where it begins and where all points are reached.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="section">Id of the scorecard.</param>
    /// <param name="category">Id of the category.</param>
    /// <param name="metric">Id of the metric.</param>
    /// <param name="curve"><c>flag</c>, <c>linear</c>, <c>step</c> or <c>capped</c>.</param>
    /// <returns>The changed text.</returns>
    /// <exception cref="RulesetException">There is no such metric, or no such curve (<c>not-allowed</c>).</exception>
    public static string SetCurve(string yaml, string section, string category, string metric, string curve)
    {
        string path = $"sections/{section}/{category}/{metric}";
        YamlMappingNode node = Find(Load(yaml), path.Split('/')) ?? throw Missing(path);
        (decimal from, decimal to) = Reach(node);
        decimal points = NumberOf(node, "points", 0);
        (string Key, string Value)[] parts = curve switch
        {
            "flag" => [],
            "linear" => [("from", Plain(from)), ("to", Plain(to == from ? from + 1 : to))],
            "capped" => [("per", Plain(Math.Max(Math.Round(points / Math.Max(to - Math.Max(from, 0), 1), 4), 0.0001m)))],
            "step" => [("steps", $"{{ {Plain(to)}: {Plain(points)} }}")],
            _ => throw new RulesetException("ruleset", [new RulesetDiagnostic(RulesetSeverity.Error, "not-allowed", path + "/curve", 0, 0, $"'{curve}' is not a curve", "one of flag, linear, step, capped")]),
        };
        string text = Set(yaml, path + "/curve", curve);
        foreach (string part in CurveParts)
        {
            text = Remove(text, path, part);
        }

        foreach ((string key, string value) in parts.Reverse())
        {
            text = InsertAfter(text, path, "curve", $"{key}: {value}");
        }

        return text;
    }

    /// <summary>Adds a step to a curve of steps: half as far beyond the last one as that is beyond the one before, with all points.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="section">Id of the scorecard.</param>
    /// <param name="category">Id of the category.</param>
    /// <param name="metric">Id of the metric.</param>
    /// <returns>The changed text.</returns>
    /// <exception cref="RulesetException">There is no such metric, or its curve has no steps.</exception>
    public static string AddStep(string yaml, string section, string category, string metric)
    {
        string path = $"sections/{section}/{category}/{metric}";
        YamlMappingNode node = Find(Load(yaml), path.Split('/')) ?? throw Missing(path);
        var steps = Child(node, "steps") as YamlMappingNode ?? throw Missing(path + "/steps");
        decimal last = steps.Children.Keys.Select(Threshold).DefaultIfEmpty(0).Max();
        return Set(yaml, $"{path}/steps/{Plain(last + 1)}", Plain(NumberOf(node, "points", 0)));
    }

    /// <summary>Takes a step away.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="section">Id of the scorecard.</param>
    /// <param name="category">Id of the category.</param>
    /// <param name="metric">Id of the metric.</param>
    /// <param name="threshold">Where the step begins.</param>
    /// <returns>The changed text.</returns>
    /// <exception cref="RulesetException">There is no such step.</exception>
    public static string RemoveStep(string yaml, string section, string category, string metric, decimal threshold)
    {
        string path = $"sections/{section}/{category}/{metric}/steps";
        YamlMappingNode steps = Find(Load(yaml), path.Split('/')) ?? throw Missing(path);
        YamlNode key = steps.Children.Keys.FirstOrDefault(k => Threshold(k) == threshold) ?? throw Missing($"{path}/{Plain(threshold)}");
        return Remove(yaml, path, YamlData.Key(key));
    }

    private static string Rename(string yaml, YamlMappingNode steps, string path, string threshold, string written)
    {
        YamlNode key = steps.Children.Keys.FirstOrDefault(k => YamlData.Key(k) == threshold) ?? throw Missing(path);
        if (!YamlData.TryNumber(written, out decimal now))
        {
            throw new RulesetException("ruleset", [new RulesetDiagnostic(RulesetSeverity.Error, "not-a-number", path, (int)key.Start.Line, 0, $"The threshold '{written}' has to be a number", "12.5")]);
        }

        return steps.Children.Keys.Any(k => k != key && Threshold(k) == now)
            ? throw new RulesetException("ruleset", [new RulesetDiagnostic(RulesetSeverity.Error, "duplicate-key", path, (int)key.Start.Line, 0, $"There is a step from {Plain(now)} already", "change that one, or give this one another threshold")])
            : Replace(yaml, key, written);
    }

    /// <summary>Where a metric's present curve begins to give points and where it gives all of them.</summary>
    private static (decimal From, decimal To) Reach(YamlMappingNode metric) => (Child(metric, "curve") as YamlScalarNode)?.Value switch
    {
        "linear" => (NumberOf(metric, "from", 0), NumberOf(metric, "to", 1)),
        "capped" => (0, Math.Round(NumberOf(metric, "points", 0) / Math.Max(NumberOf(metric, "per", 1), 0.0001m), 4)),
        "step" when Child(metric, "steps") is YamlMappingNode { Children.Count: > 0 } steps => (0, steps.Children.Keys.Max(Threshold)),
        _ => (0, 1),
    };

    private static decimal NumberOf(YamlMappingNode map, string key, decimal otherwise) =>
        Child(map, key) is YamlScalarNode { Value: { } text } && YamlData.TryNumber(text, out decimal number) ? number : otherwise;

    private static decimal Threshold(YamlNode key) => YamlData.TryNumber(YamlData.Key(key), out decimal number) ? number : 0;

    private static string Plain(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Takes an entry out of a mapping, with its separator or its lines; nothing when there is none.</summary>
    private static string Remove(string yaml, string path, string key)
    {
        YamlMappingNode owner = Find(Load(yaml), path.Split('/')) ?? throw Missing(path);
        YamlNode[] keys = [.. owner.Children.Keys];
        int at = Array.FindIndex(keys, k => YamlData.Key(k) == key);
        if (at < 0)
        {
            return yaml;
        }

        if (owner.Style != YamlDotNet.Core.Events.MappingStyle.Flow)
        {
            string[] lines = yaml.Split('\n');
            return string.Join('\n', [.. lines[..(int)(keys[at].Start.Line - 1)], .. lines[LastLine(yaml, owner.Children[keys[at]])..]]);
        }

        if (at + 1 < keys.Length)
        {
            return yaml.Remove((int)keys[at].Start.Index, (int)(keys[at + 1].Start.Index - keys[at].Start.Index));
        }

        int from = at == 0 ? (int)keys[at].Start.Index : EndOf(yaml, owner.Children[keys[at - 1]]);
        return yaml.Remove(from, EndOf(yaml, owner.Children[keys[at]]) - from);
    }

    private static string InsertAfter(string yaml, string path, string key, string entry)
    {
        YamlMappingNode owner = Find(Load(yaml), path.Split('/'))!;
        YamlNode name = owner.Children.Keys.First(k => YamlData.Key(k) == key);
        int end = EndOf(yaml, owner.Children[name]);
        return owner.Style == YamlDotNet.Core.Events.MappingStyle.Flow
            ? yaml.Insert(end, ", " + entry)
            : yaml.Insert(end, $"\n{new string(' ', (int)name.Start.Column - 1)}{entry}");
    }
}
