using System.Globalization;
using System.Text;
using Scorecard = Ecosystem.Rules.Rulesets.ScorecardSection;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Says in plain words what a ruleset does, for reviewers and partners. Written anew from the rules each time, so it cannot go stale.</summary>
public static class RulesetText
{
    /// <summary>Renders a document as Markdown.</summary>
    /// <param name="document">The document.</param>
    /// <returns>The text.</returns>
    public static string Render(RulesetDocument document)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {document.Title}\n\n");
        if (document.Description is { } description)
        {
            text.Append(description.Trim()).Append("\n\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"Version {document.Version}, owned by {document.Owner}{Dates(document)}.\n");
        Fields(text, "What it needs", document.Inputs);
        Fields(text, "What it decides", document.Outputs);
        foreach (RulesetSection section in document.Sections)
        {
            Section(text, section);
        }

        return text.ToString();
    }

    /// <summary>Renders one section in plain words.</summary>
    /// <param name="section">The section.</param>
    /// <returns>Its lines without heading and Markdown marks.</returns>
    public static IReadOnlyList<string> Lines(RulesetSection section)
    {
        var text = new StringBuilder();
        Section(text, section);
        return [.. text.ToString().Split('\n').Where(line => line.Length > 0 && !line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line.TrimStart(' ', '-').Replace("`", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal).Trim())];
    }

    private static string Dates(RulesetDocument document)
    {
        string from = document.EffectiveFrom == DateOnly.MinValue ? "" : string.Create(CultureInfo.InvariantCulture, $", in force from {document.EffectiveFrom:yyyy-MM-dd}");
        return document.EffectiveTo is { } last ? string.Create(CultureInfo.InvariantCulture, $"{from} to {last:yyyy-MM-dd}") : from;
    }

    private static void Fields(StringBuilder text, string heading, IReadOnlyList<RulesetField> fields)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {heading}\n\n");
        foreach (RulesetField field in fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{field.Name}** ({field.Type}{(field.Required ? "" : ", optional")}): {field.Description ?? "…"}");
            if (field.OneOf.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $" One of {string.Join(", ", field.OneOf)}.");
            }

            if (field.HasDefault)
            {
                text.Append(CultureInfo.InvariantCulture, $" {PlainWords.Of(field.Default)} unless given.");
            }

            text.Append('\n');
        }
    }

    private static void Section(StringBuilder text, RulesetSection section)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {section.Title ?? section.Id}\n\n");
        if (section.Each is { } each)
        {
            text.Append(CultureInfo.InvariantCulture, $"For each {each.Name} in {each.List}:\n\n");
        }

        switch (section)
        {
            case TableSection table:
                Table(text, table);
                break;
            case ScorecardSection scorecard:
                Scores(text, scorecard);
                break;
            case AllocationSection allocation:
                Allocation(text, allocation);
                break;
            case RulesSection rules:
                Rules(text, rules);
                break;
            case ValuesSection values:
                foreach ((string name, RulesetSourceText expression) in values.Values)
                {
                    text.Append(CultureInfo.InvariantCulture, $"- {name} = `{expression}`\n");
                }

                break;
        }
    }

    private static void Table(StringBuilder text, TableSection table)
    {
        text.Append(table.Hit switch
        {
            "first" => "The first line that fits applies.\n\n",
            "unique" => "Exactly one line fits.\n\n",
            "any" => "Every line that fits gives the same result.\n\n",
            "priority" => "Of the lines that fit, the one with the best result applies.\n\n",
            "collect sum" => "What all fitting lines give is added up.\n\n",
            "collect min" => "The smallest result of all fitting lines applies.\n\n",
            "collect max" => "The largest result of all fitting lines applies.\n\n",
            "collect count" => "The fitting lines are counted.\n\n",
            _ => "Every line that fits applies.\n\n",
        });
        foreach (TableSection.TableRow row in table.Rows)
        {
            string[] tests = [.. table.Inputs.Where(i => row.Tests.ContainsKey(i.Key)).Select(i => CellWords.Test(i.Key, row.Tests[i.Key].Text))];
            string[] results = [.. table.Outputs.Where(row.Results.ContainsKey).Select(o => CellWords.Result(o, row.Results[o].Text))];
            string when = tests.Length == 0 ? table.Hit == "first" ? "Otherwise" : "Always" : $"If {string.Join(" and ", tests)}";
            text.Append(CultureInfo.InvariantCulture, $"- {when} → {string.Join(", ", results)}.{(row.Because is { } because ? $" *{because}*" : "")}\n");
        }

        if (table.Defaults.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"- If no line fits → {string.Join(", ", table.Defaults.Select(d => CellWords.Result(d.Key, d.Value.Text)))}.\n");
        }
    }

    private static void Scores(StringBuilder text, ScorecardSection scorecard)
    {
        foreach (Scorecard.ScorecardCategory category in scorecard.Categories)
        {
            string limit = category.Limit is { } most ? $", at most {PlainWords.Number(most)}" : "";
            string minimum = category.Minimum is { } needed ? $", needed is {needed}" : "";
            text.Append(CultureInfo.InvariantCulture, $"- {category.Title ?? category.Id}{limit}{minimum}:\n");
            foreach (Scorecard.ScorecardMetric metric in category.Metrics)
            {
                string floor = metric.Minimum is { } least ? $"; must be {CellWords.Test("", least.Text)[" is ".Length..]}" : "";
                text.Append(CultureInfo.InvariantCulture, $"  - {metric.Id}: up to {PlainWords.Number(metric.Points)} points for `{metric.Value}`, {Curve(metric.Curve)}{floor}\n");
            }
        }

        foreach (Scorecard.ScorecardBand band in scorecard.Bands)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {band.Id}: at least {PlainWords.Number(band.From)} points{(band.NeedsMinimums ? " and every minimum met" : "")}\n");
        }
    }

    private static string Curve(ScorecardCurve curve) => curve switch
    {
        ScorecardCurve.Linear linear => $"evenly from {PlainWords.Number(linear.From)} to {PlainWords.Number(linear.To)}",
        ScorecardCurve.Capped capped => $"{PlainWords.Number(capped.Per)} for each",
        ScorecardCurve.Step step => string.Join(", ", step.Steps.Select(s => $"{PlainWords.Number(s.Value)} from {PlainWords.Number(s.Key)}")),
        _ => "when it holds",
    };

    private static void Allocation(StringBuilder text, AllocationSection allocation)
    {
        string floor = allocation.Floor is { } least ? $", at least {least} % each" : "", cap = allocation.Cap is { } most ? $", at most {most} % each" : "";
        string money = allocation.Amount is { } amount ? $" The amount `{amount}` is divided to the last {PlainWords.Number(allocation.Unit)}." : "";
        text.Append(CultureInfo.InvariantCulture, $"100 % is divided among {allocation.Over.List} by `{allocation.Weight}`{floor}{cap}.{money}\n");
    }

    private static void Rules(StringBuilder text, RulesSection rules)
    {
        foreach (RulesSection.WhenThenRule rule in rules.Rules)
        {
            string then = string.Join(", ", rule.Then.Select(a => $"{RuleWords.Verb(a)} {a.Target}: {RuleWords.Value(a.Value)}"));
            string because = rule.Because is { } reason ? $" *{reason}*" : "";
            text.Append(CultureInfo.InvariantCulture, $"- If {string.Join(" and ", rule.When.Select(RuleWords.Condition))} → {then}.{because}\n");
        }
    }
}
