using System.Globalization;
using Scorecard = Ecosystem.Rules.Rulesets.ScorecardSection;

namespace Ecosystem.Rules.Rulesets;

/// <summary>
/// A document as a list of small groups (a row, a rule, a metric, an input…), each with named parts. Two documents are compared group by
/// group and part by part.
/// </summary>
internal static class DocumentOutline
{
    /// <summary>One group.</summary>
    /// <param name="Path">Its place, the same in both versions as long as the ids are.</param>
    /// <param name="Family">Groups of one family have an order.</param>
    /// <param name="Words">What people call it.</param>
    internal sealed record Group(string Path, string Family, string Words)
    {
        public List<Part> Parts { get; } = [];

        public Group With(string name, string? text, bool isValue)
        {
            if (!string.IsNullOrEmpty(text))
            {
                Parts.Add(new Part(name, text, isValue));
            }

            return this;
        }

        public Group With(string name, RulesetSourceText? text, bool isValue) => With(name, text?.Text, isValue);
    }

    /// <summary>A part of a group.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Text">What it says.</param>
    /// <param name="IsValue">Whether a person who may only edit values may change it.</param>
    internal sealed record Part(string Name, string Text, bool IsValue);

    public static IReadOnlyList<Group> Of(RulesetDocument document)
    {
        var groups = new List<Group>
        {
            new Group("", "", "The ruleset")
                .With("name", document.Name, false)
                .With("title", document.Title, true)
                .With("description", document.Description, true)
                .With("owner", document.Owner, false)
                .With("version", document.Version, true)
                .With("first day", Date(document.EffectiveFrom == DateOnly.MinValue ? null : document.EffectiveFrom), true)
                .With("last day", Date(document.EffectiveTo), true),
        };
        foreach ((string name, RulesetType type) in document.Types)
        {
            groups.AddRange(type.Fields.Select(f => Field(f, $"types/{name}/{f.Name}", $"types/{name}", $"Field '{f.Name}' of type '{name}'")));
        }

        groups.AddRange(document.Inputs.Select(i => Field(i, $"inputs/{i.Name}", "inputs", $"Input '{i.Name}'")));
        groups.AddRange(document.Outputs.Select(o => Field(o, $"outputs/{o.Name}", "outputs", $"Output '{o.Name}'")));
        foreach (RulesetSection section in document.Sections)
        {
            groups.AddRange(Section(section));
        }

        groups.AddRange(document.Tests.Select(t => Test(t)));
        return groups;
    }

    private static Group Field(RulesetField field, string path, string family, string words) => new Group(path, family, words)
        .With("type", Describe(field.Type), false)
        .With("description", field.Description, true)
        .With("required", field.Required ? "yes" : "no", false)
        .With("default", field.HasDefault ? PlainWords.Of(field.Default) : null, true)
        .With("allowed texts", string.Join(", ", field.OneOf), false)
        .With("minimum", Number(field.Min), false)
        .With("maximum", Number(field.Max), false);

    private static string Describe(RulesetType type) => type is { Kind: RulesetTypeKind.Record, Name: "record" } ? $"record of {string.Join(", ", type.FieldNames)}" : type.Name;

    private static IEnumerable<Group> Section(RulesetSection section)
    {
        string path = $"sections/{section.Id}";
        string name = section.Title is { Length: > 0 } title ? $"'{title}'" : $"'{section.Id}'";
        Group head = new Group(path, "sections", $"Section {name}")
            .With("kind", Kind(section), false)
            .With("title", section.Title, true)
            .With("runs for each", section.Each is { } each ? $"{each.Name} in {each.List}" : null, false)
            .With("keeps", Join(section.Keep), false);
        return section switch
        {
            TableSection table => Table(head, table, path, name),
            ScorecardSection scorecard => Scores(head, scorecard, path, name),
            AllocationSection allocation => [Allocation(head, allocation)],
            RulesSection rules => Rules(head, rules, path, name),
            ValuesSection values => [head, .. values.Values.Select(v => new Group($"{path}/{v.Key}", path, $"Value '{v.Key}' of {name}").With("expression", v.Value, IsLiteral(v.Value.Text)))],
            _ => [head],
        };
    }

    private static string Kind(RulesetSection section) => section switch
    {
        TableSection => "table",
        ScorecardSection => "scorecard",
        AllocationSection => "allocation",
        RulesSection => "rules",
        _ => "values",
    };

    private static IEnumerable<Group> Table(Group head, TableSection table, string path, string name)
    {
        yield return head.With("hit policy", table.Hit, false)
            .With("input columns", Join(table.Inputs), false)
            .With("output columns", string.Join(", ", table.Outputs), false)
            .With("result name", table.Into, false)
            .With("defaults", Join(table.Defaults), true);
        foreach (TableSection.TableRow row in table.Rows)
        {
            var group = new Group($"{path}/rows/{row.Id}", path, $"Row '{row.Id}' of {name}");
            foreach ((string column, RulesetSourceText cell) in table.Inputs.Where(i => row.Tests.ContainsKey(i.Key)).Select(i => (i.Key, row.Tests[i.Key])))
            {
                group.With(column, cell, true);
            }

            foreach (string column in table.Outputs.Where(row.Results.ContainsKey))
            {
                group.With(column, row.Results[column], true);
            }

            yield return group.With("because", row.Because, true);
        }
    }

