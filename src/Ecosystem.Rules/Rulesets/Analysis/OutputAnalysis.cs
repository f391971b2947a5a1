namespace Ecosystem.Rules.Rulesets;

/// <summary>Finds allowed texts of outputs that nothing in the ruleset can give.</summary>
internal static class OutputAnalysis
{
    public static IEnumerable<RulesetDiagnostic> Find(Ruleset ruleset)
    {
        RulesetDocument document = ruleset.Document;
        foreach (RulesetField output in document.Outputs.Where(o => o.OneOf.Count > 0))
        {
            if (Reachable(document, output) is not { } reachable)
            {
                continue;
            }

            foreach (string text in output.OneOf.Where(t => !reachable.Contains(t)))
            {
                yield return new RulesetDiagnostic(RulesetSeverity.Warning, "unreachable-output", $"outputs/{output.Name}", output.Line, output.Column,
                    $"Nothing ever gives {output.Name} the value '{text}'", $"add a row that does, or take '{text}' out of oneOf");
            }
        }
    }

    /// <summary>The texts that the sections can give an output; null when an expression decides that cannot be read off.</summary>
    private static HashSet<string>? Reachable(RulesetDocument document, RulesetField output)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        if (output is { HasDefault: true, Default: string preset })
        {
            found.Add(preset);
        }

        foreach (RulesetSection section in document.Sections)
        {
            IEnumerable<string>? results = section switch
            {
                TableSection { Into: null } table when table.Outputs.Contains(output.Name) => Results(table, output.Name),
                RulesSection rules => rules.Rules.SelectMany(r => r.Then).Where(a => a.Target == output.Name).Select(a => RuleWords.Value(a.Value)),
                ValuesSection values when values.Values.Any(v => v.Key == output.Name) => null,
                _ => [],
            };
            if (results is null)
            {
                return null;
            }

            foreach (string result in results)
            {
                if (Texts(document, result.Trim(), output) is not { } texts)
                {
                    return null;
                }

                found.UnionWith(texts);
            }
        }

        return found;
    }

    private static IEnumerable<string> Results(TableSection table, string output) =>
        table.Rows.Where(r => r.Results.ContainsKey(output)).Select(r => r.Results[output].Text)
            .Concat(table.Defaults.Where(d => d.Key == output).Select(d => d.Value.Text));

    private static IEnumerable<string>? Texts(RulesetDocument document, string result, RulesetField output)
    {
        if (output.OneOf.Contains(result))
        {
            return [result];
        }

        if (result.Length > 1 && result[0] == '"' && result.IndexOf('"', 1) == result.Length - 1)
        {
            return [result[1..^1]];
        }

        RulesetField? source = document.Inputs.Concat(document.Outputs).FirstOrDefault(f => f.Name == result);
        return source is { OneOf.Count: > 0 } ? source.OneOf : null;
    }
}