    private static IEnumerable<Group> Scores(Group head, ScorecardSection scorecard, string path, string name)
    {
        yield return head.With("result name", scorecard.Into, false)
            .With("limit", Number(scorecard.Limit), true)
            .With("decimal places", scorecard.Decimals.ToString(CultureInfo.InvariantCulture), false);
        foreach (Scorecard.ScorecardCategory category in scorecard.Categories)
        {
            yield return new Group($"{path}/{category.Id}", path, $"Category '{category.Title ?? category.Id}' of {name}")
                .With("title", category.Title, true)
                .With("limit", Number(category.Limit), true)
                .With("minimum", category.Minimum, true);
            foreach (Scorecard.ScorecardMetric metric in category.Metrics)
            {
                yield return new Group($"{path}/{category.Id}/{metric.Id}", $"{path}/{category.Id}", $"Metric '{metric.Id}' of {name}")
                    .With("value", metric.Value, false)
                    .With("points", Number(metric.Points), true)
                    .With("curve", metric.Curve.GetType().Name.ToLowerInvariant(), false)
                    .With("thresholds", Thresholds(metric.Curve), true)
                    .With("minimum", metric.Minimum, true)
                    .With("because", metric.Because, true);
            }
        }

        foreach (Scorecard.ScorecardBand band in scorecard.Bands)
        {
            yield return new Group($"{path}/bands/{band.Id}", $"{path}/bands", $"Band '{band.Id}' of {name}")
                .With("from", Number(band.From), true)
                .With("needs minimums", band.NeedsMinimums ? "yes" : "no", false);
        }
    }

    private static string? Thresholds(ScorecardCurve curve) => curve switch
    {
        ScorecardCurve.Linear linear => $"from {PlainWords.Number(linear.From)} to {PlainWords.Number(linear.To)}",
        ScorecardCurve.Capped capped => $"{PlainWords.Number(capped.Per)} for each",
        ScorecardCurve.Step step => string.Join(", ", step.Steps.Select(s => $"{PlainWords.Number(s.Value)} from {PlainWords.Number(s.Key)}")),
        _ => null,
    };

    private static Group Allocation(Group head, AllocationSection allocation) => head
        .With("divides among", $"{allocation.Over.Name} in {allocation.Over.List}", false)
        .With("key", allocation.Key, false)
        .With("weight", allocation.Weight, IsLiteral(allocation.Weight.Text))
        .With("floor", allocation.Floor, IsLiteral(allocation.Floor?.Text))
        .With("cap", allocation.Cap, IsLiteral(allocation.Cap?.Text))
        .With("amount", allocation.Amount, false)
        .With("smallest unit", Number(allocation.Unit), false)
        .With("decimal places", allocation.Decimals.ToString(CultureInfo.InvariantCulture), false)
        .With("when all weights are zero", allocation.Zero, false)
        .With("because", allocation.Because, true)
        .With("result name", allocation.Into, false);

    private static IEnumerable<Group> Rules(Group head, RulesSection rules, string path, string name)
    {
        yield return head;
        foreach (RulesSection.WhenThenRule rule in rules.Rules)
        {
            var group = new Group($"{path}/{rule.Id}", path, $"Rule '{rule.Id}' of {name}");
            for (int i = 0; i < rule.When.Count; i++)
            {
                group.With(rule.When.Count == 1 ? "condition" : string.Create(CultureInfo.InvariantCulture, $"condition {i + 1}"), RuleWords.Condition(rule.When[i]), false);
            }

            foreach (RuleAction action in rule.Then)
            {
                group.With($"{RuleWords.Verb(action)} {action.Target}", RuleWords.Value(action.Value), RuleWords.IsLiteral(action.Value));
            }

            yield return group.With("priority", rule.Priority == 0 ? null : rule.Priority.ToString(CultureInfo.InvariantCulture), false).With("because", rule.Because, true);
        }
    }

    private static Group Test(RulesetTest test) => new Group($"tests/{test.Name}", "tests", $"Test '{test.Name}'")
        .With("given", PlainWords.Of(test.Given), true)
        .With("expect", PlainWords.Of(test.Expect), true)
        .With("rows", string.Join(", ", test.Rows), true)
        .With("error", test.Error, true);

    internal static bool IsLiteral(string? text)
    {
        string trimmed = text?.Trim() ?? "";
        return trimmed is "true" or "false" or "null" || Documents.YamlData.TryNumber(trimmed, out _)
            || (trimmed.Length > 1 && trimmed[0] == '"' && trimmed.IndexOf('"', 1) == trimmed.Length - 1);
    }

    private static string Join(IEnumerable<KeyValuePair<string, RulesetSourceText>> named) =>
        string.Join(", ", named.Select(n => n.Key == n.Value.Text ? n.Key : $"{n.Key} = {n.Value.Text}"));

    private static string? Number(decimal? number) => number is { } value ? PlainWords.Number(value) : null;

    private static string? Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
